"""``awsshadow tail`` and ``--wait --tail`` as whole commands, with a clock that only sleeping moves."""

from __future__ import annotations

import io
import json
import logging
import os
from typing import TYPE_CHECKING

import pytest

from awsshadow.commands.tail import moment
from awsshadow.errors import ParameterError
from awsshadow.invocation import Process
from awsshadow.run import carry_out
from awsshadow.sandbox import service
from awsshadow.sandbox.service import Sandbox
from awsshadow.sandbox.services.dispatch import Services
from awsshadow.sandbox.services.log_lines import put_lines
from awsshadow.sandbox.serving.http_server import Server, serving
from awsshadow.streams import Streams
from awsshadow.waiting import rounds
from tests.sandbox.conftest import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from tests.support.endpoint import Endpoint
    from tests.waiting.conftest import Run, Stepping, Time

REGION = "eu-west-1"
JOBS = "/aws/sagemaker/TrainingJobs"
ONLY_THE_LOG = "it goes on, only the reading of its log has ended\n"


class Box:
    """A sandbox in which states change by looking, or not at all; ``environ`` leads into it."""

    def __init__(self, folder: str, model: dict[str, Any]) -> None:
        self.folder = folder
        self.world = World(Sandbox(folder, clock="step"), model, region=REGION)
        self.environ = {"AWSSHADOW_SANDBOX": folder, "AWS_DEFAULT_REGION": REGION}

    def job(self, name: str, hosts: int = 1) -> None:
        document = self.world.create_input("TrainingJob", self.world.minimal)
        config = {"InstanceType": "ml.m5.large", "InstanceCount": hosts, "VolumeSizeInGB": 1}
        self.world.ok("CreateTrainingJob", **{**document, "TrainingJobName": name, "ResourceConfig": config})

    def put(self, stream: str, *lines: str, group: str = JOBS) -> None:
        put_lines(self.folder, REGION, group, stream, lines)


@pytest.fixture
def box(tmp_path: Path, model: dict[str, Any]) -> Iterator[Box]:
    made = Box(str(tmp_path / "box"), model)
    yield made
    made.world.sandbox.close()


@pytest.fixture
def quiet_again() -> Iterator[None]:
    """Takes away what ``--debug`` has added to the loggers of this process."""
    loggers = [logging.getLogger(name) for name in ("awsshadow", "botocore", "urllib3")]
    before = [(logger, list(logger.handlers), logger.level) for logger in loggers]
    yield
    for logger, handlers, level in before:
        logger.handlers[:] = handlers
        logger.setLevel(level)


def messages(text: str) -> list[str]:
    return [json.loads(line)["message"] for line in text.splitlines()]


TAIL = ["tail", "training-job", "churn", "--format", "json"]


class TestOnce:
    def test_three_hosts(self, box: Box, run: Run) -> None:
        box.job("churn", hosts=3)
        box.job("churn-2")
        for n in (1, 2, 3):
            box.put("churn/algo-9-1700000000", f"line {n}")
        code, stdout, stderr = run("tail", "training-job", "churn", env=box.environ)
        assert (code, stderr) == (0, "")
        assert stdout.count("Starting training job churn\n") == 3
        put = [line for line in stdout.splitlines() if " line " in line]
        assert [line[-1] for line in put] == ["1", "2", "3"]
        time, stream, message = put[0].split(" ", 2)
        assert (len(time), time[-6:], stream, message) == (32, "+00:00", "churn/algo-9-1700000000", "line 1")
        times = [line.split(" ")[0] for line in stdout.splitlines()]
        assert times == sorted(times)

    def test_forms(self, box: Box, run: Run) -> None:
        box.job("churn")
        box.put("churn/algo-9-1700000000", '{"loss": 1}')
        short = run("tail", "training-job", "churn", "--host", "algo-9", "--format", "short", env=box.environ)[1]
        assert short[19:] == ' {"loss": 1}\n'
        row = json.loads(run(*TAIL, "--host", "algo-9", env=box.environ)[1])
        assert (row["group"], row["stream"], row["message"]) == (JOBS, "churn/algo-9-1700000000", '{"loss": 1}')
        assert list(row) == ["timestamp", "group", "stream", "message"]

    def test_hosts_and_filter(self, box: Box, run: Run) -> None:
        box.job("churn", hosts=2)
        box.put("churn/algo-9-1700000000", "ERROR a", "fine", "ERROR b")
        assert messages(run(*TAIL, "--filter", "ERROR", env=box.environ)[1]) == ["ERROR a", "ERROR b"]
        assert messages(run(*TAIL, "--filter-pattern", "-ERROR", "--host", "algo-9", env=box.environ)[1]) == ["fine"]
        assert run(*TAIL, "--filter", "nothing", env=box.environ) == (0, "", "")
        code, stdout, stderr = run(*TAIL, "--host", "algo-7", env=box.environ)
        assert (code, stdout, stderr) == (0, "", "no stream of algo-7; there are algo-1, algo-2, algo-9\n")
        assert run(*TAIL, "--filter", '"', env=box.environ)[0] == 254

    def test_since(self, box: Box, run: Run) -> None:
        box.job("churn")
        assert len(messages(run(*TAIL, "--since", "1h", env=box.environ)[1])) == 2
        assert run(*TAIL, "--since", "2099-01-01", env=box.environ) == (0, "", "")
        code, _, stderr = run(*TAIL, "--since", "5x", env=box.environ)
        assert (code, "argument --since: neither a duration nor a time: '5x'" in stderr) == (252, True)

    def test_an_arn_and_a_group_of_another_name(self, box: Box, run: Run) -> None:
        box.job("churn")
        box.put("churn/algo-1", "elsewhere", group="/mine")
        arn = f"arn:aws:sagemaker:{REGION}:123456789012:training-job/churn"
        assert messages(run("tail", "training-job", arn, *TAIL[3:], "--group", "/mine", env=box.environ)[1]) == [
            "elsewhere"
        ]

    def test_no_group_and_no_stream(self, box: Box, run: Run) -> None:
        service.set_clock(box.folder, "frozen")
        config = box.world.make("EndpointConfig")["EndpointConfigName"]
        box.world.ok("CreateEndpoint", EndpointName="e", EndpointConfigName=config)
        code, stdout, stderr = run("tail", "endpoint", "e", env=box.environ)
        assert (code, stdout) == (254, "")
        assert "the log group /aws/sagemaker/Endpoints/e is not there: no log was written yet, or the role" in stderr
        box.job("churn")
        box.put("other/algo-1", "x", group="/mine")
        code, stdout, stderr = run(*TAIL, "--group", "/mine", env=box.environ)
        assert (code, stdout, stderr) == (0, "", "training job churn has no log stream yet in /mine\n")

    def test_the_last_minutes_of_what_stays(self, box: Box, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        name = box.world.make("NotebookInstance")["NotebookInstanceName"]
        assert "Jupyter server" in run("tail", "notebook-instance", name, env=box.environ)[1]
        later = 4e9
        monkeypatch.setattr("awsshadow.log_stages.time", lambda: later)
        code, stdout, stderr = run("tail", "notebook-instance", name, env=box.environ)
        assert (code, stdout) == (0, "")
        assert stderr == "nothing was written in the last 10m; --since looks further back\n"

    def test_what_is_gone_may_have_left_a_log(self, box: Box, run: Run) -> None:
        box.put("AllTraffic/i-1", "last words", group="/aws/sagemaker/Endpoints/gone")
        assert messages(run("tail", "endpoint", "gone", "--format", "json", env=box.environ)[1]) == ["last words"]
        code, _, stderr = run("tail", "endpoint", "never", env=box.environ)
        assert (code, 'Could not find endpoint "' in stderr) == (254, True)

    def test_escape_sequences_are_seen_on_a_terminal_only(self, box: Box, run: Run) -> None:
        box.job("churn")
        box.put("churn/algo-9", "red \x1b[31m alert\r\x9b2J\n")
        words = ["tail", "training-job", "churn", "--host", "algo-9", "--format", "short"]
        assert run(*words, env=box.environ)[1].endswith("red \x1b[31m alert\r\x9b2J\n")

        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        stdout = Terminal()
        carry_out(Process("awsshadow", "/a", dict(os.environ), Streams(None, stdout, io.StringIO()), False), words)
        assert stdout.getvalue().endswith("red \\x1b[31m alert\\x0d\\x9b2J\n")


class TestFollow:
    def test_until_the_job_has_ended(self, box: Box, run: Run) -> None:
        box.job("churn", hosts=2)
        code, stdout, stderr = run(*TAIL, "-f", env=box.environ)
        assert (code, stderr) == (0, "")
        assert messages(stdout).count("The training job churn has completed") == 2
        assert run("tail", "training-job", "churn", "-f", terminal=True, env=box.environ)[2] == (
            "training job churn: Completed\n"
        )

    def test_a_stopped_job_is_an_end(self, box: Box, run: Run) -> None:
        box.job("churn")
        box.world.ok("StopTrainingJob", TrainingJobName="churn")
        code, stdout, _ = run(*TAIL, "--follow", env=box.environ)
        assert (code, messages(stdout)[-1]) == (0, "The training job churn has been stopped")

    def test_a_failed_job_says_why(self, box: Box, run: Run) -> None:
        service.set_faults(box.folder, {"fail": [{"name": "churn", "reason": "No data."}]})
        box.job("churn")
        code, stdout, stderr = run(*TAIL, "-f", env=box.environ)
        assert (code, messages(stdout)[-1]) == (3, "ERROR: No data.")
        assert stderr.endswith(f"training job churn is Failed: No data. (log group {JOBS})\n")

    def test_a_stream_that_comes_late_and_lines_of_different_hosts(
        self, box: Box, run: Run, time: Time, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        service.set_clock(box.folder, "frozen")
        box.job("churn")
        waits = 0

        def sleep(seconds: float) -> None:
            nonlocal waits
            waits += 1
            time.sleep(seconds)
            if waits == 3:
                box.put("churn/algo-2-1700000000", "late")
            if waits == 20:
                service.advance_clock(box.folder, "1d")

        monkeypatch.setattr(rounds, "sleep", sleep)
        code, stdout, _ = run(*TAIL, "-f", env=box.environ)
        assert (code, messages(stdout).count("late")) == (0, 1)
        assert messages(stdout)[-1] == "The training job churn has completed"

    def test_one_description_in_ten_seconds(self, endpoint: Endpoint, run: Run, time: Time) -> None:
        running = {"body": json.dumps({"TrainingJobName": "churn", "TrainingJobStatus": "InProgress"})}
        ended = {"body": json.dumps({"TrainingJobName": "churn", "TrainingJobStatus": "Completed"})}
        streams = {"body": json.dumps({"logStreams": [{"logStreamName": "churn/algo-1"}]})}
        empty = {"body": json.dumps({"events": [], "nextForwardToken": "f/0"})}

        def described(reply: Any) -> dict[str, Any]:
            return {**reply, "match": "DescribeTrainingJob"}

        replies: list[Any] = (
            [described(running), {**streams, "match": "DescribeLogStreams"}]
            + [{**empty, "match": "GetLogEvents"}] * 6
            + [described(ended)]
            + [{**streams, "match": "DescribeLogStreams"}, {**empty, "match": "GetLogEvents"}] * 2
        )
        endpoint.script(replies)
        assert run(*TAIL, "-f", env=over_http(endpoint.url)) == (0, "", "")
        asked = [request["headers"]["x-amz-target"].rpartition(".")[2] for request in endpoint.requests()]
        assert asked.count("DescribeTrainingJob") == 2
        assert time.slept == [2.0] * 5 + [5.0]

    @pytest.mark.parametrize("form", ["iso8601", "wire"])
    def test_what_ended_long_ago_is_read_once(
        self, endpoint: Endpoint, run: Run, time: Time, form: str, empty_home: Path
    ) -> None:
        (empty_home / ".aws").mkdir()
        (empty_home / ".aws" / "config").write_text(f"[default]\ncli_timestamp_format = {form}\n")
        job = {"TrainingJobName": "churn", "TrainingJobStatus": "Completed", "TrainingEndTime": 1.7e9}
        streams = {"logStreams": [{"logStreamName": "churn/algo-1"}]}
        events = {"events": [{"timestamp": 1, "message": "m"}], "nextForwardToken": "f"}
        replies: list[Any] = [{"body": json.dumps(body)} for body in (job, streams, events, {**events, "events": []})]
        endpoint.script(replies)
        code, stdout, _ = run(*TAIL, "-f", env=over_http(endpoint.url))
        assert (code, messages(stdout), time.slept) == (0, ["m"], [])

    @pytest.mark.parametrize("operation", ["GetLogEvents", "DescribeLogStreams", "DescribeTrainingJob"])
    def test_throttling_is_waited_out(self, box: Box, run: Run, operation: str) -> None:
        box.job("churn")
        service.set_faults(box.folder, {"throttle": [{"operation": operation, "times": 7}]})
        code, stdout, stderr = run(*TAIL, "-f", env=box.environ)
        assert (code, stderr) == (0, "")
        assert messages(stdout)[-1] == "The training job churn has completed"

    def test_for_five_minutes(self, box: Box, run: Run) -> None:
        box.job("churn")
        service.set_faults(box.folder, {"throttle": [{"operation": "GetLogEvents"}]})
        code, _, stderr = run(*TAIL, env=box.environ)
        assert (code, "ThrottlingException" in stderr) == (254, True)

    @pytest.mark.parametrize("kind", ["cut", "late"])
    def test_a_broken_or_late_answer_is_asked_for_again(self, box: Box, run: Run, kind: str) -> None:
        box.job("churn")
        rule = {"operation": "GetLogEvents", "times": 2, **({"seconds": 5} if kind == "late" else {})}
        service.set_faults(box.folder, {kind: [rule]})
        assert len(messages(run(*TAIL, env=box.environ)[1])) == 2

    def test_ctrl_c_says_what_goes_on(self, box: Box, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        service.set_clock(box.folder, "frozen")
        box.job("churn")
        put = box.put

        def interrupt(self: rounds.Rounds) -> None:
            raise KeyboardInterrupt

        put("churn/algo-9", "seen")
        monkeypatch.setattr(rounds.Rounds, "pause", interrupt)
        code, stdout, stderr = run(*TAIL, "-f", env=box.environ)
        assert (code, stderr) == (130, f"training job churn was InProgress when interrupted; {ONLY_THE_LOG}")
        assert messages(stdout)[-1] == "seen"

    def test_a_reader_that_has_gone_is_no_error(self, box: Box, run: Run) -> None:
        class Gone(io.StringIO):
            def write(self, _: str) -> int:
                raise BrokenPipeError

        box.job("churn")
        run("tail", "training-job", "churn", env=box.environ)
        stderr = io.StringIO()
        for words in (TAIL, [*TAIL, "-f"]):
            process = Process("awsshadow", "/a", dict(os.environ), Streams(None, Gone(), stderr), is_own=False)
            assert (carry_out(process, words), stderr.getvalue()) == (141, "")

    def test_what_fails_without_being_a_job_is_an_end(self, box: Box, run: Run) -> None:
        service.set_faults(box.folder, {"fail": [{"family": "Endpoint", "reason": "no ping"}]})
        config = box.world.make("EndpointConfig")["EndpointConfigName"]
        box.world.ok("CreateEndpoint", EndpointName="e", EndpointConfigName=config)
        code, stdout, stderr = run("tail", "endpoint", "e", "-f", "--format", "json", env=box.environ)
        assert (code, messages(stdout)[-1], "endpoint e is Failed: no ping" in stderr) == (3, "ERROR: no ping", True)


def over_http(url: str, name: str = "AWS_ENDPOINT_URL") -> dict[str, str]:
    return {name: url, "AWS_DEFAULT_REGION": REGION, "AWS_ACCESS_KEY_ID": "sandbox", "AWS_SECRET_ACCESS_KEY": "sandbox"}


class TestOverHttp:
    def test_the_same_lines(self, box: Box, run: Run) -> None:
        box.job("churn", hosts=3)
        here = run(*TAIL, "-f", env=box.environ)
        with serving(Server(box.world.sandbox, REGION, services=Services(box.world.sandbox))) as server:
            there = run(*TAIL, "-f", env={"AWSSHADOW_SANDBOX": "", **over_http(server.url)})
            other = run(
                *TAIL, env={
                    "AWS_ENDPOINT_URL": "http://127.0.0.1:1", **over_http(server.url, "AWS_ENDPOINT_URL_SAGEMAKER"),
                    "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": server.url,
                },
            )  # fmt: skip
            typed = run(*TAIL, "--endpoint-url", server.url, env={"AWS_ENDPOINT_URL": ""})
        assert here == there == other == typed
        assert (here[0], len(messages(here[1]))) == (0, 6)

    def test_a_missing_permission_is_named(self, endpoint: Endpoint, run: Run) -> None:
        job = {"body": json.dumps({"TrainingJobName": "churn", "TrainingJobStatus": "Completed"})}
        no = {"status": 400, "body": json.dumps({"__type": "AccessDeniedException", "message": "no"})}
        endpoint.script([job, no])  # type: ignore[list-item]
        code, stdout, stderr = run(*TAIL, env=over_http(endpoint.url))
        assert (code, stdout) == (254, "")
        assert f"takes logs:DescribeLogStreams on the log group {JOBS})" in stderr
        endpoint.script([no])  # type: ignore[list-item]
        code, _, stderr = run(*TAIL, env=over_http(endpoint.url))
        assert (code, "when calling the DescribeTrainingJob operation: no" in stderr) == (254, True)

    def test_the_group_that_a_description_names(self, endpoint: Endpoint, run: Run) -> None:
        logs = [{"LogGroupArn": "arn:aws:logs:r:1:log-group:/named:*", "LogStreamName": "s"}]
        job = {"AIBenchmarkJobName": "b", "AIBenchmarkJobStatus": "Completed", "OutputConfig": {"CloudWatchLogs": logs}}
        streams = {"logStreams": [{"logStreamName": "s"}, {"logStreamName": "s2"}]}
        events = {"events": [{"timestamp": 1, "message": "m"}], "nextForwardToken": "f"}
        endpoint.script(
            [{"body": json.dumps(document)} for document in (job, streams, events, events | {"events": []})]
        )
        code, stdout, _ = run("tail", "ai-benchmark-job", "b", env=over_http(endpoint.url))
        assert (code, stdout) == (0, "1970-01-01T00:00:00.001000+00:00 s m\n")
        assert json.loads(endpoint.requests()[1]["body"])["logGroupName"] == "/named"

    def test_nothing_hangs_when_the_network_is_gone(self, run: Run) -> None:
        code, _, stderr = run(*TAIL, "-f", env=over_http("http://127.0.0.1:1"))
        assert (code, "Could not connect to the endpoint URL" in stderr) == (255, True)

    @pytest.mark.parametrize(
        ("status", "code", "said"),
        [
            (
                "Completed",
                254,
                f"\nawsshadow: [ERROR]: the log group {JOBS} is not there: no log was written yet, or the ",
            ),
            (
                "Failed",
                3,
                f"the log group {JOBS} is not there: no log was written yet, or the role of the training job ",
            ),
            ("Stopped", 254, f"\nawsshadow: [ERROR]: the log group {JOBS} is not there: "),
        ],
    )
    def test_a_group_that_never_came(self, endpoint: Endpoint, run: Run, status: str, code: int, said: str) -> None:
        job = {"TrainingJobName": "churn", "TrainingJobStatus": status, "FailureReason": "No role."}
        no = {"status": 400, "body": json.dumps({"__type": "ResourceNotFoundException", "message": "no"})}
        endpoint.script([{"body": json.dumps(job)}, *[no] * 5])  # type: ignore[list-item]
        found, stdout, stderr = run(*TAIL, "-f", env=over_http(endpoint.url))
        assert (found, stdout, stderr.startswith(said)) == (code, "", True)
        assert ("training job churn is Failed: No role." in stderr) == (status == "Failed")

    @pytest.mark.usefixtures("quiet_again")
    def test_settings_are_those_of_every_call(self, box: Box, run: Run, empty_home: Path) -> None:
        """Profile, region, addresses of both services, and no secret in the log of botocore."""
        box.job("churn")
        secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYSECRETKEY"
        with serving(Server(box.world.sandbox, REGION, services=Services(box.world.sandbox))) as server:
            (empty_home / ".aws").mkdir()
            (empty_home / ".aws" / "config").write_text(
                f"[profile dev]\nregion = {REGION}\nservices = local\naws_access_key_id = sandbox\n"
                f"aws_secret_access_key = {secret}\n[services local]\nsagemaker =\n  endpoint_url = {server.url}\n"
                f"cloudwatch_logs =\n  endpoint_url = {server.url}\n"
            )
            code, stdout, stderr = run(*TAIL, "--profile", "dev", "--debug")
            assert (code, len(messages(stdout))) == (0, 2)
            assert "Starting training job churn" in stderr
            assert secret not in stderr
            assert run("--profile", "dev", *TAIL)[1] == stdout
        assert run(*TAIL, "--profile", "none")[0] == 255


class TestPipelines:
    def test_the_jobs_of_its_steps_by_their_names(self, stepping: Stepping, run: Run) -> None:
        world = stepping.world
        arguments = {
            k: v for k, v in world.create_input("TrainingJob", world.minimal).items() if k != "TrainingJobName"
        }
        steps: list[dict[str, Any]] = [
            {"Name": name, "Type": "Training", "Arguments": arguments} for name in ("Prepare", "Train")
        ]
        steps[1]["DependsOn"] = ["Prepare"]
        definition = json.dumps({"Version": "2020-12-01", "Steps": steps})
        role = "arn:aws:iam::123456789012:role/r"
        token = "t" * 32
        world.ok("CreatePipeline", PipelineName="p", PipelineDefinition=definition, RoleArn=role,
                 ClientRequestToken=token)  # fmt: skip
        made = world.ok("StartPipelineExecution", PipelineName="p", ClientRequestToken=token)
        words = ["tail", "pipeline-execution", made["PipelineExecutionArn"]]
        code, stdout, stderr = run(*words, "-f", "--format", "short", env=stepping.environ)
        assert (code, stderr) == (0, "")
        assert [line.split(" ")[0] for line in stdout.splitlines() if " Starting " in line] == ["[Prepare]", "[Train]"]
        row = json.loads(run(*words, "--format", "json", env=stepping.environ)[1].splitlines()[0])
        assert (row["step"], row["group"]) == ("Prepare", JOBS)


class TestWords:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (
                ["trainng-job", "e"],
                "argument FAMILY: invalid choice: 'trainng-job'\n\nMaybe you meant:\n\n  * training",
            ),
            (["model", "m"], "argument FAMILY: no log of a model is known"),
            (["training-job"], "the following arguments are required: NAME"),
            (["app", "a", "--domain-id", "d"], "the following arguments are required: --app-type"),
            (["training-job", "a", "b"], "unrecognized arguments: b"),
            (["training-job", "a", "--format", "xml"], "invalid choice: 'xml'"),
            (["training-job", "a", "--output", "text"], "takes no --output"),
            (["training-job", "arn:aws:sagemaker:r:1:model/m"], "is not the ARN of a training job"),
            (["training-job", ""], "required: NAME"),
        ],
    )
    def test_what_cannot_be_used(self, box: Box, run: Run, words: list[str], said: str) -> None:
        code, stdout, stderr = run("tail", *words, env=box.environ)
        assert (code, stdout) == (252, "")
        assert said in stderr

    def test_there_is_none_under_the_name_aws(self, run: Run) -> None:
        code, _, stderr = run("tail", "training-job", "e", program="aws", env={"PATH": ""})
        assert (code, "Found invalid choice 'tail'" in stderr) == (252, True)

    def test_an_alias_of_that_name_wins(self, run: Run, empty_home: Path) -> None:
        (empty_home / ".aws" / "cli").mkdir(parents=True)
        (empty_home / ".aws" / "cli" / "alias").write_text("[toplevel]\ntail = !exit 7\n")
        assert run("tail", "training-job", "e")[0] == 7

    @pytest.mark.parametrize(
        ("text", "found"),
        [("1h", 96_400), ("now-1h", 96_400), ("now", 100_000), ("1h30m", 94_600), ("7", 7), ("5.5", 5.5),
         ("1970-01-01T00:00:10Z", 10), ("1970-01-01T01:00:10+01:00", 10), ("2w", -1_109_600)],
    )  # fmt: skip
    def test_since(self, text: str, found: float) -> None:
        assert moment(text, 100_000) == found

    @pytest.mark.parametrize("text", ["", "x", "-1h", "-5", "now+1h", "5x", "1e400", "inf", "nan", "99999w"])
    def test_what_is_no_time(self, text: str) -> None:
        with pytest.raises(ParameterError, match="argument --since"):
            moment(text, 100_000)


CREATE = ["sagemaker", "create-training-job", "--query", "TrainingJobArn", "--output", "text", "--cli-input-json"]


class TestDoAndTail:
    @pytest.fixture
    def document(self, box: Box) -> str:
        return json.dumps({**box.world.create_input("TrainingJob", box.world.minimal), "TrainingJobName": "churn"})

    def test_the_answer_alone_is_on_standard_output(self, box: Box, run: Run, document: str) -> None:
        code, stdout, stderr = run(*CREATE, document, "--wait", "--tail", env=box.environ)
        assert (code, stdout) == (0, f"arn:aws:sagemaker:{REGION}:123456789012:training-job/churn\n")
        assert stderr.endswith("The training job churn has completed\n")
        assert "Starting training job churn" in stderr

    def test_a_failure(self, box: Box, run: Run, document: str) -> None:
        service.set_faults(box.folder, {"fail": [{"name": "churn", "reason": "No\x1b[2J data."}]})
        code, _, stderr = run(*CREATE, document, "--wait", "--tail", terminal=True, env=box.environ)
        assert code == 3
        assert "ERROR: No\\x1b[2J data.\n" in stderr
        assert stderr.rstrip().endswith(f"(log group {JOBS})")

    def test_a_stopped_job_is_none_that_has_done_it(self, box: Box, run: Run, document: str) -> None:
        box.world.ok("CreateTrainingJob", **json.loads(document))
        words = ["sagemaker", "stop-training-job", "--training-job-name", "churn", "--wait"]
        code, _, stderr = run(*words, "--tail", env=box.environ)
        assert (code, "argument --tail: stop-training-job does not take it" in stderr) == (252, True)

    def test_the_time_is_over(self, box: Box, run: Run, document: str) -> None:
        service.set_clock(box.folder, "frozen")
        words = [*CREATE, document, "--wait", "--tail", "--timeout", "2m"]
        code, stdout, stderr = run(*words, env=box.environ)
        assert (code, "training-job/churn" in stdout) == (124, True)
        assert "training job churn is still InProgress after 2m; it goes on, only the waiting has ended" in stderr

    def test_the_description_in_place_of_the_answer(self, box: Box, run: Run, document: str) -> None:
        words = ["sagemaker", "create-training-job", "--cli-input-json", document, "--query", "TrainingJobStatus"]
        code, stdout, stderr = run(*words, "--wait=describe", "--tail", env=box.environ)
        assert (code, stdout, "has completed" in stderr) == (0, '"Completed"\n', True)

    def test_ctrl_c(self, box: Box, run: Run, document: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt(self: rounds.Rounds) -> None:
            raise KeyboardInterrupt

        service.set_clock(box.folder, "frozen")
        monkeypatch.setattr(rounds.Rounds, "pause", interrupt)
        code, stdout, stderr = run(*CREATE, document, "--wait", "--tail", env=box.environ)
        assert (code, "training-job/churn" in stdout) == (130, True)
        assert "training job churn was InProgress when interrupted; it goes on, only the waiting has ended\n" in stderr

    def test_an_endpoint(self, box: Box, run: Run) -> None:
        config = box.world.make("EndpointConfig")["EndpointConfigName"]
        words = ["sagemaker", "create-endpoint", "--endpoint-name", "e", "--endpoint-config-name", config]
        code, stdout, stderr = run(*words, "--wait", "--tail", env=box.environ)
        assert (code, list(json.loads(stdout))) == (0, ["EndpointArn"])
        assert "of endpoint e answers /ping\n" in stderr

    def test_a_log_that_cannot_be_read_ends_no_wait(self, endpoint: Endpoint, run: Run) -> None:
        answer = {"body": json.dumps({"TrainingJobArn": "a"})}
        looks = [
            {"body": json.dumps({"TrainingJobName": "churn", "TrainingJobStatus": status})}
            for status in ("InProgress", "Completed")
        ]
        no = {"status": 400, "body": json.dumps({"__type": "AccessDeniedException", "message": "no"})}
        endpoint.script([answer, looks[0], no, looks[1]])  # type: ignore[list-item]
        document = {
            "TrainingJobName": "churn", "RoleArn": "arn:aws:iam::123456789012:role/r",
            "OutputDataConfig": {"S3OutputPath": "s3://b"},
        }  # fmt: skip
        code, stdout, stderr = run(*CREATE, json.dumps(document), "--wait", "--tail", env=over_http(endpoint.url))
        assert (code, stdout) == (0, "a\n")
        assert stderr.startswith("The log cannot be read, the waiting goes on: ")

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["create-endpoint", "--endpoint-name", "e", "--endpoint-config-name", "c", "--tail"], "add --wait"),
            (["list-models", "--tail"], "argument --tail: list-models does not take it"),
            (["create-feature-group", "--feature-group-name", "f", "--record-identifier-feature-name", "f",
              "--event-time-feature-name", "f", "--feature-definitions", "[]", "--wait", "--tail"],
             "argument --tail: no log of feature-group is known"),
            (["create-model", "--model-name", "m", "--wait", "--tail"], "create-model is done when it answers"),
        ],
    )  # fmt: skip
    def test_what_is_refused_is_refused_before_anything_is_sent(
        self, box: Box, run: Run, words: list[str], said: str
    ) -> None:
        code, stdout, stderr = run("sagemaker", *words, env=box.environ)
        assert (code, stdout) == (252, "")
        assert said in stderr
        assert run("sagemaker", *words, program="aws", env=box.environ)[0] == 252
