"""``awsshadow wait``, ``--wait``, ``--exists``, limits of waiters and read-only mode, as whole commands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from awsshadow.sandbox import service
from awsshadow.sandbox.service import Sandbox
from awsshadow.waiting import rounds
from tests.sandbox.conftest import World

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.endpoint import Endpoint
    from tests.support.endpoint_server import Reply
    from tests.waiting.conftest import Run, Stepping, Time

DESCRIBE = ["sagemaker", "describe-endpoint", "--endpoint-name"]
WAITER = ["sagemaker", "wait", "endpoint-in-service", "--endpoint-name"]
GOES_ON = "it goes on, only the waiting has ended\n"


@pytest.fixture
def frozen(stepping: Stepping, tmp_path: Path) -> dict[str, str]:
    """The environment of a sandbox in which nothing changes, with an endpoint ``e`` that is being created."""
    folder = str(tmp_path / "frozen")
    sandbox = Sandbox(folder, clock="instant")
    world = World(sandbox, stepping.world.model)
    world.make("EndpointConfig")
    config = world.newest("EndpointConfig")["EndpointConfigName"]
    service.set_clock(folder, "frozen")
    world.ok("CreateEndpoint", EndpointName="e", EndpointConfigName=config)
    sandbox.close()
    return {"AWSSHADOW_SANDBOX": folder, "AWS_DEFAULT_REGION": world.region, "CONFIG": config}


class TestEnds:
    def test_the_time_is_over(self, frozen: dict[str, str], run: Run) -> None:
        code, stdout, stderr = run("wait", "endpoint", "e", "--timeout", "20m", env=frozen)
        assert (code, stdout) == (124, "")
        assert stderr == f"\nawsshadow: [ERROR]: endpoint e is still Creating after 20m; {GOES_ON}"

    def test_a_wait_ends_without_a_timeout_too(self, frozen: dict[str, str], run: Run) -> None:
        code, _, stderr = run("wait", "endpoint", "e", "--until", "`false`", "--delay", "600", env=frozen)
        assert (code, "after 1d;" in stderr) == (124, True)

    def test_the_looks_are_used_up(self, frozen: dict[str, str], run: Run) -> None:
        assert run("wait", "endpoint", "e", "--max-attempts", "3", env=frozen)[0] == 124

    def test_ctrl_c_says_what_goes_on(self, frozen: dict[str, str], run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt(self: rounds.Rounds) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(rounds.Rounds, "pause", interrupt)
        said = f"endpoint e was Creating when interrupted; {GOES_ON}"
        assert run("wait", "endpoint", "e", env=frozen)[::2] == (130, said)
        assert said in run("wait", "endpoint", "e", terminal=True, env=frozen)[2]
        create = ["sagemaker", "create-endpoint", "--endpoint-name", "f", "--endpoint-config-name", frozen["CONFIG"]]
        code, stdout, stderr = run(*create, "--wait", env=frozen)
        assert (code, stderr) == (130, f"endpoint f was Creating when interrupted; {GOES_ON}")
        assert json.loads(stdout)["EndpointArn"].endswith("/f")
        assert run(*WAITER, "e", env=frozen) == (130, "\n", "")
        assert GOES_ON in run(*WAITER, "e", "--timeout", "1h", env=frozen)[2]

    def test_nothing_hangs_when_the_network_is_gone(self, run: Run) -> None:
        gone = {"AWS_ENDPOINT_URL_SAGEMAKER": "http://127.0.0.1:1", "AWS_DEFAULT_REGION": "eu-west-1",
                "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}  # fmt: skip
        code, _, stderr = run("wait", "endpoint", "e", env=gone)
        assert (code, "Could not connect to the endpoint URL" in stderr) == (255, True)


class TestFaults:
    def test_throttling_is_waited_out(self, stepping: Stepping, run: Run) -> None:
        name = stepping.world.make("Endpoint")["EndpointName"]
        service.set_faults(stepping.folder, {"throttle": [{"operation": "DescribeEndpoint", "times": 10}]})
        assert run("wait", "endpoint", name, env=stepping.environ) == (0, "", "")

    def test_for_no_longer_than_the_timeout(self, stepping: Stepping, run: Run) -> None:
        name = stepping.world.make("Endpoint")["EndpointName"]
        service.set_faults(stepping.folder, {"throttle": [{"operation": "DescribeEndpoint"}]})
        code, _, stderr = run("wait", "endpoint", name, "--timeout", "10m", env=stepping.environ)
        assert (code, f"endpoint {name} is still not seen after 10m" in stderr) == (124, True)

    @pytest.mark.parametrize("kind", ["cut", "late"])
    def test_a_broken_or_late_answer_is_asked_for_again(self, stepping: Stepping, run: Run, kind: str) -> None:
        name = stepping.world.make("Endpoint")["EndpointName"]
        rule = {"operation": "DescribeEndpoint", "times": 2, **({"seconds": 5} if kind == "late" else {})}
        service.set_faults(stepping.folder, {kind: [rule]})
        assert run("wait", "endpoint", name, env=stepping.environ)[0] == 0


class TestSeveral:
    @pytest.fixture
    def names(self, stepping: Stepping) -> list[str]:
        service.set_faults(stepping.folder, {"fail": [{"family": "Endpoint", "name": "bad*", "reason": "no ping"}]})
        config = stepping.world.make("EndpointConfig")["EndpointConfigName"]
        names = ["good", "bad"]
        for name in names:
            stepping.world.ok("CreateEndpoint", EndpointName=name, EndpointConfigName=config)
        return names

    def test_all_are_waited_for(self, stepping: Stepping, run: Run, names: list[str]) -> None:
        code, stdout, stderr = run("wait", "endpoint", *names, "--output", "text", "--query", "EndpointStatus",
                                   env=stepping.environ)  # fmt: skip
        assert (code, stdout) == (3, "InService\nFailed\n")
        assert stderr.endswith("endpoint bad is Failed: no ping (log group /aws/sagemaker/Endpoints/bad)\n")
        assert "good" not in stderr

    def test_one_is_enough(self, stepping: Stepping, run: Run, names: list[str]) -> None:
        words = ["wait", "endpoint", *reversed(names), "--any", "--query", "EndpointName"]
        assert run(*words, env=stepping.environ) == (0, '"good"\n', "")
        assert run("wait", "endpoint", "bad", "--any", env=stepping.environ)[0] == 3

    def test_one_that_is_not_there_ends_it_at_once(self, stepping: Stepping, run: Run, names: list[str]) -> None:
        assert run("wait", "endpoint", *names, "nobody", env=stepping.environ)[0] == 254


class TestWords:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["endpont", "e"], "argument FAMILY: invalid choice: 'endpont'\n\nMaybe you meant:\n\n  * endpoint\n"),
            (["model", "m"], "argument FAMILY: a model has no status"),
            ([], "the following arguments are required: FAMILY"),
            (["endpoint"], "the following arguments are required: NAME"),
            (["endpoint", ""], "the following arguments are required: NAME"),
            (["app", "a", "--domain-id", "d"], "the following arguments are required: --app-type"),
            (["endpoint", "e", "--endpoint-name", "e"], "argument --endpoint-name: a name is given already"),
            (["endpoint", "e", "--for", "InServic"], "invalid choice: 'InServic'\n\nMaybe you meant:\n\n  * InService"),
            (["endpoint", "e", "--for", "deleted,Failed"], "argument --for: 'deleted' stands alone"),
            (["endpoint", "e", "--for", "Failed", "--until", "a"], "cannot be used together with --for"),
            (["endpoint", "e", "--until", "a["], "Bad value for --until a["),
            (["endpoint", "e", "--timeout", "soon"], "argument --timeout: not a duration: 'soon'"),
            (["endpoint", "e", "--delay", "x"], "argument --delay: not a duration"),
            (["endpoint", "e", "--max-attempts", "0"], "argument --max-attempts: not a number from 1 on: '0'"),
            (["endpoint", "arn:aws:sagemaker:r:1:model/m"], "is not the ARN of an endpoint"),
            (["endpoint", "e!", "--for", "deleted"], "failed to satisfy constraint"),
            (["endpoint", "e", "--time", "5"], "unrecognized arguments: --time"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_used(self, stepping: Stepping, run: Run, words: list[str], said: str) -> None:
        if not words:
            words = ["--debug"]
        code, stdout, stderr = run("wait", *words, env=stepping.environ)
        assert (code, stdout) == (252, "")
        assert said in stderr

    def test_states_in_any_letters_and_lists(self, stepping: Stepping, run: Run) -> None:
        name = stepping.world.make("Endpoint")["EndpointName"]
        assert run("wait", "endpoint", name, "--for", "inservice, FAILED", env=stepping.environ)[0] == 0
        assert run("wait", "endpoint", name, "--for", "Exists", env=stepping.environ)[0] == 0

    def test_an_arn(self, stepping: Stepping, run: Run) -> None:
        made = stepping.world.make("Endpoint")
        assert run("wait", "endpoint", made["EndpointArn"], env=stepping.environ)[0] == 0
        assert run("wait", "endpoint", "--endpoint-name", made["EndpointName"], env=stepping.environ)[0] == 0

    def test_until(self, stepping: Stepping, run: Run) -> None:
        name = stepping.world.make("Endpoint")["EndpointName"]
        words = ["wait", "endpoint", name, "--until", "EndpointStatus == 'InService'", "--output", "text"]
        assert "InService" in run(*words, env=stepping.environ)[1]

    def test_global_options_in_front_and_behind(self, stepping: Stepping, run: Run) -> None:
        name = stepping.world.make("Endpoint")["EndpointName"]
        environ = {**stepping.environ, "AWS_DEFAULT_REGION": "nowhere-1"}
        assert run("--region", stepping.region, "wait", "endpoint", name, env=environ)[0] == 0
        assert run("wait", "endpoint", name, "--region", stepping.region, env=environ)[0] == 0
        assert run("wait", "endpoint", name, env=environ)[0] == 254
        _, _, stderr = run("wait", "endpoint", name, "--cli-error-format", "json", env=environ)
        assert json.loads(stderr)["Code"] == "ValidationException"
        assert run("wait", "endpoint", name, "--profile", "any", env=stepping.environ)[0] == 0
        assert run("wait", "endpoint", name, "--profile", "none", env={**environ, "AWSSHADOW_SANDBOX": ""})[0] == 255
        assert run("wait", "endpoint", name, "--query", "a[", env=stepping.environ)[0] == 252

    def test_an_alias_of_that_name_wins(self, run: Run, empty_home: Path) -> None:
        (empty_home / ".aws" / "cli").mkdir(parents=True)
        (empty_home / ".aws" / "cli" / "alias").write_text("[toplevel]\nwait = !exit 7\n")
        assert run("wait", "endpoint", "e")[0] == 7


class TestDoAndWait:
    def test_the_answer_comes_first(self, stepping: Stepping, run: Run) -> None:
        config = stepping.world.make("EndpointConfig")["EndpointConfigName"]
        create = ["sagemaker", "create-endpoint", "--endpoint-config-name", config, "--endpoint-name"]
        plain = run(*create, "plain", "--output", "text", env=stepping.environ)
        waited = run(*create, "other", "--output", "text", "--wait", env=stepping.environ)
        assert waited == (0, plain[1].replace("plain", "other"), "")
        described = run(*create, "third", "--wait=describe", "--query", "EndpointStatus", env=stepping.environ)
        assert described == (0, '"InService"\n', "")

    def test_a_failure_says_why_after_the_answer(self, stepping: Stepping, run: Run) -> None:
        config = stepping.world.make("EndpointConfig")["EndpointConfigName"]
        service.set_faults(stepping.folder, {"fail": [{"family": "Endpoint", "reason": "no ping"}]})
        create = ["sagemaker", "create-endpoint", "--endpoint-config-name", config, "--endpoint-name", "x"]
        code, stdout, stderr = run(*create, "--wait", env=stepping.environ)
        assert (code, "EndpointArn" in stdout) == (3, True)
        assert "endpoint x is Failed: no ping (log group /aws/sagemaker/Endpoints/x)" in stderr
        code, stdout, stderr = run(*create, "--wait", env=stepping.environ)
        assert (code, stdout, "already existing" in stderr) == (254, "", True)

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["delete-model", "--model-name", "m", "--wait"], "delete-model is done when it answers"),
            (["list-models", "--wait"], "argument --wait: list-models does not take it"),
            (["delete-endpoint", "--endpoint-name", "e", "--timeout", "5"], "add --wait"),
            (["delete-endpoint", "--endpoint-name", "e", "--wait=x"], "argument --wait: Found invalid choice 'x'"),
            (["delete-endpoint", "--endpoint-name", "e", "--wait", "--timeout"], "expected one argument"),
            (["delete-endpoint", "--endpoint-name", "e", "--wait", "--timeout", "x"], "not a duration: 'x'"),
            (["delete-endpoint", "--endpoint-name", "e", "--exists"], "delete-endpoint does not take it"),
            (["delete-endpoint", "--endpoint-name", "e", "--wai"], "Unknown options: --wai"),
            (["wait", "endpoint-deleted", "--endpoint-name", "e", "--wait"], "endpoint-deleted does not take it"),
            (["describe-endpoint", "--endpoint-name", "e!", "--exists"], "failed to satisfy constraint"),
        ],
    )  # fmt: skip
    def test_what_is_refused_is_refused_before_anything_is_sent(
        self, run: Run, words: list[str], said: str, stepping: Stepping
    ) -> None:
        code, stdout, stderr = run("sagemaker", *words, env=stepping.environ)
        assert (code, stdout) == (252, "")
        assert said in stderr

    @pytest.mark.parametrize(
        "words",
        [
            ["delete-endpoint", "--endpoint-name", "e", "--wait"],
            ["delete-endpoint", "--endpoint-name", "e", "--wait=describe"],
            ["describe-endpoint", "--endpoint-name", "e", "--exists"],
            ["wait", "endpoint-deleted", "--endpoint-name", "e", "--timeout", "5"],
            ["wait", "endpoint-deleted", "--endpoint-name", "e", "--delay", "5"],
            ["wait", "endpoint-deleted", "--endpoint-name", "e", "--max-attempts", "5"],
        ],
    )
    def test_none_exists_under_the_name_aws(self, run: Run, words: list[str], stepping: Stepping) -> None:
        code, _, stderr = run("sagemaker", *words, program="aws", env=stepping.environ)
        assert (code, "Unknown options: --" in stderr) == (252, True)

    def test_nor_does_the_command(self, run: Run) -> None:
        code, _, stderr = run("wait", "endpoint", "e", program="aws", env={"PATH": ""})
        assert (code, "Found invalid choice 'wait'" in stderr) == (252, True)


def test_the_old_status_after_an_update_is_passed_over(endpoint: Endpoint, run: Run, time: Time) -> None:
    shown = [("InService", "old"), ("InService", "old"), ("Updating", "old"), ("InService", "new")]
    looks: list[Reply] = [{"body": json.dumps({"EndpointStatus": s, "EndpointConfigName": c})} for s, c in shown]
    answer: Reply = {"body": json.dumps({"EndpointArn": "arn"})}
    environ = {"AWS_ENDPOINT_URL_SAGEMAKER": endpoint.url, "AWS_DEFAULT_REGION": "eu-west-1",
               "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}  # fmt: skip
    words = ["sagemaker", "update-endpoint", "--endpoint-name", "e", "--endpoint-config-name", "new", "--wait"]
    endpoint.script([looks[0], answer, *looks[1:]])
    assert run(*words, "--query", "EndpointArn", env=environ) == (0, '"arn"\n', "")
    asked = [request["headers"]["x-amz-target"].rpartition(".")[2] for request in endpoint.requests()]
    assert asked == ["DescribeEndpoint", "UpdateEndpoint", *["DescribeEndpoint"] * 3]
    assert len(time.slept) == 2
    endpoint.script([looks[0], answer, looks[2], looks[1]])
    code, _, stderr = run(*words, env=environ)
    assert (code, "endpoint e is InService: it runs the configuration old, not new" in stderr) == (3, True)


def test_an_answer_that_does_not_say_what_was_made(endpoint: Endpoint, run: Run) -> None:
    environ = {"AWS_ENDPOINT_URL_SAGEMAKER": endpoint.url, "AWS_DEFAULT_REGION": "eu-west-1",
               "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}  # fmt: skip
    endpoint.script([{"body": "{}"}])
    words = ["sagemaker", "start-pipeline-execution", "--pipeline-name", "p", "--wait"]
    code, _, stderr = run(*words, env=environ)
    assert (code, "the answer does not have 'PipelineExecutionArn'" in stderr) == (255, True)


class TestWaiters:
    def test_limits(self, frozen: dict[str, str], run: Run) -> None:
        code, _, stderr = run(*WAITER, "e", "--timeout", "20m", env=frozen)
        assert (code, f"EndpointInService e is still Creating after 20m; {GOES_ON}" in stderr) == (124, True)
        code, _, stderr = run(*WAITER, "e", "--delay", "10", "--max-attempts", "2", env=frozen)
        assert (code, stderr) == (255, "\nawsshadow: [ERROR]: Waiter EndpointInService failed: Max attempts exceeded\n")

    def test_the_reason_on_a_terminal(self, stepping: Stepping, run: Run) -> None:
        service.set_faults(stepping.folder, {"fail": [{"family": "Endpoint", "reason": "no\x1b[2J ping"}]})
        name = stepping.world.make("Endpoint")["EndpointName"]
        for program in ("awsshadow", "aws"):
            code, stdout, stderr = run(*WAITER, name, terminal=True, program=program, env=stepping.environ)
            assert (code, stdout) == (255, "")
            error, said = stderr.rstrip("\n").split("\nendpoint ", 1)
            assert error.startswith(f"\n{program}: [ERROR]: Waiter EndpointInService failed: ")
            assert said.startswith(f"{name}: \x1b[31mFailed\x1b[0m after ")
            assert said.split()[-5:] == [r"no\x1b[2J", "ping", "(log", "group", f"/aws/sagemaker/Endpoints/{name})"]
        assert "log group" not in run(*WAITER, name, env=stepping.environ)[2]

    @pytest.mark.parametrize("program", ["aws", "awsshadow"])
    def test_one_line_stays_on_a_terminal(self, stepping: Stepping, run: Run, program: str) -> None:
        name = stepping.world.make("Endpoint")["EndpointName"]
        colourless = {**stepping.environ, "NO_COLOR": "1"}
        code, stdout, stderr = run(*WAITER, name, terminal=True, program=program, env=colourless)
        assert (code, stdout) == (0, "")
        assert stderr.startswith(f"endpoint {name}: InService after ")
        assert stderr.count("\n") == 1
        assert run(*WAITER, name, program=program, env=stepping.environ) == (0, "", "")

    @pytest.mark.parametrize("program", ["aws", "awsshadow"])
    def test_attempts_that_are_used_up(self, frozen: dict[str, str], run: Run, program: str) -> None:
        code, _, stderr = run(*WAITER, "e", terminal=True, program=program, env={**frozen, "NO_COLOR": "1"})
        assert code == 255
        assert stderr.endswith(
            f": [ERROR]: Waiter EndpointInService failed: Max attempts exceeded\n"
            f"endpoint e: still Creating after 59m30s; {GOES_ON}"
        )

    def test_ctrl_c_under_the_name_aws(self, frozen: dict[str, str], run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt(self: rounds.Rounds) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(rounds.Rounds, "pause", interrupt)
        said = f"endpoint e was Creating when interrupted; {GOES_ON}"
        assert run(*WAITER, "e", terminal=True, program="aws", env=frozen) == (130, "\n", said)
        assert run(*WAITER, "e", program="aws", env=frozen) == (130, "\n", "")


class TestOnATerminal:
    def test_each_of_several_is_said(self, stepping: Stepping, run: Run) -> None:
        names = [stepping.world.make("Endpoint")["EndpointName"] for _ in range(2)]
        environ = {**stepping.environ, "NO_COLOR": "1"}
        code, stdout, stderr = run("wait", "endpoint", *names, terminal=True, env=environ)
        assert (code, stdout) == (0, "")
        assert sorted(line.partition(" after ")[0] for line in stderr.splitlines()) == sorted(
            f"endpoint {name}: InService" for name in names
        )

    def test_a_failure_is_said_by_the_error_alone(self, stepping: Stepping, run: Run) -> None:
        service.set_faults(stepping.folder, {"fail": [{"family": "Endpoint", "reason": "no ping"}]})
        name = stepping.world.make("Endpoint")["EndpointName"]
        code, _, stderr = run("wait", "endpoint", name, terminal=True, env=stepping.environ)
        log = f"(log group /aws/sagemaker/Endpoints/{name})"
        assert (code, stderr) == (3, f"\nawsshadow: [ERROR]: endpoint {name} is Failed: no ping {log}\n")

    def test_plain_lines(self, stepping: Stepping, run: Run) -> None:
        name = stepping.world.make("Endpoint")["EndpointName"]
        environ = {**stepping.environ, "AWSSHADOW_PROGRESS": "plain"}
        lines = run("wait", "endpoint", name, terminal=True, env=environ)[2].splitlines()
        assert lines[0] == f"endpoint {name}: Creating, gives up after 1d"
        assert lines[-1].startswith(f"endpoint {name}: InService after ")
        assert len(lines) == 2

    def test_where_it_is_off_a_terminal_is_told_what_a_pipe_is(self, stepping: Stepping, run: Run) -> None:
        name = stepping.world.make("Endpoint")["EndpointName"]
        environ = {**stepping.environ, "AWSSHADOW_PROGRESS": "off"}
        assert run("wait", "endpoint", name, terminal=True, env=environ) == (0, "", "")


class TestReading:
    @pytest.mark.parametrize("value", ["1", "true", "yes"])
    def test_what_changes_something_is_refused(self, run: Run, value: str) -> None:
        for words in (["delete-endpoint", "--endpoint-name", "e"], ["add-tags", "--resource-arn", "a", "--tags", "[]"]):
            code, stdout, stderr = run("sagemaker", *words, env={"AWSSHADOW_READ_ONLY": value})
            assert (code, stdout) == (252, "")
            assert f"{words[0]} does not only read, and AWSSHADOW_READ_ONLY is set: nothing was sent" in stderr

    @pytest.mark.parametrize("value", ["", "0", "false", "no", "off"])
    def test_off(self, run: Run, value: str, stepping: Stepping) -> None:
        words = ["sagemaker", "delete-endpoint", "--endpoint-name", "e"]
        assert run(*words, env={**stepping.environ, "AWSSHADOW_READ_ONLY": value})[0] == 254

    def test_reading_waiting_and_trying_are_allowed(self, run: Run, stepping: Stepping) -> None:
        name = stepping.world.make("Endpoint")["EndpointName"]
        environ = {**stepping.environ, "AWSSHADOW_READ_ONLY": "1"}
        for words in (
            ["sagemaker", "list-endpoints"],
            ["sagemaker", "search", "--resource", "Endpoint"],
            [*WAITER, name],
            ["wait", "endpoint", name],
            [*DESCRIBE, name, "--exists"],
            ["sagemaker", "delete-endpoint", "--endpoint-name", name, "--dry-run"],
            ["sagemaker", "delete-endpoint", "--generate-cli-skeleton"],
        ):
            assert run(*words, env=environ)[0] == 0, words
        assert run("sagemaker", "delete-endpoint", "--endpoint-name", name, "--wait", env=environ)[0] == 252

    def test_under_the_name_aws_it_does_nothing(self, run: Run, stepping: Stepping) -> None:
        name = stepping.world.make("Model")["ModelName"]
        words = ["sagemaker", "delete-model", "--model-name", name]
        assert run(*words, program="aws", env={**stepping.environ, "AWSSHADOW_READ_ONLY": "1"})[0] == 0

    def test_the_operations_that_read(self, stepping: Stepping) -> None:
        """All that the installed model has of these words, and no operation that changes something."""
        from awsshadow.model.reading import reads

        found = {name for name in stepping.world.model["operations"] if reads(name)}
        assert {"DescribeEndpoint", "ListTags", "GetSearchSuggestions", "Search", "QueryLineage"} <= found
        changing = ("Create", "Update", "Delete", "Start", "Stop", "Add", "Put", "Send", "Register", "Retry", "Import")
        assert not [name for name in found if name.startswith(changing)]


class TestExists:
    def test_yes_and_no_and_not_known(self, stepping: Stepping, run: Run) -> None:
        name = stepping.world.make("Endpoint")["EndpointName"]
        assert run(*DESCRIBE, name, "--exists", env=stepping.environ) == (0, "", "")
        assert run(*DESCRIBE, "nobody", "--exists", "--output", "text", env=stepping.environ) == (1, "", "")
        service.set_faults(stepping.folder, {"throttle": [{"operation": "DescribeEndpoint"}]})
        assert run(*DESCRIBE, name, "--exists", env=stepping.environ)[0] == 254
