"""CloudWatch Logs: what resources have written, and what clients put."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from awsshadow.sandbox.service import advance_clock, dump, listing, load, set_faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from awsshadow.sandbox.service import Sandbox
    from tests.sandbox.services.conftest import Client

ROLE = "arn:aws:iam::123456789012:role/sandbox-role"
JOBS = "/aws/sagemaker/TrainingJobs"


@pytest.fixture
def clock() -> str:
    return "frozen"


@pytest.fixture
def logs(client: Client) -> Any:
    return client("logs")


def code(call: Callable[..., Any], **params: Any) -> str:
    with pytest.raises(ClientError) as caught:
        call(**params)
    return str(caught.value.response["Error"]["Code"])


def put(logs: Any, count: int, stream: str = "stream", group: str = "group", begin: int = 1_000) -> None:
    for make, names in ((logs.create_log_group, {}), (logs.create_log_stream, {"logStreamName": stream})):
        try:
            make(logGroupName=group, **names)
        except logs.exceptions.ResourceAlreadyExistsException:
            pass
    events = [{"timestamp": begin + n, "message": f"line {n}"} for n in range(count)]
    logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=events)


def messages(answer: dict[str, Any]) -> list[str]:
    return [event["message"] for event in answer["events"]]


def test_a_job_has_a_stream_for_each_instance_and_lines_as_time_passes(
    logs: Any, sagemaker: Any, make_training_job: Callable[..., str], folder: str
) -> None:
    make_training_job("demo", instances=2)
    make_training_job("demo-other")
    found = logs.describe_log_streams(logGroupName=JOBS, logStreamNamePrefix="demo/", orderBy="LogStreamName")
    created = sagemaker.describe_training_job(TrainingJobName="demo")["CreationTime"]
    names = [stream["logStreamName"] for stream in found["logStreams"]]
    assert names == [f"demo/algo-{n}-{int(created.timestamp())}" for n in (1, 2)]
    first = logs.get_log_events(logGroupName=JOBS, logStreamName=names[0], startFromHead=True)
    assert messages(first)[0] == "Starting training job demo"
    assert "Image: image:1" in messages(first)
    again = logs.get_log_events(
        logGroupName=JOBS, logStreamName=names[0], startFromHead=True, nextToken=first["nextForwardToken"]
    )
    assert (again["events"], again["nextForwardToken"]) == ([], first["nextForwardToken"])
    advance_clock(folder, "1d")
    more = logs.get_log_events(
        logGroupName=JOBS, logStreamName=names[0], startFromHead=True, nextToken=first["nextForwardToken"]
    )
    ended = sagemaker.describe_training_job(TrainingJobName="demo")["TrainingEndTime"]
    assert [(e["message"], e["timestamp"]) for e in more["events"]] == [
        ("The training job demo has completed", round(ended.timestamp() * 1000))
    ]


def test_a_job_that_fails_says_why(logs: Any, make_training_job: Callable[..., str], folder: str) -> None:
    set_faults(folder, {"fail": [{"name": "bad", "reason": "No data."}]})
    make_training_job("bad")
    advance_clock(folder, "1d")
    assert messages(logs.filter_log_events(logGroupName=JOBS, filterPattern="ERROR")) == ["ERROR: No data."]


def test_groups_are_those_of_the_resources_that_are_there(
    logs: Any, make_training_job: Callable[..., str], make_endpoint: Callable[..., None], folder: str
) -> None:
    assert logs.describe_log_groups()["logGroups"] == []
    assert code(logs.describe_log_streams, logGroupName=JOBS) == "ResourceNotFoundException"
    make_training_job("demo")
    make_endpoint("web")
    assert code(logs.describe_log_streams, logGroupName="/aws/sagemaker/Endpoints/web") == "ResourceNotFoundException"
    advance_clock(folder, "1h")
    rows = logs.describe_log_groups(logGroupNamePrefix="/aws/sagemaker/")["logGroups"]
    assert [row["logGroupName"] for row in rows] == ["/aws/sagemaker/Endpoints/web", JOBS]
    assert rows[0]["arn"] == "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/sagemaker/Endpoints/web:*"
    streams = logs.describe_log_streams(logGroupName="/aws/sagemaker/Endpoints/web")["logStreams"]
    assert len(streams) == 2
    assert all(stream["logStreamName"].startswith("AllTraffic/i-0") for stream in streams)
    by_arn = logs.describe_log_streams(logGroupIdentifier=rows[0]["logGroupArn"])["logStreams"]
    assert [s["logStreamName"] for s in by_arn] == [s["logStreamName"] for s in streams]


def test_every_kind_of_job_writes(client: Client, logs: Any, folder: str) -> None:
    sagemaker = client("sagemaker")
    sagemaker.create_processing_job(
        ProcessingJobName="p",
        RoleArn=ROLE,
        AppSpecification={"ImageUri": "i"},
        ProcessingResources={"ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 1}},
    )
    sagemaker.create_model(ModelName="m", ExecutionRoleArn=ROLE, PrimaryContainer={"Image": "i"})
    sagemaker.create_transform_job(
        TransformJobName="t",
        ModelName="m",
        TransformInput={"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b/i"}}},
        TransformOutput={"S3OutputPath": "s3://b/o"},
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
    )
    sagemaker.create_notebook_instance(NotebookInstanceName="n", InstanceType="ml.t3.medium", RoleArn=ROLE)
    sagemaker.create_cluster(
        ClusterName="c",
        InstanceGroups=[
            {
                "InstanceGroupName": "workers",
                "InstanceType": "ml.m5.large",
                "InstanceCount": 1,
                "ExecutionRole": ROLE,
                "LifeCycleConfig": {"SourceS3Uri": "s3://sagemaker-b/x", "OnCreate": "on_create.sh"},
            }
        ],
    )
    advance_clock(folder, "1d")
    arn = sagemaker.describe_cluster(ClusterName="c")["ClusterArn"]
    node = sagemaker.list_cluster_nodes(ClusterName="c")["ClusterNodeSummaries"][0]["InstanceId"]
    forms = {
        "/aws/sagemaker/ProcessingJobs": "p/algo-1-",
        "/aws/sagemaker/TransformJobs": "t/i-0",
        "/aws/sagemaker/NotebookInstances": "n/jupyter.log",
        f"/aws/sagemaker/Clusters/c/{arn.rpartition('/')[2]}": f"LifecycleConfig/workers/{node}",
    }
    assert {row["logGroupName"] for row in logs.describe_log_groups()["logGroups"]} == set(forms)
    for group, form in forms.items():
        streams = logs.describe_log_streams(logGroupName=group)["logStreams"]
        assert streams[0]["logStreamName"].startswith(form)
        assert logs.get_log_events(logGroupName=group, logStreamName=streams[0]["logStreamName"])["events"]


def test_a_stream_is_read_to_its_end_page_by_page(logs: Any) -> None:
    put(logs, 25)
    said: list[str] = []
    token: dict[str, Any] = {}
    for _ in range(10):
        page = logs.get_log_events(logGroupName="group", logStreamName="stream", startFromHead=True, limit=10, **token)
        said += messages(page)
        if token and page["nextForwardToken"] == token["nextToken"]:
            break
        token = {"nextToken": page["nextForwardToken"]}
    assert said == [f"line {n}" for n in range(25)]


def test_without_a_start_from_the_head_the_last_lines_come(logs: Any) -> None:
    put(logs, 25)
    last = logs.get_log_events(logGroupName="group", logStreamName="stream", limit=10)
    assert messages(last) == [f"line {n}" for n in range(15, 25)]
    before = logs.get_log_events(
        logGroupName="group", logStreamName="stream", limit=10, nextToken=last["nextBackwardToken"]
    )
    assert messages(before) == [f"line {n}" for n in range(5, 15)]
    first = logs.get_log_events(
        logGroupName="group", logStreamName="stream", limit=10, nextToken=before["nextBackwardToken"]
    )
    assert messages(first) == [f"line {n}" for n in range(5)]
    at_the_head = logs.get_log_events(
        logGroupName="group", logStreamName="stream", limit=10, nextToken=first["nextBackwardToken"]
    )
    assert at_the_head["events"] == []
    assert at_the_head["nextBackwardToken"] == first["nextBackwardToken"]


def test_an_empty_stream_has_tokens_that_go_on_once_there_is_something(logs: Any) -> None:
    logs.create_log_group(logGroupName="group")
    logs.create_log_stream(logGroupName="group", logStreamName="stream")
    empty = logs.get_log_events(logGroupName="group", logStreamName="stream", startFromHead=True)
    assert empty["events"] == []
    put(logs, 2)
    more = logs.get_log_events(logGroupName="group", logStreamName="stream", nextToken=empty["nextForwardToken"])
    assert messages(more) == ["line 0", "line 1"]


def test_times_are_a_range_without_its_end_or_with_it(logs: Any) -> None:
    put(logs, 10)
    span = {"startTime": 1_003, "endTime": 1_006}
    got = logs.get_log_events(logGroupName="group", logStreamName="stream", startFromHead=True, **span)
    assert messages(got) == ["line 3", "line 4", "line 5"]
    filtered = logs.filter_log_events(logGroupName="group", **span)
    assert messages(filtered) == ["line 3", "line 4", "line 5", "line 6"]


def test_several_streams_are_filtered_together(logs: Any) -> None:
    put(logs, 3, "a/1")
    put(logs, 3, "a/2", begin=1_001)
    put(logs, 3, "b/1")
    found = logs.filter_log_events(logGroupName="group", logStreamNamePrefix="a/")
    assert [(e["logStreamName"], e["message"]) for e in found["events"]] == [
        ("a/1", "line 0"), ("a/1", "line 1"), ("a/2", "line 0"), ("a/1", "line 2"), ("a/2", "line 1"), ("a/2", "line 2")
    ]  # fmt: skip
    assert len({event["eventId"] for event in found["events"]}) == 6
    pages = logs.get_paginator("filter_log_events").paginate(logGroupName="group", PaginationConfig={"PageSize": 4})
    assert [len(page["events"]) for page in pages] == [4, 4, 1]
    named = logs.filter_log_events(logGroupName="group", logStreamNames=["b/1"])
    assert {event["logStreamName"] for event in named["events"]} == {"b/1"}
    both = {"logGroupName": "group", "logStreamNames": ["b/1"], "logStreamNamePrefix": "a"}
    assert code(logs.filter_log_events, **both) == "InvalidParameterException"


@pytest.mark.parametrize(
    ("pattern", "lines"),
    [
        ("", ["ERROR one two", "WARN two one", 'error "quoted" 3', "plain"]),
        ("ERROR", ["ERROR one two"]),
        ("one two", ["ERROR one two", "WARN two one"]),
        ('"one two"', ["ERROR one two"]),
        ("one -WARN", ["ERROR one two"]),
        ('-"one two" two', ["WARN two one"]),
        ("?ERROR ?WARN", ["ERROR one two", "WARN two one"]),
        ('"\\"quoted\\""', ['error "quoted" 3']),
        ("%[0-9]$%", ['error "quoted" 3']),
    ],
)
def test_filter_patterns(logs: Any, pattern: str, lines: list[str]) -> None:
    logs.create_log_group(logGroupName="g")
    logs.create_log_stream(logGroupName="g", logStreamName="s")
    texts = ["ERROR one two", "WARN two one", 'error "quoted" 3', "plain"]
    events = [{"timestamp": n, "message": text} for n, text in enumerate(texts)]
    logs.put_log_events(logGroupName="g", logStreamName="s", logEvents=events)
    assert messages(logs.filter_log_events(logGroupName="g", filterPattern=pattern)) == lines


@pytest.mark.parametrize("pattern", ["{ $.a = 1 }", "[a, b]", '"open', "%(%"])
def test_patterns_that_are_none_are_refused(logs: Any, pattern: str) -> None:
    logs.create_log_group(logGroupName="g")
    assert code(logs.filter_log_events, logGroupName="g", filterPattern=pattern) == "InvalidParameterException"


def test_streams_are_listed_by_name_or_by_time_in_pages(logs: Any) -> None:
    for number, name in enumerate(("b", "c", "a")):
        put(logs, 1, name, begin=number)
    names = {
        (by, down): [
            row["logStreamName"]
            for page in logs.get_paginator("describe_log_streams").paginate(
                logGroupName="group", orderBy=by, descending=down, PaginationConfig={"PageSize": 2}
            )
            for row in page["logStreams"]
        ]
        for by in ("LogStreamName", "LastEventTime")
        for down in (False, True)
    }
    assert names == {
        ("LogStreamName", False): ["a", "b", "c"],
        ("LogStreamName", True): ["c", "b", "a"],
        ("LastEventTime", False): ["b", "c", "a"],
        ("LastEventTime", True): ["a", "c", "b"],
    }
    asked = {"logGroupName": "group", "orderBy": "LastEventTime", "logStreamNamePrefix": "a"}
    assert code(logs.describe_log_streams, **asked) == "InvalidParameterException"


def test_lines_can_be_added_to_what_a_job_has_written(
    logs: Any, make_training_job: Callable[..., str], folder: str
) -> None:
    make_training_job("demo")
    stream = logs.describe_log_streams(logGroupName=JOBS)["logStreams"][0]["logStreamName"]
    event = {"timestamp": 4_000_000_000_000, "message": "loss=0.1"}
    logs.put_log_events(logGroupName=JOBS, logStreamName=stream, logEvents=[event])
    assert messages(logs.get_log_events(logGroupName=JOBS, logStreamName=stream))[-1] == "loss=0.1"
    kept = list(dump(folder))
    assert load(folder, kept) == len(kept) - 1
    assert messages(logs.get_log_events(logGroupName=JOBS, logStreamName=stream))[-1] == "loss=0.1"
    assert {row["family"] for row in listing(folder)} == {"TrainingJob", "LogStream"}


def event(time: int) -> dict[str, Any]:
    return {"timestamp": time, "message": "m"}


MISSING, INVALID, TAKEN = "ResourceNotFoundException", "InvalidParameterException", "ResourceAlreadyExistsException"
STREAM = {"logGroupName": "group", "logStreamName": "stream"}


@pytest.mark.parametrize(
    ("call", "params", "expected"),
    [
        ("get_log_events", {"logGroupName": "no", "logStreamName": "no"}, MISSING),
        ("get_log_events", {"logGroupName": "group", "logStreamName": "no"}, MISSING),
        ("get_log_events", {**STREAM, "nextToken": "x"}, INVALID),
        ("get_log_events", {"logStreamName": "stream"}, INVALID),
        ("describe_log_streams", {"logGroupName": "no"}, MISSING),
        ("describe_log_groups", {"nextToken": "x"}, INVALID),
        ("filter_log_events", {"logGroupName": "no"}, MISSING),
        ("create_log_group", {"logGroupName": "group"}, TAKEN),
        ("create_log_group", {"logGroupName": "with space"}, INVALID),
        ("create_log_stream", {"logGroupName": "no", "logStreamName": "s"}, MISSING),
        ("put_log_events", {**STREAM, "logStreamName": "no", "logEvents": [event(1)]}, MISSING),
        ("put_log_events", {**STREAM, "logEvents": [event(2), event(1)]}, INVALID),
        ("put_log_events", {**STREAM, "logEvents": [event(1), event(90_000_000)]}, INVALID),
        ("put_retention_policy", {"logGroupName": "group", "retentionInDays": 1}, "NotSimulatedBySandbox"),
    ],
)
def test_what_is_refused(logs: Any, call: str, params: dict[str, Any], expected: str) -> None:
    put(logs, 1)
    assert code(getattr(logs, call), **params) == expected


def test_a_group_that_was_deleted_is_gone_and_can_be_filled_again(
    logs: Any, make_training_job: Callable[..., str], folder: str
) -> None:
    make_training_job("old")
    logs.delete_log_group(logGroupName=JOBS)
    assert logs.describe_log_groups()["logGroups"] == []
    advance_clock(folder, "1h")
    make_training_job("new")
    streams = logs.describe_log_streams(logGroupName=JOBS)["logStreams"]
    assert [s["logStreamName"].partition("/")[0] for s in streams] == ["new"]
    put(logs, 2)
    logs.delete_log_stream(logGroupName="group", logStreamName="stream")
    assert code(logs.get_log_events, logGroupName="group", logStreamName="stream") == "ResourceNotFoundException"


def test_regions_share_no_logs(client: Client, sandbox: Sandbox) -> None:
    put(client("logs"), 1)
    assert client("logs", "us-west-2").describe_log_groups()["logGroups"] == []
