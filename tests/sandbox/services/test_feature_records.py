"""Records of feature groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from awsshadow.sandbox.service import advance_clock, listing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.services.conftest import Client


@pytest.fixture
def clock() -> str:
    return "frozen"


@pytest.fixture
def store(client: Client) -> Any:
    return client("sagemaker-featurestore-runtime")


def make_group(sagemaker: Any, name: str = "users", **options: Any) -> None:
    kinds = {"id": "Integral", "time": "String", "score": "Fractional", "label": "String"}
    sagemaker.create_feature_group(
        FeatureGroupName=name,
        RecordIdentifierFeatureName="id",
        EventTimeFeatureName="time",
        FeatureDefinitions=[{"FeatureName": n, "FeatureType": t} for n, t in kinds.items()],
        **{"OnlineStoreConfig": {"EnableOnlineStore": True}, **options},
    )


@pytest.fixture
def group(sagemaker: Any, folder: str) -> str:
    make_group(sagemaker)
    advance_clock(folder, "1h")
    return "users"


def record(**values: str) -> list[dict[str, str]]:
    return [{"FeatureName": name, "ValueAsString": value} for name, value in values.items()]


def read(store: Any, identifier: str = "1", **options: Any) -> dict[str, str]:
    answer = store.get_record(FeatureGroupName="users", RecordIdentifierValueAsString=identifier, **options)
    return {feature["FeatureName"]: feature["ValueAsString"] for feature in answer.get("Record", [])}


def code(call: Callable[..., Any], **params: Any) -> str:
    with pytest.raises(ClientError) as caught:
        call(**params)
    return str(caught.value.response["Error"]["Code"])


def test_a_group_takes_records_once_it_is_created(store: Any, sagemaker: Any, folder: str) -> None:
    asked = {"FeatureGroupName": "users", "Record": record(id="1", time="2026-01-01T00:00:00Z")}
    assert code(store.put_record, **asked) == "ResourceNotFound"
    make_group(sagemaker)
    assert code(store.put_record, **asked) == "ValidationError"
    advance_clock(folder, "1h")
    store.put_record(**asked)
    assert read(store) == {"id": "1", "time": "2026-01-01T00:00:00Z"}
    assert read(store, "2") == {}


def test_an_older_event_does_not_take_the_place_of_a_newer_one(store: Any, group: str) -> None:
    def put(time: str, label: str) -> None:
        store.put_record(FeatureGroupName=group, Record=record(id="1", time=time, label=label))

    put("2026-01-02T00:00:00Z", "second")
    put("2026-01-01T00:00:00Z", "first")
    assert read(store)["label"] == "second"
    put("2026-01-02T00:00:00.500Z", "third")
    assert read(store)["label"] == "third"
    put("2026-01-02T00:00:00.500Z", "same time")
    assert read(store)["label"] == "same time"
    put("1893456000", "as seconds, in 2030")
    assert read(store)["label"] == "as seconds, in 2030"
    store.delete_record(FeatureGroupName=group, RecordIdentifierValueAsString="1", EventTime="2026-01-01T00:00:00Z")
    assert read(store)["label"] == "as seconds, in 2030"
    store.delete_record(FeatureGroupName=group, RecordIdentifierValueAsString="1", EventTime="1893456001")
    assert read(store) == {}
    put("1893456000", "older than the deletion")
    assert read(store) == {}
    put("1893456002", "newer")
    assert read(store)["label"] == "newer"
    store.delete_record(
        FeatureGroupName=group, RecordIdentifierValueAsString="1", EventTime="1893456003", DeletionMode="HardDelete"
    )
    put("2026-01-01T00:00:00Z", "nothing is left of it")
    assert read(store)["label"] == "nothing is left of it"


@pytest.mark.parametrize(
    "values",
    [
        {"time": "2026-01-01T00:00:00Z"},
        {"id": "1"},
        {"id": "1", "time": "yesterday"},
        {"id": "one", "time": "2026-01-01T00:00:00Z"},
        {"id": "1", "time": "2026-01-01T00:00:00Z", "score": "much"},
        {"id": "1", "time": "2026-01-01T00:00:00Z", "unknown": "x"},
    ],
)
def test_records_that_the_group_cannot_hold_are_refused(store: Any, group: str, values: dict[str, str]) -> None:
    assert code(store.put_record, FeatureGroupName=group, Record=record(**values)) == "ValidationError"
    assert read(store) == {}


def test_features_can_be_chosen(store: Any, group: str) -> None:
    store.put_record(FeatureGroupName=group, Record=record(id="1", time="2026-01-01T00:00:00Z", label="x"))
    assert read(store, FeatureNames=["label", "score"]) == {"label": "x"}
    asked = {"FeatureGroupName": group, "RecordIdentifierValueAsString": "1", "FeatureNames": ["nothing"]}
    assert code(store.get_record, **asked) == "ValidationError"


def test_records_end_when_their_time_has_come(store: Any, group: str, folder: str, sandbox: Any) -> None:
    now = int(sandbox.clock().now())
    store.put_record(
        FeatureGroupName=group, Record=record(id="1", time=str(now)), TtlDuration={"Unit": "Minutes", "Value": 5}
    )
    asked = {"FeatureGroupName": group, "RecordIdentifierValueAsString": "1", "ExpirationTimeResponse": "Enabled"}
    assert store.get_record(**asked)["ExpiresAt"]
    advance_clock(folder, "6m")
    assert read(store) == {}


def test_several_records_are_read_at_once(store: Any, group: str) -> None:
    for number in ("1", "2"):
        store.put_record(FeatureGroupName=group, Record=record(id=number, time="2026-01-01T00:00:00Z"))
    said = store.batch_get_record(
        Identifiers=[
            {"FeatureGroupName": group, "RecordIdentifiersValueAsString": ["1", "2", "3"], "FeatureNames": ["id"]},
            {"FeatureGroupName": "nothing", "RecordIdentifiersValueAsString": ["1"]},
        ]
    )
    assert [(r["RecordIdentifierValueAsString"], r["Record"]) for r in said["Records"]] == [
        (number, record(id=number)) for number in ("1", "2")
    ]
    assert [(e["FeatureGroupName"], e["ErrorCode"]) for e in said["Errors"]] == [("nothing", "ResourceNotFound")]
    assert said["UnprocessedIdentifiers"] == []


def test_the_newest_operations_work_where_botocore_has_them(store: Any, group: str) -> None:
    if not hasattr(store, "batch_write_record"):
        pytest.skip("this botocore has no BatchWriteRecord")
    entries = [
        {"FeatureGroupName": group, "Record": record(id=n, time="2026-01-01T00:00:00Z", label="x")} for n in "12"
    ]
    bad = {"FeatureGroupName": group, "Record": record(id="3")}
    said = store.batch_write_record(Entries=[*entries, bad])
    assert [(e["Entry"], e["ErrorCode"]) for e in said["Errors"]] == [(bad, "ValidationError")]
    assert store.list_records(FeatureGroupName=group)["RecordIdentifiers"] == ["1", "2"]
    store.update_record(FeatureGroupName=group, RecordIdentifierValueAsString="1", Features=record(score="0.5"))
    assert read(store) == {"id": "1", "time": "2026-01-01T00:00:00Z", "label": "x", "score": "0.5"}


def test_only_an_online_store_can_be_read(store: Any, sagemaker: Any, folder: str) -> None:
    make_group(
        sagemaker,
        OnlineStoreConfig={"EnableOnlineStore": False},
        OfflineStoreConfig={"S3StorageConfig": {"S3Uri": "s3://b/x"}},
        RoleArn="arn:aws:iam::123456789012:role/sandbox-role",
    )
    advance_clock(folder, "1h")
    store.put_record(FeatureGroupName="users", Record=record(id="1", time="2026-01-01T00:00:00Z"))
    asked = {"FeatureGroupName": "users", "RecordIdentifierValueAsString": "1"}
    assert code(store.get_record, **asked) == "ValidationError"


def test_records_go_with_their_group(store: Any, sagemaker: Any, group: str, folder: str) -> None:
    store.put_record(FeatureGroupName=group, Record=record(id="1", time="2026-01-01T00:00:00Z"))
    assert {row["family"] for row in listing(folder)} == {"FeatureGroup"}
    sagemaker.delete_feature_group(FeatureGroupName=group)
    advance_clock(folder, "1h")
    make_group(sagemaker)
    advance_clock(folder, "1h")
    assert read(store) == {}
