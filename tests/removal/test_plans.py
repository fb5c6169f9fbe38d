"""Plans: what is selected, what is kept, how many there may be, what a line says, what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from awsshadow.errors import ParameterError
from awsshadow.model import families
from awsshadow.removal import entries as plan
from awsshadow.removal import wording
from awsshadow.removal.entries import Entry
from awsshadow.sandbox import service
from tests.removal.conftest import ROLE, planned, removed

if TYPE_CHECKING:
    from typing import Any

    from tests.removal.conftest import Box
    from tests.support.endpoint import Endpoint
    from tests.waiting.conftest import Run


#: What a run of before has done.
DELETED_BEFORE = {"e3": {"State": "done"}}


def names(lines: list[dict[str, Any]], action: str = "delete") -> list[str]:
    return [line["Name"] for line in lines if line["Action"] == action]


class TestSelection:
    def test_where(self, box: Box, run: Run) -> None:
        for name in ("tmp-1", "live", "tmp-2"):
            box.model(name)
        gone = removed(run, box, "models", "--where", "starts_with(ModelName, `tmp-`)")
        assert sorted(arn.rpartition("/")[2] for arn in gone) == ["tmp-1", "tmp-2"]

    def test_options_of_the_list_operation(self, box: Box, run: Run) -> None:
        for name in ("a-1", "b-1", "a-2"):
            box.model(name)
        assert sorted(names(planned(run, box, "models", "--name-contains", "a-"))) == ["a-1", "a-2"]
        assert sorted(names(planned(run, box, "model", "--name-contains", "a-"))) == ["a-1", "a-2"]
        assert planned(run, box, "models", "--creation-time-before", "now-1d") == []

    def test_age(self, frozen_box: Box, run: Run) -> None:
        service.set_clock(frozen_box.folder, "frozen:2026-01-01T00:00:00Z")
        frozen_box.model("old")
        service.set_clock(frozen_box.folder, f"frozen:{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
        frozen_box.model("new")
        assert names(planned(run, frozen_box, "models", "--older-than", "7d")) == ["old"]
        assert sorted(names(planned(run, frozen_box, "models", "--older-than", "0s"))) == ["new", "old"]

    def test_all(self, box: Box, run: Run) -> None:
        box.model("a")
        box.model("b")
        assert sorted(names(planned(run, box, "models", "--all"))) == ["a", "b"]
        code, stdout, stderr = run("remove", "models", "--yes", env=box.environ)
        assert (code, stdout, "NAME, or what selects: --where" in stderr) == (252, "", True)

    def test_what_runs_when_stopping(self, frozen_box: Box, run: Run) -> None:
        world = frozen_box.world
        made = [world.make("TrainingJob")["TrainingJobName"] for _ in range(2)]
        world.ok("StopTrainingJob", TrainingJobName=made[0])
        lines = planned(run, frozen_box, "training-jobs", "--all", "--stop")
        assert names(lines, "stop") == [made[1]]

    def test_several_names(self, box: Box, run: Run) -> None:
        for name in "abc":
            box.model(name)
        arn = f"arn:aws:sagemaker:{box.region}:123456789012:endpoint-config/{box.config('d', 'a')}"
        assert names(planned(run, box, "model", "a", "b")) == ["a", "b"]
        assert names(planned(run, box, "endpoint-config", arn)) == ["d"]

    def test_at_most(self, box: Box, run: Run) -> None:
        for at in range(3):
            box.model(f"m-{at}")
        said = "argument --max: the plan would have 3 resources, or more with what goes along, and may have 2;"
        code, stdout, stderr = run("remove", "models", "--all", "--max", "2", "--yes", env=box.environ)
        assert (code, stdout, said in stderr) == (252, "", True)
        domain = box.domain()
        for name in "uvw":
            box.profile(domain, name)
        code, _, stderr = run("remove", "domain", domain, "--cascade", "--max", "3", "--yes", env=box.environ)
        assert (code, "would have 4 resources, or more with what goes along, and may have 3" in stderr) == (252, True)
        assert len(planned(run, box, "domain", domain, "--cascade", "--max", "4")) == 4

    def test_fifty_is_the_usual_limit(self, box: Box, run: Run) -> None:
        for at in range(51):
            box.model(f"m-{at}")
        code, _, stderr = run("remove", "models", "--all", "--yes", env=box.environ)
        assert (code, "would have 51 resources, or more with what goes along, and may have 50" in stderr) == (252, True)
        assert len(box.held()) == 51


class TestShared:
    """What the resources of a plan use."""

    @pytest.fixture
    def three(self, box: Box) -> Box:
        """Two endpoints with one configuration, one with another; a model of each, and one that both use."""
        for name in ("both", "one", "two"):
            box.model(name)
        box.config("c1", "both", "one")
        box.config("c2", "both", "two")
        for name, config in (("e1", "c1"), ("e2", "c1"), ("e3", "c2")):
            box.endpoint(name, config)
        return box

    def test_what_another_one_uses_is_kept(self, three: Box, run: Run) -> None:
        lines = planned(run, three, "endpoint", "e1", "--with", "config,models")
        assert [(line["Action"], line["Name"], line["Why"]) for line in lines if line["Name"] != "both"] == [
            ("delete", "e1", "asked for"),
            ("keep", "c1", "used by endpoint e2"),
            ("keep", "one", "used by endpoint config c1"),
        ]
        assert names(lines, "keep")[1] == "both"
        gone = removed(run, three, "endpoint", "e1", "--with", "config,models")
        assert {arn.rpartition("/")[2] for arn in gone} == {"e1"}

    def test_what_nobody_else_uses_goes(self, three: Box, run: Run) -> None:
        lines = planned(run, three, "endpoint", "e3", "--with", "config,models")
        assert [(line["Action"], line["Name"], line["Step"]) for line in lines] == [
            ("delete", "e3", 1), ("delete", "c2", 2), ("delete", "two", 3), ("keep", "both", 0),
        ]  # fmt: skip
        gone = removed(run, three, "endpoint", "e3", "--with", "config,models")
        assert {arn.rpartition("/")[2] for arn in gone} == {"e3", "c2", "two"}

    def test_all_users_at_once(self, three: Box, run: Run) -> None:
        gone = removed(run, three, "endpoints", "--all", "--with", "config,models")
        assert {arn.rpartition("/")[2] for arn in gone} == {"e1", "e2", "e3", "c1", "c2", "both", "one", "two"}

    def test_what_is_used_since_the_plan_was_made(self, three: Box, run: Run, tmp_path: Any) -> None:
        path = tmp_path / "plan.jsonl"
        lines = planned(run, three, "endpoint", "e3", "--with", "config,models")
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        three.endpoint("late", "c2")
        code, stdout, stderr = run("remove", "--from", str(path), "--yes", env=three.environ)
        assert stdout.splitlines() == [
            "deleted endpoint e3",
            "skipped endpoint config c2: used by endpoint late since the plan was made",
        ]
        assert (code, "model two: not tried" in stderr) == (4, True)
        three.world.ok("DescribeModel", ModelName="two")

    def test_what_was_made_anew_after_it_was_deleted_counts(self, three: Box, run: Run, tmp_path: Any) -> None:
        path = tmp_path / "plan.jsonl"
        lines = planned(run, three, "endpoint", "e3", "--with", "config")
        path.write_text("".join(json.dumps({**line, **DELETED_BEFORE.get(line["Name"], {})}) + "\n" for line in lines))
        code, stdout, _ = run("remove", "--from", str(path), "--yes", env=three.environ)
        said = "skipped endpoint config c2: used by endpoint e3 since the plan was made\n"
        assert (code, stdout) == (0, said)

    def test_components_hold_models(self, three: Box, run: Run) -> None:
        three.world.ok(
            "CreateInferenceComponent", InferenceComponentName="i", EndpointName="e1", VariantName="v0",
            Specification={"ModelName": "two"}, RuntimeConfig={"CopyCount": 1},
        )  # fmt: skip
        lines = planned(run, three, "endpoint", "e3", "--with", "config,models")
        assert [line["Why"] for line in lines if line["Name"] == "two"] == ["used by inference component i"]
        lines = planned(run, three, "inference-component", "i", "--with", "models")
        assert [(line["Action"], line["Why"]) for line in lines][1:] == [("keep", "used by endpoint config c2")]

    def test_lifecycle_configurations_of_studio(self, box: Box, run: Run) -> None:
        arns = [
            box.world.ok(
                "CreateStudioLifecycleConfig", StudioLifecycleConfigName=name,
                StudioLifecycleConfigAppType="JupyterServer", StudioLifecycleConfigContent="bHM=",
            )["StudioLifecycleConfigArn"]
            for name in ("mine", "ours")
        ]  # fmt: skip
        domain = box.domain("d", JupyterServerAppSettings={"LifecycleConfigArns": arns})
        box.domain("other", JupyterServerAppSettings={"LifecycleConfigArns": arns[1:]})
        gone = removed(run, box, "domain", domain, "--with", "lifecycle-configs", "--cascade")
        assert arns[0] in gone
        assert arns[1] not in gone

    def test_of_notebook_instances(self, box: Box, run: Run) -> None:
        box.world.ok("CreateNotebookInstanceLifecycleConfig", NotebookInstanceLifecycleConfigName="l")
        named = {"CodeRepositoryName": "r", "GitConfig": {"RepositoryUrl": "https://host/r.git"}}
        box.world.ok("CreateCodeRepository", **named)
        for name in "nm":
            box.world.ok(
                "CreateNotebookInstance", NotebookInstanceName=name, InstanceType="ml.t3.medium", RoleArn=ROLE,
                LifecycleConfigName="l", DefaultCodeRepository="r" if name == "n" else "https://host/other.git",
            )  # fmt: skip
        lines = planned(run, box, "notebook-instance", "n", "--with", "lifecycle-configs,code-repositories")
        assert [(line["Action"], line["Name"]) for line in lines] == [("delete", "n"), ("delete", "r"), ("keep", "l")]
        gone = removed(run, box, "notebook-instances", "--all", "--with", "lifecycle-configs,code-repositories")
        assert {arn.rpartition("/")[2] for arn in gone} == {"n", "m", "l", "r"}

    def test_definitions_of_schedules(self, box: Box, run: Run) -> None:
        box.schedule("s", box.endpoint("e", box.config("c", box.model("m"))))
        lines = planned(run, box, "monitoring-schedule", "s", "--with", "job-definitions")
        assert [line["Family"] for line in lines] == ["monitoring-schedule", "data-quality-job-definition"]


class TestLines:
    def test_what_a_line_says(self, box: Box, run: Run) -> None:
        domain = box.domain()
        arn = box.app(domain, box.profile(domain, "u"))
        lines = planned(run, box, "domain", domain, "--cascade")
        assert [line["Family"] for line in lines] == ["app", "user-profile", "domain"]
        app = lines[0]
        assert app["Keys"] == {
            "DomainId": domain, "UserProfileName": "u", "AppType": "JupyterServer", "AppName": "default",
        }  # fmt: skip
        assert (app["Arn"], app["State"], app["Status"], app["Step"]) == (arn, "planned", "InService", 1)
        assert set(app["HangsOn"]) == {line["Arn"] for line in lines[1:]}
        assert plan.moment(app["CreationTime"]) is not None
        assert [line.get("HomeEfs") for line in lines] == [None, None, "Retain"]
        lines = planned(run, box, "domain", domain, "--cascade", "--delete-home-efs")
        assert lines[-1]["HomeEfs"] == "Delete"

    def test_a_plan_is_read_as_it_was_written(self, box: Box, run: Run) -> None:
        domain = box.domain()
        box.app(domain, box.profile(domain, "u"))
        text = run("remove", "domain", domain, "--cascade", "--plan", env=box.environ)[1]
        assert plan.lines(plan.read(text, "x")) == text
        assert plan.lines(plan.read("\ufeff" + text.replace("\n", "\r\n") + "\n\n", "x")) == text

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"Family": "sofa"}, "Family is none of those that are known: 'sofa'"),
            ({"Action": "paint"}, "Action is none of those"),
            ({"Action": "stop"}, "nothing does this to a resource of that family: stop model"),
            ({"Keys": {}}, "Keys is no object of names"),
            ({"Keys": {"ModelName": ["a"]}}, "Keys is no object of names"),
            ({"State": "maybe"}, "State is none of those"),
            ({"CreationTime": "yesterday"}, "Arn or CreationTime"),
            ({"Step": "1"}, "Step is no number"),
            ({"HangsOn": [1]}, "HangsOn no list of ARNs"),
            ({"Name": 1}, "Name is no text"),
            ({"HomeEfs": "Burn"}, "HomeEfs is none of those"),
        ],
    )
    def test_what_is_no_line(self, box: Box, run: Run, change: dict[str, Any], said: str) -> None:
        box.model("m")
        (line,) = planned(run, box, "model", "m")
        with pytest.raises(ParameterError) as caught:
            plan.read(json.dumps({**line, **change}), "plan.jsonl")
        assert caught.value.message.startswith("plan.jsonl, line 1: no line of a plan: ")
        assert said in caught.value.message
        for member in ("Arn", "Account", "HangsOn"):
            without = {key: value for key, value in line.items() if key != member}
            with pytest.raises(ParameterError, match=f"'{member}' is missing"):
                plan.read(json.dumps(without), "plan.jsonl")

    @pytest.mark.parametrize("text", ["", "\n", "[]", "{", "[" * 100_000, '{"State": "planned"}', "null"])
    def test_what_is_no_plan(self, text: str) -> None:
        with pytest.raises(ParameterError, match=r"^x"):
            plan.read(text, "x")

    def test_two_places_and_the_same_twice(self, box: Box, run: Run) -> None:
        box.model("m")
        (line,) = planned(run, box, "model", "m")
        with pytest.raises(ParameterError, match="of several accounts or regions"):
            plan.read(json.dumps(line) + "\n" + json.dumps({**line, "Region": "x-y-1", "Arn": "arn:other"}), "x")
        with pytest.raises(ParameterError, match="the model 'm' stands there twice"):
            plan.read((json.dumps(line) + "\n") * 2, "x")


class TestNames:
    """Names that would drive a terminal, or look like others."""

    NAME = "a\nDelete 1\t\x1b[2J\x9b\u202eevil\u200b\u2028\ud800é"

    def test_shown(self) -> None:
        shown = wording.one_line(self.NAME)
        assert shown == "a\\nDelete 1\\t\\x1b[2J\\x9b\\u202eevil\\u200b\\u2028\\ud800é"
        entry = Entry(families.family("Model"), "delete", self.NAME, {"ModelName": self.NAME}, why="asked for")
        question, answers = wording.question([entry])
        assert question == f"Type the name of the model, {shown}, to delete it:"
        assert answers == {shown, self.NAME}
        assert shown in wording.rows([entry])[0]
        entry.state, entry.note = plan.FAILED, "\x1b]0;title\x07"
        assert wording.outcome(entry) == f"failed model {shown}: \\x1b]0;title\\x07"

    def test_exact_in_lines(self) -> None:
        entry = Entry(families.family("Model"), "delete", self.NAME, {"ModelName": self.NAME}, "arn:x", why="asked for")
        line = entry.line()
        assert line.isascii()
        assert line.count("\n") == 1
        (read,) = plan.read(line, "x")
        assert (read.name, read.keys) == (self.NAME, {"ModelName": self.NAME})

    def test_numbers_that_say_nothing_are_not_asked_for(self) -> None:
        entry = Entry(families.family("ImageVersion"), "delete", "img/2", {"ImageName": "img", "Version": 2})
        assert entry.own_name == "img/2"


class TestRefused:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["model", "m"], "argument --yes: it is needed where nobody can be asked; nothing was sent"),
            (["--from", "plan.jsonl"], "argument --yes: it is needed"),
            (["--from", "-"], "argument --yes: it is needed where the plan itself comes from standard input"),
            (["--from", "nowhere.jsonl", "--yes"], "argument --from: there is no file 'nowhere.jsonl'"),
            ([], "the following arguments are required: FAMILY or --from"),
            (["--yes"], "the following arguments are required: FAMILY or --from"),
            (["--yes", "model", "m"], "argument --yes: behind a family stand its own options"),
            (["--from", "x", "model", "m"], "argument --from: behind a family stand its own options"),
            (["modle", "m"], "invalid choice: 'modle'"),
            (["device", "m", "--yes"], "a device can be neither deleted nor stopped"),
            (["model", "m", "--cascade", "--yes"], "unrecognized arguments: --cascade"),
            (["model", "m", "--all", "--yes"], "it selects, and a name is given already"),
            (["model", "m", "--name-contains", "m", "--yes"], "argument --name-contains: it selects"),
            (["endpoint", "e", "--with", "models", "--yes"], "argument --with: models are found by way of the config"),
            (["endpoint", "e", "--with", "sofa", "--yes"], "argument --with: invalid choice: 'sofa' (choose from con"),
            (["models", "--where", "length(", "--yes"], "Bad value for --where"),
            (["models", "--older-than", "soon", "--yes"], "argument --older-than: not a duration: 'soon'"),
            (["model", "m", "--rate", "0", "--yes"], "argument --rate: not a number of changes a second above 0: '0'"),
            (["model", "m", "--rate", "nan", "--yes"], "argument --rate: not a number"),
            (["model", "m", "--timeout", "x", "--yes"], "argument --timeout: not a duration"),
            (["model", "m", "--max", "0", "--yes"], "argument --max: not a whole number from 1"),
            (["model", "not a name!", "--yes"], "Member must satisfy regular expression pattern"),
            (["notebook-instance", "n", "--stop", "--with", "lifecycle-configs", "--yes"], "together with --stop"),
            (["image-versions", "--all", "--yes"], "the following arguments are required: --image-name"),
            (["image-versions", "--image-name", "i", "--yes"], "arguments are required: --version-number, or what"),
            (["image-version", "i", "--yes"], "the following arguments are required: --version-number, or what sel"),
        ],
    )
    def test_before_any_request(self, words: list[str], said: str, run: Run, endpoint: Endpoint) -> None:
        endpoint.script([{"body": "{}"}])
        settings = {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_DEFAULT_REGION": "us-east-1"}
        code, stdout, stderr = run("remove", *words, env={**settings, "AWS_ENDPOINT_URL": endpoint.url})
        assert (code, stdout, said in stderr) == (252, "", True), stderr
        assert endpoint.requests() == []

    def test_read_only(self, box: Box, run: Run, tmp_path: Any) -> None:
        box.model("m")
        environ = {**box.environ, "AWSSHADOW_READ_ONLY": "1"}
        (line,) = planned(run, box, "model", "m")
        (tmp_path / "plan").write_text(json.dumps(line))
        for words in (["model", "m"], ["--from", str(tmp_path / "plan")]):
            code, stdout, stderr = run("remove", *words, "--yes", env=environ)
            assert (code, stdout, "AWSSHADOW_READ_ONLY is set: nothing was sent" in stderr) == (252, "", True)
        assert run("remove", "model", "m", "--plan", env=environ)[0] == 0
        assert len(box.held()) == 1

    def test_under_the_name_aws_there_is_none(self, box: Box, run: Run) -> None:
        box.model("m")
        code, stdout, _ = run("remove", "model", "m", "--yes", program="aws", env={**box.environ, "PATH": ""})
        assert (code, stdout, len(box.held())) == (252, "", 1)

    def test_an_alias_of_that_name_wins(self, box: Box, run: Run, empty_home: Any) -> None:
        (empty_home / ".aws" / "cli").mkdir(parents=True)
        (empty_home / ".aws" / "cli" / "alias").write_text("[toplevel]\nremove = sagemaker list-models\n")
        code, stdout, _ = run("remove", "--query", "Models", env=box.environ)
        assert (code, json.loads(stdout)) == (0, [])

    def test_what_is_not_there(self, box: Box, run: Run) -> None:
        code, stdout, stderr = run("remove", "model", "m", "--yes", env=box.environ)
        assert (code, stdout, "DescribeModel" in stderr) == (254, "", True)


class TestShownToPeople:
    def test_dry_run(self, box: Box, run: Run) -> None:
        domain = box.domain()
        box.profile(domain, "u")
        code, stdout, stderr = run("remove", "domain", domain, "--cascade", "--dry-run", env=box.environ)
        lines = stdout.splitlines()
        assert (code, stderr) == (0, "")
        assert lines[0] == f"Delete 2 resources of account 123456789012 in {box.region}:"
        assert lines[1].split() == ["STEP", "KIND", "NAME", "STATUS", "SINCE", "WHY"]
        assert lines[2].split()[:3] == ["1", "user", "profile"]
        assert lines[4].startswith(f"The file system of domain {domain} with all home directories is kept")
        assert len(box.held()) == 2

    def test_nothing(self, box: Box, run: Run) -> None:
        assert run("remove", "models", "--all", "--yes", env=box.environ) == (0, "", "There is nothing to do.\n")
        assert run("remove", "models", "--all", "--plan", env=box.environ) == (0, "", "")
        assert run("remove", "models", "--all", "--dry-run", env=box.environ) == (0, "There is nothing to do.\n", "")

    def test_a_file_system_that_goes_too(self, box: Box, run: Run) -> None:
        domain = box.domain()
        _, stdout, _ = run("remove", "domain", domain, "--delete-home-efs", "--dry-run", env=box.environ)
        assert stdout.endswith(f"The file system of domain {domain} is DELETED with all home directories.\n")


def test_the_file_system_in_the_request(run: Run, endpoint: Endpoint) -> None:
    settings = {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_DEFAULT_REGION": "us-east-1"}
    said = "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult>"
    for words, policy in (([], "Retain"), (["--delete-home-efs"], "Delete")):
        shown = json.dumps({"DomainId": "d-1", "DomainArn": "arn:d-1", "Status": "InService"})
        gone = json.dumps({"__type": "ResourceNotFound", "message": "no"})
        endpoint.script([
            {"match": "DescribeDomain", "body": shown},
            {"match": "DescribeDomain", "body": shown},
            {"match": "DescribeDomain", "status": 400, "body": gone},
            {"match": "ListApps", "body": '{"Apps": []}'},
            {"match": "ListSpaces", "body": '{"Spaces": []}'},
            {"match": "ListUserProfiles", "body": '{"UserProfiles": []}'},
            {"match": "DeleteDomain", "body": "{}"},
            {"body": f"{said}</GetCallerIdentityResponse>"},
        ])  # fmt: skip
        line = ["remove", "domain", "d-1", "--yes", *words]
        code, stdout, stderr = run(*line, env={**settings, "AWS_ENDPOINT_URL": endpoint.url})
        assert (code, stdout) == (0, "deleted domain d-1\n"), stderr
        sent = [r for r in endpoint.requests() if r["headers"].get("x-amz-target", "").endswith(".DeleteDomain")]
        assert [json.loads(r["body"]) for r in sent] == [
            {"DomainId": "d-1", "RetentionPolicy": {"HomeEfsFileSystem": policy}}
        ]
