"""``awsshadow running``: all that costs, and nothing that has ended."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from awsshadow.fanout.kinds import KINDS
from awsshadow.model.families import listings
from awsshadow.model.families.document import Model
from awsshadow.names import argument_name
from awsshadow.sandbox.service import Sandbox, set_faults
from tests.sandbox.conftest import World

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tests.support.endpoint import Endpoint
    from tests.support.endpoint_server import Reply
    from tests.waiting.conftest import Run

REGION = "eu-west-1"


@pytest.fixture
def world(tmp_path: Path, model: dict[str, Any]) -> World:
    return World(Sandbox(str(tmp_path / "box"), clock="frozen"), model, region=REGION)


@pytest.fixture
def inside(tmp_path: Path) -> dict[str, str]:
    return {"AWSSHADOW_SANDBOX": str(tmp_path / "box"), "AWS_DEFAULT_REGION": REGION}


def shown(run: Run, environ: dict[str, str], *words: str) -> list[dict[str, Any]]:
    code, stdout, stderr = run("running", "--output", "json", *words, env=environ)
    assert (code, stderr) == (0, "")
    rows: list[dict[str, Any]] = json.loads(stdout)["Running"]
    return rows


class TestModel:
    """What the table says is in the model that is installed."""

    @pytest.mark.parametrize("name", KINDS)
    def test_the_calls(self, name: str, model: dict[str, Any]) -> None:
        kind, known = KINDS[name], Model(model)
        commands = {argument_name(operation): operation for operation in model["operations"]}
        assert set(kind.commands) <= set(commands)
        listing = commands[kind.listing]
        item = listings.item(known, listing)
        assert {*kind._names, kind.since} <= set(item)
        status = item[kind._status or kind.family.status or ""]
        if name == "warm-pool":
            status = known.inner(status)["Status"]
        assert {*kind.ended, *kind.doubtful} <= set(status["enum"])
        if kind.asked:
            assert set(kind.asked) <= set(known.members(listing, "input")[kind.filter]["enum"])
        assert not kind.asked or not kind.ended

    def test_no_job_that_never_goes_away_is_listed_whole(self) -> None:
        assert {name for name, kind in KINDS.items() if kind.family.is_job and not kind.asked} == set()


class TestKinds:
    @pytest.mark.parametrize("name", [name for name in KINDS if name not in ("warm-pool", "feature-group")])
    def test_what_has_just_been_made_runs(self, name: str, world: World, inside: dict[str, str], run: Run) -> None:
        world.make(KINDS[name].family.title)
        rows = shown(run, inside, "--kinds", name)
        assert {row["Kind"] for row in rows} == {name}
        assert set(rows[0]) == {"Kind", "Name", "Status", "Instances", "Since"}
        assert rows[0]["Name"]
        assert rows[0]["Status"]

    def test_rows(self, world: World, inside: dict[str, str], run: Run) -> None:
        header = "Kind,Name,Status,Instances,Since\n"
        assert run("running", "--output", "csv", env=inside) == (0, header, "")
        name = world.make("NotebookInstance")["NotebookInstanceName"]
        code, stdout, _ = run("running", "--output", "csv", "--regions", REGION, env=inside)
        assert (code, stdout.splitlines()[0]) == (0, header.strip() + ",Region")
        assert stdout.splitlines()[1].startswith(f"notebook-instance,{name},")
        code, stdout, _ = run("running", "--output", "jsonl", env=inside)
        assert (code, json.loads(stdout)["Name"]) == (0, name)
        query = "Running[].Instances[]"
        code, stdout, _ = run("running", "--output", "tsv", "--query", query, env=inside)
        assert (code, stdout.splitlines()[0]) == (0, "Type\tCount")

    def test_jobs_and_machines(self, world: World, inside: dict[str, str], run: Run) -> None:
        job = world.create_input("TrainingJob")
        resources = {"InstanceType": "ml.m5.xlarge", "InstanceCount": 3, "VolumeSizeInGB": 1}
        world.ok("CreateTrainingJob", **{**job, "TrainingJobName": "t", "ResourceConfig": resources})
        (row,) = shown(run, inside)
        assert (row["Kind"], row["Name"], row["Status"]) == ("training-job", "t", "InProgress")
        assert row["Instances"] == [{"Type": "ml.m5.xlarge", "Count": 3}]
        groups = [
            {"InstanceGroupName": name, "InstanceType": "ml.c5.xlarge", "InstanceCount": count}
            for name, count in (("a", 1), ("b", 2))
        ]
        resources = {"VolumeSizeInGB": 1, "InstanceGroups": groups}
        world.ok("CreateTrainingJob", **{**job, "TrainingJobName": "u", "ResourceConfig": resources})
        assert next(r for r in shown(run, inside) if r["Name"] == "u")["Instances"] == [
            {"Type": "ml.c5.xlarge", "Count": 3}
        ]
        for name in ("t", "u"):
            world.ok("StopTrainingJob", TrainingJobName=name)
        assert {r["Status"] for r in shown(run, inside)} <= {"Stopping"}

    def test_what_is_over_is_not_shown(self, tmp_path: Path, model: dict[str, Any], run: Run) -> None:
        world = World(Sandbox(str(tmp_path / "rest"), clock="instant"), model, region=REGION)
        for title in ("TrainingJob", "ProcessingJob", "TransformJob", "AutoMLJob", "HyperParameterTuningJob"):
            world.make(title)
        notebook = world.make("NotebookInstance")["NotebookInstanceName"]
        environ = {"AWSSHADOW_SANDBOX": str(tmp_path / "rest"), "AWS_DEFAULT_REGION": REGION}
        assert [(row["Kind"], row["Status"]) for row in shown(run, environ)] == [("notebook-instance", "InService")]
        world.ok("StopNotebookInstance", NotebookInstanceName=notebook)
        assert shown(run, environ) == []
        assert run("running", env=environ) == (0, "", "")
        assert run("running", "--exit-code", env=environ)[0] == 0

    def test_endpoints_and_their_variants(self, world: World, inside: dict[str, str], run: Run) -> None:
        model = world.make("Model")["ModelName"]
        plain = {"ModelName": model, "InstanceType": "ml.m5.large", "InitialInstanceCount": 2}
        serverless = {"ModelName": model, "ServerlessConfig": {"MemorySizeInMB": 1024, "MaxConcurrency": 5}}
        for name, variants in (
            ("two", [{**plain, "VariantName": "a"}, {**plain, "VariantName": "b", "InstanceType": "ml.c5.large"}]),
            ("none", [{**serverless, "VariantName": "a"}]),
        ):
            world.ok("CreateEndpointConfig", EndpointConfigName=name, ProductionVariants=variants)
            world.ok("CreateEndpoint", EndpointName=name, EndpointConfigName=name)
        rows = {row["Name"]: row["Instances"] for row in shown(run, inside, "--kinds", "endpoint")}
        assert rows["none"] == [{"Type": "serverless", "Count": 1}]
        assert rows["two"] == [{"Type": "ml.m5.large", "Count": 2}, {"Type": "ml.c5.large", "Count": 2}]
        world.ok("DeleteEndpointConfig", EndpointConfigName="two")
        rows = {row["Name"]: row["Instances"] for row in shown(run, inside, "--kinds", "endpoint")}
        assert rows["two"] == [{"Type": "instance", "Count": 4}]

    @pytest.mark.parametrize("online", [True, False])
    def test_feature_groups_with_an_online_store(
        self, world: World, inside: dict[str, str], run: Run, online: bool
    ) -> None:
        given = world.create_input("FeatureGroup")
        store = {"OnlineStoreConfig": {"EnableOnlineStore": True}} if online else {
            "OfflineStoreConfig": {"S3StorageConfig": {"S3Uri": "s3://b/k"}},
            "RoleArn": "arn:aws:iam::123456789012:role/sandbox-role",
        }  # fmt: skip
        without = {k: v for k, v in given.items() if k not in ("OnlineStoreConfig", "OfflineStoreConfig")}
        world.ok("CreateFeatureGroup", **{**without, **store})
        rows = shown(run, inside, "--kinds", "feature-group")
        assert [row["Instances"] for row in rows] == ([[{"Type": "Standard store", "Count": 1}]] if online else [])


class TestScripted:
    """What the sandbox does not play."""

    @pytest.fixture
    def asked(self, endpoint: Endpoint, network: dict[str, str], run: Run) -> Any:
        def ask(kind: str, listed: list[dict[str, Any]], described: dict[str, Any]) -> list[dict[str, Any]]:
            row = KINDS[kind]
            listing = str(row.family.operation("list"))
            replies: list[Reply] = [
                {"match": listing, "body": json.dumps({row.family.listing["items"]: listed})},
                {"match": row.family.operation("describe"), "body": json.dumps(described)},
            ]
            endpoint.script(replies)
            return shown(run, {**network, "AWS_ENDPOINT_URL_SAGEMAKER": endpoint.url}, "--kinds", kind)

        return ask

    def test_a_warm_pool(self, asked: Any, endpoint: Endpoint) -> None:
        job = {"TrainingJobName": "t", "CreationTime": 1000, "TrainingEndTime": 2000, "TrainingJobStatus": "Completed",
               "WarmPoolStatus": {"Status": "Available"}}  # fmt: skip
        described = {"ResourceConfig": {"InstanceType": "ml.p5.48xlarge", "InstanceCount": 2}}
        (row,) = asked("warm-pool", [job], described)
        assert (row["Status"], row["Instances"]) == ("Available", [{"Type": "ml.p5.48xlarge", "Count": 2}])
        assert row["Since"].startswith("1970-01-01T00:33:20")
        first = json.loads(endpoint.requests()[0]["body"])
        assert first == {"WarmPoolStatusEquals": "Available", "MaxResults": 100}

    def test_a_cluster_of_several_types(self, asked: Any) -> None:
        groups = [
            {"InstanceGroupName": "a", "InstanceType": "ml.t3.large", "CurrentCount": 1, "TargetCount": 4},
            {"InstanceGroupName": "b", "InstanceTypeDetails": [{"InstanceType": "ml.p5.48xlarge", "CurrentCount": 2}]},
            {"InstanceGroupName": "c", "InstanceType": "ml.g5.xlarge", "CurrentCount": 0},
        ]
        (row,) = asked("cluster", [{"ClusterName": "c", "ClusterStatus": "InService"}], {"InstanceGroups": groups})
        assert row["Instances"] == [{"Type": "ml.t3.large", "Count": 1}, {"Type": "ml.p5.48xlarge", "Count": 2}]
        assert row["Since"] is None

    @pytest.mark.parametrize(("count", "rows"), [(0, 0), (2, 1)])
    def test_a_failed_cluster_counts_by_its_machines(self, asked: Any, count: int, rows: int) -> None:
        group = {"InstanceGroupName": "a", "InstanceType": "ml.t3.large", "CurrentCount": count}
        found = asked("cluster", [{"ClusterName": "c", "ClusterStatus": "Failed"}], {"InstanceGroups": [group]})
        assert len(found) == rows

    def test_a_status_that_nobody_knows_runs(self, asked: Any) -> None:
        item = {"NotebookInstanceName": "n", "NotebookInstanceStatus": "Meditating", "InstanceType": "ml.t3.medium"}
        (row,) = asked("notebook-instance", [item], {})
        assert (row["Status"], row["Instances"]) == ("Meditating", [{"Type": "ml.t3.medium", "Count": 1}])

    def test_an_endpoint_with_pools(self, asked: Any) -> None:
        pools = [{"InstanceType": "ml.g5.xlarge", "CurrentInstanceCount": 1},
                 {"InstanceType": "ml.g6.xlarge", "CurrentInstanceCount": 0}]  # fmt: skip
        described = {"ProductionVariants": [{"VariantName": "a", "CurrentInstanceCount": 1, "InstancePools": pools}]}
        (row,) = asked("endpoint", [{"EndpointName": "e", "EndpointStatus": "InService"}], described)
        assert row["Instances"] == [{"Type": "ml.g5.xlarge", "Count": 1}]


class TestShown:
    @pytest.fixture
    def endpoint_and_job(self, world: World) -> None:
        world.ok("CreateTrainingJob", **{**world.create_input("TrainingJob"), "TrainingJobName": "t"})
        world.ok("CreateNotebookInstance", **{**world.create_input("NotebookInstance"), "NotebookInstanceName": "n"})

    @pytest.mark.usefixtures("endpoint_and_job")
    def test_the_table(self, inside: dict[str, str], run: Run) -> None:
        code, stdout, _ = run("running", env=inside)
        lines = stdout.splitlines()
        assert (code, lines[0].split()) == (0, ["KIND", "NAME", "STATUS", "INSTANCES", "SINCE"])
        assert [line.split()[:3] for line in lines[1:]] == [
            ["notebook-instance", "n", "Pending"],
            ["training-job", "t", "InProgress"],
        ]
        assert lines[1].endswith("s)")
        assert run("running", "--output", "table", env=inside)[1].splitlines()[0] == lines[0]
        assert run("running", "--regions", REGION, env=inside)[1].split()[5] == "REGION"
        _, stdout, _ = run("running", "--regions", REGION, "--profiles", "x", env=inside)
        assert stdout.split()[5:7] == ["REGION", "PROFILE"]

    @pytest.mark.usefixtures("endpoint_and_job")
    def test_other_formats_and_queries(self, inside: dict[str, str], run: Run) -> None:
        query = ["--query", "Running[].Name"]
        assert run("running", *query, "--output", "text", env=inside)[1] == "n\tt\n"
        assert run("running", *query, "--output", "yaml", env=inside)[1] == "- n\n- t\n"
        assert json.loads(run("running", *query, env=inside)[1]) == ["n", "t"]
        assert run("running", "--query", "length(", env=inside)[0] == 252

    @pytest.mark.usefixtures("endpoint_and_job")
    def test_ages_and_exit_codes(self, inside: dict[str, str], run: Run) -> None:
        assert run("running", "--exit-code", env=inside)[0] == 1
        assert run("running", "--exit-code", "--older-than", "7d", env=inside) == (0, "", "")
        assert len(shown(run, inside, "--older-than", "0s")) == 2
        assert run("running", "--exit-code", "--kinds", "cluster,app", env=inside) == (0, "", "")

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["--kinds", "endpoint,cat"], "argument --kinds: invalid choice: 'cat' (choose from endpoint, inf"),
            (["--older-than", "soon"], "argument --older-than: not a duration: 'soon'"),
            (["--jobs", "65"], "argument --jobs: not a whole number from 1 to 64"),
            (["--regions", "a,"], "argument --regions: expected names with commas between them"),
            (["--regions", "a", "--region", "b"], "argument --regions: it cannot be used together with --region"),
            (["more"], "unrecognized arguments: more"),
        ],
    )
    def test_what_is_refused(self, inside: dict[str, str], run: Run, words: list[str], said: str) -> None:
        code, stdout, stderr = run("running", *words, env=inside)
        assert (code, stdout, said in stderr) == (252, "", True), stderr

    def test_under_the_name_aws_there_is_none(self, inside: dict[str, str], run: Run) -> None:
        assert run("running", program="aws", env={**inside, "PATH": ""})[0] == 252

    @pytest.mark.usefixtures("endpoint_and_job")
    def test_throttling_is_waited_out(self, inside: dict[str, str], run: Run) -> None:
        set_faults(inside["AWSSHADOW_SANDBOX"], {"throttle": [{"operation": "*", "times": 25}]})
        assert [row["Name"] for row in shown(run, inside)] == ["n", "t"]


class TestFailures:
    @pytest.fixture
    def scripted(self, endpoint: Endpoint, network: dict[str, str]) -> dict[str, str]:
        return {**network, "AWS_ENDPOINT_URL_SAGEMAKER": endpoint.url}

    @staticmethod
    def refusal(code: str, match: str | None = None) -> Reply:
        return {"match": match, "status": 400, "body": json.dumps({"__type": code, "message": "no"})}

    def test_a_kind_that_is_denied(self, endpoint: Endpoint, scripted: dict[str, str], run: Run) -> None:
        endpoint.script([self.refusal("AccessDeniedException", "ListPartnerApps"), {"body": "{}"}])
        code, stdout, stderr = run("running", env=scripted)
        said = "An error occurred (AccessDeniedException) when calling the ListPartnerApps operation: no"
        assert (code, stdout, stderr) == (4, "", f"\nawsshadow: [ERROR]: us-east-1: partner-app: {said}\n")

    def test_everything_is_denied_everywhere(self, endpoint: Endpoint, scripted: dict[str, str], run: Run) -> None:
        endpoint.script([self.refusal("AccessDeniedException")])
        code, _, stderr = run("running", "--regions", "a-1,b-2", env=scripted)
        assert (code, stderr.count("AccessDenied")) == (254, 2)  # a line a place, not one a kind

    def test_a_kind_that_a_region_does_not_offer(self, endpoint: Endpoint, scripted: dict[str, str], run: Run) -> None:
        endpoint.script([self.refusal("UnknownOperationException", "ListMlflowApps"), {"body": "{}"}])
        assert run("running", env=scripted) == (0, "", "")

    def test_what_has_gone_meanwhile(self, endpoint: Endpoint, scripted: dict[str, str], run: Run) -> None:
        listed = json.dumps({"TrainingJobSummaries": [{"TrainingJobName": "t", "TrainingJobStatus": "InProgress"}]})
        endpoint.script([
            {"match": "ListTrainingJobs", "body": listed},
            self.refusal("ValidationException", "DescribeTrainingJob"),
        ])  # fmt: skip
        assert run("running", "--kinds", "training-job", env=scripted) == (0, "", "")

    def test_what_cannot_be_described_is_shown_without_machines(
        self, endpoint: Endpoint, scripted: dict[str, str], run: Run
    ) -> None:
        listed = json.dumps({"Clusters": [{"ClusterName": "c", "ClusterStatus": "InService"}]} | {
            "ClusterSummaries": [{"ClusterName": "c", "ClusterStatus": "InService"}]})  # fmt: skip
        endpoint.script([
            {"match": "ListClusters", "body": listed},
            self.refusal("AccessDeniedException", "DescribeCluster"),
        ])  # fmt: skip
        code, stdout, stderr = run("running", "--kinds", "cluster", env=scripted)
        assert (code, stdout.splitlines()[1].split()[:4]) == (254, ["cluster", "c", "InService", "-"])
        assert "us-east-1: An error occurred (AccessDeniedException)" in stderr

    def test_a_region_that_is_not_enabled(self, endpoint: Endpoint, scripted: dict[str, str], run: Run) -> None:
        endpoint.script([self.refusal("UnrecognizedClientException"), {"body": "{}"}])
        words = ["--regions", "all", "--kinds", "cluster", "--jobs", "1"]
        code, stdout, stderr = run("running", *words, env=scripted)
        assert (code, stdout) == (0, "")
        assert stderr == "1 region is not enabled for the account and skipped: af-south-1\n"

    def test_no_region_and_no_credentials(self, run: Run) -> None:
        code, _, stderr = run("running", env={"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"})
        assert (code, stderr.startswith("\nawsshadow: [ERROR]: You must specify a region.")) == (253, True)
        code, _, stderr = run("running", "--regions", "a-1,b-2", env={"AWS_ACCESS_KEY_ID": "", "HOME": "/nowhere"})
        assert (code, stderr.count("Unable to locate credentials")) == (253, 2)

    def test_one_log_for_all_clients(self, endpoint: Endpoint, scripted: dict[str, str], run: Run) -> None:
        endpoint.script([{"body": "{}"}])
        words = ["--debug", "--kinds", "notebook-instance", "--regions", "a-1,b-2,c-3", "--jobs", "1"]
        code, _, stderr = run("running", *words, env=scripted)
        assert (code, stderr.count("Response body:")) == (0, 3)
