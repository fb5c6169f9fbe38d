"""``--hydrate``: what a shell loop of describes would say, in the order of the listing."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from awsshadow.model.families import describing, peers, table
from awsshadow.names import argument_name
from awsshadow.sandbox.service import Sandbox

if TYPE_CHECKING:
    from typing import Any

    from tests.fanout.conftest import Box
    from tests.support.endpoint import Endpoint
    from tests.support.endpoint_server import Reply
    from tests.waiting.conftest import Run

GROUPS = ["sagemaker", "list-model-package-groups"]
DESCRIBE = "DescribeModelPackageGroup"
KEY = "ModelPackageGroupSummaryList"

#: Families of which a resource is listed under something that it lies in: members of the listing's request.
LISTED = {title: family for title, family in table().items() if family.operation("list") and family.operation("create")}


def required(model: dict[str, Any], operation: str) -> tuple[dict[str, Any], list[str]]:
    shape = model["shapes"][model["operations"][operation]["input"]["shape"]]
    return shape["members"], [m for m in shape["members"] if m in shape.get("required", ())]


@pytest.mark.parametrize("title", LISTED)
def test_it_is_what_describing_each_would_say(title: str, box: Box, run: Run) -> None:
    family = LISTED[title]
    listing, describe = (family.operation(role) or "" for role in ("list", "describe"))
    made = box.world.make(title)
    accepts, needed = required(box.world.model, describe)
    asked = describing.identified(family, accepts, needed, made)
    words = ["--cli-input-json", json.dumps(asked), "--output", "json"]
    code, described, _ = run("sagemaker", argument_name(describe), *words, env=box.environ)
    assert code == 0
    _, of_list = required(box.world.model, listing)
    request = {member: {**made, **asked}[member] for member in of_list}
    words = ["sagemaker", argument_name(listing), "--cli-input-json", json.dumps(request), "--hydrate"]
    code, stdout, stderr = run(*words, env=box.environ)
    assert (code, stderr) == (0, "")
    items = next(value for value in json.loads(stdout).values() if isinstance(value, list))
    key = "Described" if "Described" in items[0] else "Description"
    assert json.loads(described) in [item[key] for item in items]


def test_every_peer_and_what_it_needs_is_in_the_model(model: dict[str, Any]) -> None:
    operations = {argument_name(name): name for name in model["operations"]}
    found = peers.commands(operations)
    assert len(found) >= 80
    for command, describe in found.items():
        assert peers.has_peer(command), f"{command} needs a row"
        peer = peers.peer(operations[command])
        assert peer is not None
        assert operations[describe] == peer.operation
        members, _ = required(model, peer.operation)
        assert set(peer.renamed) <= set(members)


def test_no_key_that_is_added_is_a_member_of_an_item(model: dict[str, Any]) -> None:
    from awsshadow.fanout.describer import _IN_PLACE, _items

    for command, operation in ((argument_name(name), name) for name in model["operations"]):
        if peers.has_peer(command):
            member, members = _items(model["shapes"], model["operations"][operation]["output"]["shape"])
            assert member, command
            keys = {other if key in members else key for key, other in _IN_PLACE.items()}
            assert not keys & set(members), command


@pytest.mark.parametrize(
    ("option", "added"),
    [("--hydrate", ["Description", "Error"]), ("--hydrate=tags", ["Tags", "Error"]),
     ("--hydrate=all", ["Description", "Tags", "Error"])],
)  # fmt: skip
def test_rows(option: str, added: list[str], box: Box, run: Run) -> None:
    names = box.groups(3)
    words = [*GROUPS, "--sort-by", "Name", option, "--output"]
    code, stdout, _ = run(*words, "csv", env=box.environ)
    header, *rows = csv.reader(stdout.splitlines())
    assert (code, sorted(header[-len(added) :])) == (0, sorted(added))
    assert [row[0] for row in rows] == names
    for row, name in zip(rows, names, strict=True):
        cells = dict(zip(header, row, strict=True))
        assert cells["Error"] == ""
        if "Tags" in added:
            assert json.loads(cells["Tags"]) == [{"Key": "name", "Value": name}]
        if "Description" in added:
            assert json.loads(cells["Description"])["ModelPackageGroupName"] == name
    code, stdout, _ = run(*words, "jsonl", "--page-size", "2", env=box.environ)
    assert [json.loads(line)["ModelPackageGroupName"] for line in stdout.splitlines()] == names
    _, stdout, _ = run(*words, "tsv", "--name-contains", "nothing", env=box.environ)
    assert stdout.split() == header


def test_a_thousand_in_the_order_of_the_listing(box: Box, run: Run) -> None:
    names = box.groups(1000)
    code, stdout, stderr = run(*GROUPS, "--hydrate=all", "--sort-by", "Name", env=box.environ)
    assert (code, stderr) == (0, "")
    items = json.loads(stdout)[KEY]
    assert [item["ModelPackageGroupName"] for item in items] == names
    assert [item["Description"]["ModelPackageGroupName"] for item in items] == names
    assert [item["Tags"] for item in items] == [[{"Key": "name", "Value": name}] for name in names]
    _, plain, _ = run(*GROUPS, "--sort-by", "Name", env=box.environ)
    kept = [{k: v for k, v in item.items() if k not in ("Description", "Tags")} for item in items]
    assert kept == json.loads(plain)[KEY]


class TestSizes:
    def test_max_items_and_going_on(self, box: Box, run: Run) -> None:
        names = box.groups(12)
        seen: list[str] = []
        token: list[str] = []
        for expected in (5, 5, 2):
            words = [*GROUPS, "--hydrate", "--sort-by", "Name", "--max-items", "5", *token]
            code, stdout, _ = run(*words, env=box.environ)
            document = json.loads(stdout)
            assert (code, len(document[KEY])) == (0, expected)
            seen += [item["Description"]["ModelPackageGroupName"] for item in document[KEY]]
            token = ["--starting-token", document.get("NextToken", "")]
        assert seen == names

    @pytest.mark.parametrize(
        ("words", "sizes"),
        [
            ([], [100]),
            (["--page-size", "7"], [7]),
            (["--max-items", "3"], [3]),
            (["--max-items", "250"], [100]),
            (["--max-results", "4"], [4]),
            (["--no-paginate"], [None]),
        ],
    )
    def test_how_many_are_asked_for(
        self, endpoint: Endpoint, network: dict[str, str], run: Run, words: list[str], sizes: list[int | None]
    ) -> None:
        endpoint.script([{"body": json.dumps({KEY: []})}])
        environ = {**network, "AWS_ENDPOINT_URL_SAGEMAKER": endpoint.url}
        assert run(*GROUPS, "--hydrate", *words, env=environ)[0] == 0
        assert [json.loads(request["body"]).get("MaxResults") for request in endpoint.requests()] == sizes


@pytest.mark.parametrize("form", ["json", "text", "table", "yaml", "yaml-stream", "off"])
def test_every_format_prints_what_it_would_of_such_a_document(form: str, box: Box, run: Run) -> None:
    box.groups(3)
    query = ["--query", f"{KEY}[].Description.ModelPackageGroupArn | sort(@)"]
    code, stdout, stderr = run(*GROUPS, "--hydrate", "--output", form, *query, env=box.environ)
    assert (code, stderr) == (0, "")
    assert stdout.count(":model-package-group/g0") == (0 if form == "off" else 3)
    code, stdout, _ = run(*GROUPS, "--hydrate=tags", "--output", form, env=box.environ)
    assert (code, stdout.count("g0002") >= 1) == (0, form != "off")


def test_a_listing_without_pages(box: Box, run: Run) -> None:
    box.world.make("Hub")
    code, stdout, _ = run("sagemaker", "list-hubs", "--hydrate=all", env=box.environ)
    (item,) = json.loads(stdout)["HubSummaries"]
    assert (code, item["Description"]["HubArn"], item["Tags"]) == (0, item["HubArn"], [])


def test_tags_of_what_does_not_say_its_arn_in_the_listing(box: Box, run: Run) -> None:
    """The description is asked for, and not shown."""
    made = box.world.make("UserProfile")
    tags = [{"Key": "a", "Value": "b"}]
    names = {name: made[name] for name in ("DomainId", "UserProfileName")}
    arn = box.world.ok("DescribeUserProfile", **names)["UserProfileArn"]
    box.world.ok("AddTags", ResourceArn=arn, Tags=tags)
    code, stdout, _ = run("sagemaker", "list-user-profiles", "--hydrate=tags", env=box.environ)
    (item,) = json.loads(stdout)["UserProfiles"]
    assert (code, item["Tags"], "Description" in item) == (0, tags, False)


class TestFaults:
    @pytest.mark.parametrize("operation", [DESCRIBE, "ListModelPackageGroups", "ListTags"])
    def test_throttling_is_waited_out(self, box: Box, run: Run, operation: str) -> None:
        names = box.groups(20)
        box.faults(throttle=[{"operation": operation, "times": 30}])
        code, stdout, stderr = run(*GROUPS, "--hydrate=all", "--sort-by", "Name", env=box.environ)
        assert (code, stderr) == (0, "")
        assert [item["Description"]["ModelPackageGroupName"] for item in json.loads(stdout)[KEY]] == names

    def test_no_longer_than_the_timeout(self, box: Box, run: Run) -> None:
        box.groups(2)
        box.faults(throttle=[{"operation": DESCRIBE}])
        code, stdout, stderr = run(*GROUPS, "--hydrate", "--timeout", "5m", env=box.environ)
        assert (code, stdout) == (124, "")
        assert f"{DESCRIBE} is still throttled after 5m: An error occurred (ThrottlingException)" in stderr

    @pytest.mark.parametrize("kind", ["cut", "late"])
    def test_a_broken_or_late_answer_is_asked_for_again(self, box: Box, run: Run, kind: str) -> None:
        box.groups(5)
        rule = {"operation": DESCRIBE, "times": 2, **({"seconds": 0.01} if kind == "late" else {})}
        box.faults(**{kind: [rule]})
        code, stdout, stderr = run(*GROUPS, "--hydrate", env=box.environ)
        assert (code, stderr, stdout.count("CreatedBy")) == (0, "", 5)

    def test_a_connection_that_stays_broken_is_the_error_of_its_item(self, box: Box, run: Run) -> None:
        box.groups(1)
        box.faults(cut=[{"operation": DESCRIBE}])
        code, stdout, stderr = run(*GROUPS, "--hydrate", env=box.environ)
        (item,) = json.loads(stdout)[KEY]
        assert code == 4
        assert "Connection was closed" in item["Error"]["Message"]
        assert "1 item could not be described: see the member Error of each\n" in stderr


class TestVanished:
    @pytest.fixture
    def race(self, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two of three groups are deleted once they have been listed."""
        box.groups(3)
        answer = Sandbox.answer

        def and_delete(self: Sandbox, target: str, *rest: Any, **more: Any) -> Any:
            found = answer(self, target, *rest, **more)
            if target.endswith(".ListModelPackageGroups"):
                for name in ("g0000", "g0002"):
                    body = json.dumps({"ModelPackageGroupName": name}).encode()
                    answer(self, "SageMaker.DeleteModelPackageGroup", body, box.region)
            return found

        monkeypatch.setattr(Sandbox, "answer", and_delete)

    @pytest.mark.parametrize(
        ("what", "added"), [("", {"Description"}), ("=tags", {"Tags"}), ("=all", {"Description", "Tags"})]
    )
    @pytest.mark.usefixtures("race")
    def test_it_is_null_and_counted(self, box: Box, run: Run, what: str, added: set[str]) -> None:
        code, stdout, stderr = run(*GROUPS, f"--hydrate{what}", "--sort-by", "Name", env=box.environ)
        assert (code, stderr) == (0, "2 items were deleted between the listing and the description\n")
        items = json.loads(stdout)[KEY]
        assert [all(item[key] is None for key in added) for item in items] == [True, False, True]
        assert all(added <= set(item) for item in items)


ITEMS: Reply = {
    "match": "ListModelPackageGroups",
    "body": json.dumps({KEY: [{"ModelPackageGroupName": name} for name in "abc"]}),
}


class TestRefused:
    def refuse(self, endpoint: Endpoint, network: dict[str, str], code: str, status: int = 400) -> dict[str, str]:
        body = json.dumps({"__type": code, "message": "not you"})
        endpoint.script([ITEMS, {"match": DESCRIBE, "status": status, "body": body}])
        return {**network, "AWS_ENDPOINT_URL_SAGEMAKER": endpoint.url}

    def test_no_permission_ends_it_at_once(self, endpoint: Endpoint, network: dict[str, str], run: Run) -> None:
        environ = self.refuse(endpoint, network, "AccessDeniedException")
        code, stdout, stderr = run(*GROUPS, "--hydrate", "--jobs", "1", env=environ)
        assert (code, stdout) == (254, "")
        assert "(AccessDeniedException) when calling the DescribeModelPackageGroup operation: not you" in stderr

    def test_another_refusal_is_the_error_of_its_item(
        self, endpoint: Endpoint, network: dict[str, str], run: Run
    ) -> None:
        environ = self.refuse(endpoint, network, "SomethingElse")
        code, stdout, stderr = run(*GROUPS, "--hydrate", env=environ)
        items = json.loads(stdout)[KEY]
        assert code == 4
        assert [item["Error"] for item in items] == [{"Code": "SomethingElse", "Message": "not you"}] * 3
        assert "3 items could not be described" in stderr

    def test_an_item_that_cannot_be_told(self, endpoint: Endpoint, network: dict[str, str], run: Run) -> None:
        endpoint.script([{"body": json.dumps({KEY: [{"ModelPackageGroupStatus": "Completed"}]})}])
        code, stdout, _ = run(*GROUPS, "--hydrate", env={**network, "AWS_ENDPOINT_URL_SAGEMAKER": endpoint.url})
        assert (code, json.loads(stdout)[KEY][0]["Error"]["Code"]) == (4, "NotIdentified")


class TestWords:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["list-tags", "--resource-arn", "arn:aws:x", "--hydrate"], "It is for: list-actions, list-ai-benchmark"),
            (["list-models", "--hydrate=names"], "Found invalid choice 'names'"),
            (["list-models", "--hydrate", "--jobs", "0"], "argument --jobs: not a whole number from 1 to 64: '0'"),
            (["list-models", "--hydrate", "--timeout", "soon"], "argument --timeout: not a duration: 'soon'"),
            (["list-models", "--jobs", "3"], "argument --jobs: it is for many calls; add --hydrate"),
            (["describe-model", "--model-name", "m", "--timeout", "3"], "argument --timeout: it is for many calls"),
            (["describe-model", "--model-name", "m", "--hydrate"], "argument --hydrate: describe-model does not take"),
            (["delete-model", "--model-name", "m", "--jobs", "2"], "argument --jobs: delete-model does not take it"),
            (["list-models", "--hydr"], "Unknown options: --hydr"),
        ],
    )
    def test_what_is_refused(self, box: Box, run: Run, words: list[str], said: str) -> None:
        code, stdout, stderr = run("sagemaker", *words, env=box.environ)
        assert (code, stdout) == (252, "")
        assert said in stderr

    def test_what_is_asked_for_is_checked_as_ever(self, box: Box, run: Run) -> None:
        words = ["--hydrate", "--cli-input-json", '{"Nothing": 1}']
        code, _, stderr = run(*GROUPS, *words, env=box.environ)
        assert (code, 'Unknown parameter in input: "Nothing"' in stderr) == (252, True)
        assert run(*GROUPS, "--hydrate", "--output", "nothing", env=box.environ)[0] == 252

    @pytest.mark.parametrize("words", [["--hydrate"], ["--hydrate=all"], ["--regions", "a"], ["--profiles", "p"]])
    def test_under_the_name_aws_there_is_nothing(self, box: Box, run: Run, words: list[str]) -> None:
        code, stdout, stderr = run(*GROUPS, *words, program="aws", env=box.environ)
        assert (code, stdout, f"Unknown options: {words[0]}" in stderr) == (252, "", True)

    def test_only_reading_is_allowed_and_this_is(self, box: Box, run: Run) -> None:
        environ = {**box.environ, "AWSSHADOW_READ_ONLY": "1"}
        assert run(*GROUPS, "--hydrate", env=environ)[0] == 0
        assert run(*GROUPS, env=environ)[0] == 0


#: List operations of no family that list what one has -> the family whose resource they are asked about, and where the
#: description shows which item it is of.
OTHERS = {
    "list-cluster-events": ("Cluster", "EventDetails.EventId", "EventId"),
    "list-hub-content-versions": ("HubContent", "HubContentVersion", "HubContentVersion"),
    "list-model-card-versions": ("ModelCard", "ModelCardVersion", "ModelCardVersion"),
}


@pytest.mark.parametrize("command", OTHERS)
def test_what_is_listed_under_another_resource(command: str, box: Box, run: Run) -> None:
    title, path, member = OTHERS[command]
    made = box.world.make(title)
    operations = {argument_name(name): name for name in box.world.model["operations"]}
    _, needed = required(box.world.model, operations[command])
    words = ["--cli-input-json", json.dumps({m: made[m] for m in needed}), "--hydrate"]
    code, stdout, stderr = run("sagemaker", command, *words, env=box.environ)
    assert (code, stderr) == (0, "")
    items = next(value for value in json.loads(stdout).values() if isinstance(value, list))
    assert items
    for item in items:
        found = item["Described"] if "Described" in item else item["Description"]
        for name in path.split("."):
            found = found[name]
        assert found == item[member]


@pytest.mark.parametrize(
    ("listing", "item", "request_of_list", "asked"),
    [
        (
            "ListClusterNodes",
            {"InstanceId": "i-1", "NodeLogicalId": "n", "InstanceGroupName": "g"},
            {"ClusterName": "c", "InstanceGroupNameContains": "g"},
            {"ClusterName": "c", "NodeId": "i-1"},
        ),
        ("ListClusterOperations", {"OperationId": "o", "ClusterArn": "a"}, {"ClusterName": "c"},
         {"ClusterName": "c", "OperationId": "o"}),
        ("ListPipelineVersions", {"PipelineArn": "arn:x", "PipelineVersionId": 2}, {"PipelineName": "p"},
         {"PipelineName": "arn:x", "PipelineVersionId": 2}),
        ("ListTrainingJobsForHyperParameterTuningJob", {"TrainingJobName": "t", "TuningJobName": "h"},
         {"HyperParameterTuningJobName": "h"}, {"TrainingJobName": "t"}),
        ("ListStageDevices", {"DeviceName": "d", "DeviceFleetName": "f", "StageName": "s"},
         {"EdgeDeploymentPlanName": "p", "StageName": "s", "NextToken": "t"},
         {"DeviceName": "d", "DeviceFleetName": "f"}),
        ("ListJobSchemaVersions", {"JobConfigSchemaVersion": "1.0"}, {"JobCategory": "x"},
         {"JobCategory": "x", "JobConfigSchemaVersion": "1.0"}),
        ("ListSubscribedWorkteams", {"WorkteamArn": "arn:w"}, {"NameContains": "w"}, {"WorkteamArn": "arn:w"}),
        ("ListLineageGroups", {"LineageGroupName": "g", "LineageGroupArn": "a"}, {}, {"LineageGroupName": "g"}),
        ("ListLabelingJobsForWorkteam", {"LabelingJobName": "l"}, {"WorkteamArn": "a"}, {"LabelingJobName": "l"}),
        ("ListModelQualityJobDefinitions", {"MonitoringJobDefinitionName": "m", "EndpointName": "e"},
         {"EndpointName": "e"}, {"JobDefinitionName": "m"}),
        ("ListModelPackages", {"ModelPackageArn": "arn:aws:sagemaker:r:1:model-package/g/3", "ModelPackageVersion": 3},
         {"ModelPackageGroupName": "g"}, {"ModelPackageName": "arn:aws:sagemaker:r:1:model-package/g/3"}),
        ("ListApps", {"DomainId": "d", "SpaceName": "s", "AppType": "T", "AppName": "a", "Status": "InService"},
         {"DomainIdEquals": "d"}, {"DomainId": "d", "AppType": "T", "AppName": "a", "SpaceName": "s"}),
        pytest.param(
            "ListGlobalInferenceGateways", {"Id": "g", "Arn": "arn:aws:g", "Name": "n"}, {}, {"Identifier": "g"},
            marks=pytest.mark.model(since="1.44.8"),
        ),
    ],
)  # fmt: skip
def test_how_an_item_is_asked_for(
    listing: str,
    item: dict[str, Any],
    request_of_list: dict[str, Any],
    asked: dict[str, Any],
    model: dict[str, Any],
) -> None:
    found = peers.peer(listing)
    assert found is not None
    accepts, needed = required(model, found.operation)
    assert found.parameters(accepts, needed, item, request_of_list) == asked


def test_an_operation_of_a_newer_model_has_the_peer_that_its_name_says() -> None:
    found = peers.peer("ListWidgets", {"ListWidgets", "DescribeWidget"})
    assert found is not None
    assert found.operation == "DescribeWidget"
    accepts: dict[str, Any] = {"WidgetName": {}, "Version": {}, "Role": {}}
    asked = found.parameters(accepts, ["WidgetName"], {"WidgetName": "w", "Version": 2}, {"Role": "r"})
    assert asked == {"WidgetName": "w", "Version": 2}
    assert found.arn({"WidgetArn": "arn:aws:w", "RoleArn": "arn:aws:r"}) == "arn:aws:w"
    assert found.arn({"RoleArn": "arn:aws:r"}) is None
    assert peers.peer("ListWidgets", {"ListWidgets"}) is None


def test_a_member_that_nothing_says_is_an_error() -> None:
    found = peers.peer("ListModels")
    assert found is not None
    with pytest.raises(KeyError):
        found.parameters({"ModelName": {}}, ["ModelName"], {}, {})
    newer = peers.peer("ListWidgets", {"DescribeWidget"})
    assert newer is not None
    with pytest.raises(KeyError):
        newer.parameters({"WidgetName": {}}, ["WidgetName"], {}, {})
