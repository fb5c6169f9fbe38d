"""Plans that are carried out: what has changed since, what fails, what takes long, what is interrupted."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from awsshadow.removal import carrying_out
from awsshadow.removal.plan_file import PlanFile
from awsshadow.sandbox import service
from tests.removal.conftest import ROLE, Box, planned

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tests.support.endpoint import Endpoint
    from tests.support.endpoint_server import Reply
    from tests.waiting.conftest import Run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plan.jsonl"


def written(path: Path, lines: list[dict[str, Any]]) -> list[str]:
    """A plan written to ``path``; the words that carry it out."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return ["remove", "--from", str(path), "--yes"]


def states(path: Path) -> dict[str, str]:
    return {line["Name"]: line["State"] for line in map(json.loads, path.read_text().splitlines())}


class TestFromAFile:
    def test_what_was_born_since_survives(self, box: Box, run: Run, path: Path) -> None:
        box.model("tmp-1")
        words = written(path, planned(run, box, "models", "--where", "starts_with(ModelName, `tmp-`)"))
        box.model("tmp-2")
        code, stdout, _ = run(*words, env=box.environ)
        assert (code, stdout, list(box.held())) == (0, "deleted model tmp-1\n", [arn(box, "model/tmp-2")])

    def test_what_was_made_anew_survives(self, box: Box, run: Run, path: Path) -> None:
        box.model("m")
        box.model("n")
        words = written(path, planned(run, box, "model", "m", "n"))
        box.world.ok("DeleteModel", ModelName="m")
        box.model("m")
        code, stdout, stderr = run(*words, env=box.environ)
        assert code == 0, stderr
        assert stdout == "skipped model m: it is another one than when the plan was made\ndeleted model n\n"
        assert states(path) == {"m": "skipped", "n": "done"}
        assert list(box.held()) == [arn(box, "model/m")]

    def test_what_hangs_on_what_was_made_anew_stays(self, box: Box, run: Run, path: Path) -> None:
        domain = box.domain()
        box.app(domain, box.profile(domain, "u"))
        words = written(path, planned(run, box, "domain", domain, "--cascade"))
        named = {"DomainId": domain, "UserProfileName": "u", "AppType": "JupyterServer", "AppName": "default"}
        box.world.ok("DeleteApp", **named)
        box.world.ok("CreateApp", **named)
        code, stdout, stderr = run(*words, env=box.environ)
        assert (code, stdout.split()[0]) == (4, "skipped")
        assert f"user profile {domain}/u: not tried, since what hangs on it is still there" in stderr
        assert len(box.held()) == 3

    def test_what_is_gone_is_said_to_be(self, box: Box, run: Run, path: Path) -> None:
        box.model("m")
        words = written(path, planned(run, box, "model", "m"))
        box.world.ok("DeleteModel", ModelName="m")
        assert run(*words, env=box.environ)[:2] == (0, "gone model m\n")
        assert states(path) == {"m": "gone"}
        assert run(*words, env=box.environ) == (0, "", "Nothing is left to do: 1 of 1 done.\n")

    @pytest.mark.parametrize("what", ["Account", "Region"])
    def test_another_place(self, box: Box, run: Run, path: Path, what: str) -> None:
        box.model("m")
        (line,) = planned(run, box, "model", "m")
        words = written(path, [{**line, what: "999999999999"}])
        code, stdout, stderr = run(*words, env=box.environ)
        assert (code, stdout, f"the plan is for the {what.lower()} 999999999999, and" in stderr) == (252, "", True)
        assert (len(box.held()), states(path)) == (1, {"m": "planned"})

    def test_what_is_kept_is_not_touched(self, box: Box, run: Run, path: Path) -> None:
        box.model("m")
        (line,) = planned(run, box, "model", "m")
        words = written(path, [{**line, "Action": "keep"}])
        assert run(*words, env=box.environ)[:2] == (0, "")
        assert len(box.held()) == 1

    def test_from_standard_input(self, box: Box, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        from awsshadow.commands.tree.console import Console

        box.model("m")
        (line,) = planned(run, box, "model", "m")
        monkeypatch.setattr(Console, "read", lambda _, path: json.dumps(line) if path == "-" else "")
        assert run("remove", "--from", "-", "--yes", env=box.environ)[:2] == (0, "deleted model m\n")

    def test_one_at_a_time(self, box: Box, run: Run, path: Path) -> None:
        box.model("m")
        words = written(path, planned(run, box, "model", "m"))
        with PlanFile(str(path)):
            code, stdout, stderr = run(*words, env=box.environ)
        assert (code, stdout, "another command is carrying out" in stderr) == (252, "", True)
        assert run(*words, env=box.environ)[0] == 0
        assert [file.name for file in path.parent.glob("plan*")] == ["plan.jsonl"]

    def test_a_link_and_permissions_stay(self, box: Box, run: Run, path: Path, tmp_path: Path) -> None:
        box.model("m")
        written(path, planned(run, box, "model", "m"))
        path.chmod(0o600)
        link = tmp_path / "link"
        link.symlink_to(path)
        assert run("remove", "--from", str(link), "--yes", env=box.environ)[0] == 0
        assert (link.is_symlink(), path.stat().st_mode & 0o777, states(path)) == (True, 0o600, {"m": "done"})

    def test_what_cannot_be_written_ends_it(
        self, box: Box, run: Run, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in "abc":
            box.model(name)
        words = written(path, planned(run, box, "models", "--all"))

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("awsshadow.removal.plan_file.os.replace", full)
        code, _, stderr = run(*words, "--jobs", "1", env=box.environ)
        assert (code, "No space left on device; nothing more is done" in stderr) == (255, True)
        assert states(path) == dict.fromkeys("abc", "planned")


def arn(box: Box, rest: str) -> str:
    return f"arn:aws:sagemaker:{box.region}:123456789012:{rest}"


class TestFailures:
    def test_a_deletion_that_fails(self, box: Box, run: Run, path: Path) -> None:
        domain = box.domain()
        box.profile(domain, "u")
        words = written(path, planned(run, box, "domain", domain, "--cascade"))
        box.faults(fail=[{"family": "UserProfile", "on": "delete", "reason": "the file\nsystem is busy", "times": 1}])
        code, stdout, stderr = run(*words, env=box.environ)
        said = "is Delete_Failed: the file system is busy"
        assert (code, stdout) == (3, f"failed user profile {domain}/u: it {said}\n")
        assert f"user profile {domain}/u: it {said}\ndomain {domain}: not tried" in stderr
        assert states(path) == {f"{domain}/u": "failed", domain: "planned"}
        code, stdout, stderr = run(*words, env=box.environ)
        assert (code, stdout) == (0, f"deleted user profile {domain}/u\ndeleted domain {domain}\n"), stderr
        assert box.held() == {}

    def test_some_that_are_refused(self, run: Run, scripted: Scripted) -> None:
        scripted.models("a", "b")
        refusal: Reply = {"match": "DeleteModel", "status": 400, "body": error("AccessDeniedException")}
        scripted.replies += [refusal, {"match": "DeleteModel", "body": ""}]
        code, stdout, stderr = scripted.run(run, "model", "a", "b", "--jobs", "1")
        assert (code, stdout.splitlines()[1:]) == (4, ["deleted model b"])
        assert stdout.startswith("failed model a: An error occurred (AccessDeniedException) when calling the DeleteM")
        assert "1 of 2 are still there\nmodel a: An error occurred (AccessDenied" in stderr

    def test_throttling_is_waited_out(self, box: Box, run: Run) -> None:
        for name in "abcdef":
            box.model(name)
        box.faults(throttle=[{"operation": "*Model*", "times": 30}])
        code, stdout, stderr = run("remove", "models", "--all", "--yes", env=box.environ)
        assert (code, len(stdout.splitlines()), box.held()) == (0, 6, {}), stderr

    def test_throttling_without_an_end(self, box: Box, run: Run, path: Path) -> None:
        box.model("m")
        words = written(path, planned(run, box, "model", "m"))
        box.faults(throttle=[{"operation": "DeleteModel"}])
        code, stdout, stderr = run(*words, "--timeout", "20s", env=box.environ)
        assert (code, stdout) == (124, "")
        assert "DeleteModel is still throttled after 20s" in stderr
        assert f"1 not begun. To go on: awsshadow remove --from {path}" in stderr
        assert len(box.held()) == 1

    def test_answers_that_are_cut(self, box: Box, run: Run) -> None:
        """A deletion that was carried out and whose answer was lost is asked for once more, and is gone then."""
        box.model("m")
        box.faults(cut=[{"operation": "DeleteModel", "times": 1}])
        code, stdout, stderr = run("remove", "model", "m", "--yes", env=box.environ)
        assert (code, box.held()) == (0, {}), stderr
        assert stdout in ("gone model m\n", "deleted model m\n")

    def test_late_answers(self, box: Box, run: Run) -> None:
        box.model("m")
        box.faults(late=[{"operation": "*Model", "seconds": 0.2, "times": 2}])
        assert run("remove", "model", "m", "--yes", env=box.environ)[:2] == (0, "deleted model m\n")

    def test_what_vanishes_before_its_turn(self, box: Box, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        from awsshadow.removal.carrying_out import Removal

        box.model("m")
        usual = Removal.run

        def after_somebody_else(self: Removal) -> None:
            box.world.ok("DeleteModel", ModelName="m")
            usual(self)

        monkeypatch.setattr(Removal, "run", after_somebody_else)
        assert run("remove", "model", "m", "--yes", env=box.environ)[:2] == (0, "gone model m\n")

    def test_a_filter_that_is_not_minded(self, run: Run, scripted: Scripted) -> None:
        """What a listing has of other endpoints hangs on these."""
        component = {"InferenceComponentName": "i", "InferenceComponentArn": "arn:i", "EndpointName": "other"}
        endpoint = {"EndpointName": "e", "EndpointArn": "arn:e", "EndpointStatus": "InService"}
        scripted.replies += [
            {"match": "DescribeEndpoint", "body": json.dumps(endpoint)},
            {"match": "DescribeEndpoint", "body": json.dumps(endpoint)},
            {"match": "DescribeEndpoint", "status": 400, "body": error("ValidationException")},
            {"match": "ListInferenceComponents", "body": json.dumps({"InferenceComponents": [component]})},
            {"match": "DescribeInferenceComponent", "body": json.dumps(component)},
            {"match": "ListMonitoringSchedules", "body": '{"MonitoringScheduleSummaries": []}'},
            {"match": "DeleteEndpoint", "body": ""},
        ]
        code, stdout, stderr = scripted.run(run, "endpoint", "e", "--cascade")
        assert (code, stdout) == (0, "deleted endpoint e\n"), stderr
        assert not scripted.asked("DeleteInferenceComponent")

    def test_no_listing_no_deletion(self, run: Run, scripted: Scripted) -> None:
        """Who uses a model cannot be found out: nothing is deleted."""
        shown = {"EndpointConfigName": "c", "EndpointConfigArn": "arn:c", "ProductionVariants": [{"ModelName": "m"}]}
        scripted.replies += [
            {"match": "DescribeEndpointConfig", "body": json.dumps(shown)},
            {"match": "DescribeModel", "body": json.dumps({"ModelName": "m", "ModelArn": "arn:m"})},
            {"match": "ListEndpointConfigs", "status": 400, "body": error("AccessDeniedException")},
        ]
        code, stdout, stderr = scripted.run(run, "endpoint-config", "c", "--with", "models")
        assert (code, stdout, "ListEndpointConfigs" in stderr) == (254, "", True)
        assert not scripted.asked("DeleteModel") + scripted.asked("DeleteEndpointConfig")

    @pytest.mark.skipif(sys.platform == "win32", reason="a script of a POSIX shell gives credentials")
    def test_credentials_are_asked_for_once(
        self, run: Run, scripted: Scripted, tmp_path: Path, empty_home: Path
    ) -> None:
        """A person who types a code types it once: the account is asked with the credentials of the calls."""
        program, keys = tmp_path / "keys", {"Version": 1, "AccessKeyId": "k", "SecretAccessKey": "s"}
        program.write_text(f"#!/bin/sh\necho asked >> {tmp_path}/log\necho '{json.dumps(keys)}'\n")
        program.chmod(0o755)
        (empty_home / ".aws").mkdir()
        (empty_home / ".aws" / "config").write_text(f"[profile p]\ncredential_process = {program}\n")
        scripted.models("a")
        scripted.replies.append({"match": "DeleteModel", "body": ""})
        scripted.settings = {"AWS_PROFILE": "p"}
        assert scripted.run(run, "model", "a")[:2] == (0, "deleted model a\n")
        assert (tmp_path / "log").read_text() == "asked\n"

    def test_no_caller_no_request(self, run: Run, scripted: Scripted) -> None:
        scripted.identity = {"status": 403, "body": "<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorRe"
                             "sponse>"}  # fmt: skip
        code, stdout, stderr = scripted.run(run, "model", "m")
        assert (code, stdout, "GetCallerIdentity" in stderr) == (254, "", True)
        assert len(scripted.endpoint.requests()) == 1


def error(code: str) -> str:
    return json.dumps({"__type": code, "message": "no"})


class Scripted:
    """An endpoint that says of the caller what STS does, and ``replies`` to all else."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.replies: list[Reply] = []
        self.settings = {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}
        said = "<GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult>"
        self.identity: Reply = {"body": f"<GetCallerIdentityResponse>{said}</GetCallerIdentityResponse>"}

    def models(self, *names: str) -> None:
        shown = [{"ModelName": name, "ModelArn": f"arn:{name}", "CreationTime": 1.5} for name in names]
        self.replies += [{"match": "DescribeModel", "body": json.dumps(one)} for one in shown * 2]

    def run(self, run: Run, *words: str) -> tuple[int, str, str]:
        self.endpoint.script([*self.replies, self.identity])
        where = {"AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT_URL": self.endpoint.url}
        return run("remove", *words, "--yes", env={**where, **self.settings})

    def asked(self, operation: str) -> list[Any]:
        return [
            json.loads(request["body"])
            for request in self.endpoint.requests()
            if request["headers"].get("x-amz-target", "").endswith(f".{operation}")
        ]


@pytest.fixture
def scripted(endpoint: Endpoint) -> Scripted:
    return Scripted(endpoint)


class TestStatuses:
    @pytest.fixture(autouse=True)
    def impatient(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Looks follow each other at once."""
        monkeypatch.setattr(carrying_out, "_RESTING", 0.01)

    def test_a_notebook_instance_is_stopped_first(self, box: Box, run: Run) -> None:
        named = {"NotebookInstanceName": "n", "InstanceType": "ml.t3.medium", "RoleArn": ROLE}
        box.world.ok("CreateNotebookInstance", **named)
        assert run("remove", "notebook-instance", "n", "--yes", env=box.environ)[:2] == (
            0, "deleted notebook instance n\n",
        )  # fmt: skip

    def test_a_job_is_stopped_first(self, run: Run, scripted: Scripted) -> None:
        job = {"TrainingJobName": "t", "TrainingJobArn": "arn:t", "CreationTime": 1.0}
        looks = ["InProgress", "InProgress", "InProgress", "Stopping", "Stopped", "Stopped", ""]
        for status in looks:
            shown = {**job, "TrainingJobStatus": status}
            reply: Reply = {"match": "DescribeTrainingJob", "body": json.dumps(shown)}
            if not status:
                reply = {"match": "DescribeTrainingJob", "status": 400, "body": error("ValidationException")}
            scripted.replies.append(reply)
        for name in ("StopTrainingJob", "DeleteTrainingJob"):
            scripted.replies.append({"match": name, "body": ""})
        code, stdout, stderr = scripted.run(run, "training-job", "t")
        assert (code, stdout) == (0, "deleted training job t\n"), stderr
        assert scripted.asked("StopTrainingJob") == scripted.asked("DeleteTrainingJob") == [{"TrainingJobName": "t"}]

    def test_what_is_on_its_way_is_waited_for(self, stepping: Any, run: Run) -> None:
        stepping.world.create_input("Endpoint")
        made = stepping.world.make("Endpoint")["EndpointName"]
        assert run("remove", "endpoint", made, "--yes", env=stepping.environ)[:2] == (0, f"deleted endpoint {made}\n")

    def test_a_refusal_while_it_is_on_its_way(self, run: Run, scripted: Scripted) -> None:
        endpoint = {"EndpointName": "e", "EndpointArn": "arn:e", "CreationTime": 1.0}
        for status in ("Creating", "Creating", "Creating", "InService", "Deleting"):
            shown = {**endpoint, "EndpointStatus": status}
            scripted.replies.append({"match": "DescribeEndpoint", "body": json.dumps(shown)})
        scripted.replies += [
            {"match": "DescribeEndpoint", "status": 400, "body": error("ValidationException")},
            {"match": "ListInferenceComponents", "body": '{"InferenceComponents": []}'},
            {"match": "ListMonitoringSchedules", "body": '{"MonitoringScheduleSummaries": []}'},
            {"match": "DeleteEndpoint", "status": 400, "body": error("ValidationException")},
            {"match": "DeleteEndpoint", "body": ""},
        ]
        code, stdout, stderr = scripted.run(run, "endpoint", "e")
        assert (code, stdout) == (0, "deleted endpoint e\n"), stderr
        assert len(scripted.asked("DeleteEndpoint")) == 2

    def test_what_is_deleted_already_is_waited_for(self, frozen_box: Box, run: Run, path: Path) -> None:
        domain = frozen_box.domain()
        service.advance_clock(frozen_box.folder, "1h")
        words = written(path, planned(run, frozen_box, "domain", domain))
        frozen_box.world.ok("DeleteDomain", DomainId=domain)
        code, stdout, stderr = run(*words, "--timeout", "30s", env=frozen_box.environ)
        assert (code, stdout, states(path)) == (124, "", {domain: "asked"})
        assert f"domain {domain} is still there after 30s\nWhat was asked for goes on" in stderr
        service.advance_clock(frozen_box.folder, "1h")
        assert run(*words, env=frozen_box.environ)[:2] == (0, f"deleted domain {domain}\n")

    def test_the_rate(self, box: Box, run: Run, time: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG002
        from awsshadow.removal import calls

        moments: list[float] = []
        for name in "abcd":
            box.model(name)
        turn = calls.Rate.turn

        def counted(self: calls.Rate) -> None:
            turn(self)
            moments.append(self._clock.now())

        monkeypatch.setattr(calls.Rate, "turn", counted)
        assert run("remove", "models", "--all", "--yes", "--rate", "2", env=box.environ)[0] == 0
        apart = [later - earlier for earlier, later in pairwise(moments)]
        assert len(moments) == 4
        assert all(seconds >= 0.49 for seconds in apart)
