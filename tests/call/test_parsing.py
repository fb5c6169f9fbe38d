"""Response documents, beside botocore's own parser where the two agree by design."""

from __future__ import annotations

import functools
import json
import random
from typing import Any

import botocore.loaders
import pytest
from botocore.model import ServiceModel
from botocore.parsers import ResponseParserError, ResponseParserFactory
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.call.parsing import JsonParser
from tests.support.interpreter import IN_A_NUMBER

Shape = dict[str, Any]


@functools.cache
def model() -> Shape:
    found: Shape = botocore.loaders.Loader().load_service_model("sagemaker", "service-2")
    return found


@functools.cache
def service() -> ServiceModel:
    return ServiceModel(model(), "sagemaker")


def iso(value: float) -> str:
    return f"at {value}"


def sample(name: str, source: random.Random, depth: int = 0) -> Any:
    """A value for the shape ``name``, with nulls, unknown members and missing members in it."""
    shape = model()["shapes"][name]
    kind = shape["type"]
    if kind == "structure":
        return structure(shape, source, depth)
    if kind in ("list", "map"):
        inner = shape["member" if kind == "list" else "value"]["shape"]
        values = [sample(inner, source, depth + 1) for _ in range(0 if depth > 6 else source.randrange(3))]
        return values if kind == "list" else {f"k{n}": value for n, value in enumerate(values)}
    samples = {"string": "é", "boolean": True, "timestamp": 1700000000.5, "integer": 3, "long": 2**40}
    return samples.get(kind, 0.5)


def structure(shape: Shape, source: random.Random, depth: int) -> Shape:
    members = list(shape.get("members", {}).items())
    if shape.get("union"):
        members = [source.choice(members)]
    elif depth > 6:
        members = []
    source.shuffle(members)
    found = {name: sample(ref["shape"], source, depth + 1) for name, ref in members if source.random() > 0.1}
    if shape.get("union"):
        return found or {members[0][0]: sample(members[0][1]["shape"], source, depth + 1)}
    for name in list(found):
        if source.random() < 0.05:
            found[name] = None
    return {**found, "Unknown": {"x": 1}}


def response(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Shape:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return {"status_code": status, "headers": headers or {"x-amzn-RequestId": "r"}, "body": raw, "context": {}}


def parse(operation: str, body: object) -> Any:
    parser = JsonParser(model()["shapes"], iso)
    document = parser.parse(response(body), service().operation_model(operation).output_shape)
    document.pop("ResponseMetadata")
    return document


@pytest.mark.parametrize("seed", range(3))
def test_agrees_with_botocore_on_every_operation(seed: int) -> None:
    source = random.Random(seed)
    factory = ResponseParserFactory()
    factory.set_parser_defaults(timestamp_parser=iso)
    own, stock = JsonParser(model()["shapes"], iso), factory.create_parser("json")
    for name in service().operation_names:
        shape = service().operation_model(name).output_shape
        answer = response({} if shape is None else sample(shape.name, source))
        got, expected = own.parse(answer, shape), stock.parse(answer, shape)
        assert json.dumps(got.pop("ResponseMetadata")["HTTPStatusCode"]) == "200"
        expected.pop("ResponseMetadata")
        assert json.dumps(got) == json.dumps(expected), name


@pytest.mark.parametrize("body", [b"", b"<html>", b"{} x", b"\xef\xbb\xbf{}", b"{}", b'{"Other": 1}'])
def test_bodies_without_known_members_are_empty(body: bytes) -> None:
    assert parse("DescribeEndpoint", body) == {}


@pytest.mark.parametrize(
    ("operation", "body", "error", "text"),
    [
        ("DescribeEndpoint", b"[]", AttributeError, "'list' object has no attribute 'get'"),
        ("DescribeEndpoint", b'"x"', AttributeError, "'str' object has no attribute 'get'"),
        ("DescribeEndpoint", b"5", AttributeError, "'int' object has no attribute 'get'"),
        ("DescribeEndpoint", b"null", AttributeError, "'NoneType' object has no attribute 'update'"),
        ("AddAssociation", b"null", AttributeError, "'NoneType' object has no attribute 'update'"),
        ("DescribeEndpoint", b"\xff", UnicodeDecodeError, "invalid start byte"),
        ("DescribeTrainingJob", b'{"HyperParameters": []}', AttributeError, "'list' object has no attribute 'items'"),
        ("DescribeTrainingJob", b'{"VpcConfig": "x"}', AttributeError, "'str' object has no attribute 'get'"),
    ],
)
def test_malformed_bodies(operation: str, body: bytes, error: type[Exception], text: str) -> None:
    with pytest.raises(error) as caught:
        parse(operation, body)
    assert text in str(caught.value)


def test_members_keep_model_order_and_lose_nulls() -> None:
    document = parse("DescribeEndpoint", {"CreationTime": 1, "EndpointArn": None, "EndpointName": 5})
    assert list(document.items()) == [("EndpointName", 5), ("CreationTime", "at 1")]


def test_maps_and_lists_keep_nulls() -> None:
    document = parse("DescribeTrainingJob", {"HyperParameters": {"b": None, "a": "1"}, "InputDataConfig": [None]})
    assert document == {"HyperParameters": {"b": None, "a": "1"}, "InputDataConfig": [None]}
    assert list(document["HyperParameters"]) == ["b", "a"]


def test_operation_without_output_ignores_the_body() -> None:
    assert parse("DeleteEndpoint", b"[1]") == {}


def test_wire_timestamps_stay_numbers() -> None:
    parser = JsonParser(model()["shapes"], None)
    shape = service().operation_model("DescribeEndpoint").output_shape
    assert parser.parse(response({"CreationTime": 1.5}), shape)["CreationTime"] == 1.5


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"__type": "x", "SpaceStorage": {}, "Other": None}, None),
        ({"New": 1}, {"SDK_UNKNOWN_MEMBER": {"name": "New"}}),
    ],
)
def test_unions(value: Shape, expected: Shape | None) -> None:
    parser = JsonParser(
        {
            "Root": {"type": "structure", "members": {"U": {"shape": "U"}}},
            "U": {"type": "structure", "union": True, "members": {"SpaceStorage": {"shape": "E"}}},
            "E": {"type": "structure", "members": {}},
        },
        iso,
    )
    document = parser._document(json.dumps({"U": value}).encode(), "Root")
    assert document["U"] == (expected or {"SpaceStorage": {}})


@pytest.mark.parametrize("value", [{}, {"TabularJobConfig": {}, "TextClassificationJobConfig": {}}])
def test_union_with_several_or_no_members(value: Shape) -> None:
    with pytest.raises(ResponseParserError) as caught:
        parse("DescribeAutoMLJobV2", {"AutoMLProblemTypeConfig": value})
    expected = "Invalid service response: AutoMLProblemTypeConfig must have one and only one member set."
    assert str(caught.value) == expected


ERRORS = [
    (400, {"__type": "ValidationException", "message": "boom"}, {}, "ValidationException", "boom"),
    (400, {"__type": "com.x#ResourceNotFound"}, {}, "ResourceNotFound", ""),
    (400, {"__type": "ResourceNotFound:http://x/"}, {}, "ResourceNotFound", ""),
    (400, {"__type": "a#b:c#d"}, {}, "b", ""),
    (400, {"__type": None}, {}, "", ""),
    (400, {"__type": ""}, {}, "", ""),
    (400, {"message": None, "Message": "M"}, {}, "400", None),
    (400, {"Message": "M"}, {}, "400", "M"),
    (400, {"code": "C", "Code": "D"}, {"x-amzn-errortype": "E"}, "400", ""),
    (400, {"__type": "T"}, {"x-amzn-query-error": "Q.A#b;Sender"}, "b", ""),
    (400, {"__type": "T"}, {"x-amzn-query-error": ";Sender"}, "T", ""),
    (400, {"__type": "T"}, {"x-amzn-query-error": "a;b;c"}, "T", ""),
    (413, b"<html>413</html>", {}, "413", "<html>413</html>"),
    (400, b"", {}, "400", ""),
    (502, b" <html>x", {}, "502", "Bad Gateway"),
    (503, b"", {}, "503", "Service Unavailable"),
    (599, b"", {}, "599", ""),
    (500, b"<HTML>", {}, "500", "<HTML>"),
    (307, b"", {}, "307", ""),
]


@pytest.mark.parametrize(("status", "body", "headers", "code", "text"), ERRORS)
def test_errors(status: int, body: object, headers: dict[str, str], code: str, text: str | None) -> None:
    parsed = JsonParser({}, None).parse(response(body, status, headers), None)
    assert parsed["Error"]["Code"] == code
    assert parsed["Error"]["Message"] == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"[]", "'list' object has no attribute 'get'"),
        (b"null", "'NoneType' object has no attribute 'get'"),
        (b'{"__type": 5}', IN_A_NUMBER),
    ],
)
def test_errors_that_are_no_objects(body: bytes, text: str) -> None:
    with pytest.raises((AttributeError, TypeError), match=text.replace("(", r"\(")):
        JsonParser({}, None).parse(response(body, 400), None)


def test_order_of_error_fields_tells_their_origin() -> None:
    parsed = JsonParser({}, None)
    assert list(parsed.parse(response({"__type": "T"}, 400), None)["Error"]) == ["Message", "Code"]
    assert list(parsed.parse(response(b"", 500), None)["Error"]) == ["Code", "Message"]


ITEM: st.SearchStrategy[Any] = st.dictionaries(
    st.sampled_from(["EndpointName", "EndpointArn", "CreationTime", "LastModifiedTime", "New", ""]),
    st.none() | st.integers(0, 2**33) | st.text(max_size=3) | st.just({}) | st.just([]),
    max_size=6,
)
ITEMS = st.lists(ITEM | st.none(), max_size=6)


@given(ITEMS)
def test_a_plan_does_what_looking_at_each_member_does(items: list[Any]) -> None:
    body = {"Endpoints": items * 2}
    planned = parse("ListEndpoints", body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("awsshadow.call.parsing._plan", lambda *_: None)
        each = parse("ListEndpoints", body)
    assert json.dumps(planned) == json.dumps(each)


def test_threads_may_share_a_parser() -> None:
    """What the first of them works out for all is seen whole or not at all by another one, here in the midst of it."""
    item = {"TrainingJobName": "t", "CreationTime": 1.0, "SecondaryStatus": "Failed", "WarmPoolStatus": None}
    body = json.dumps({"TrainingJobSummaries": [item]}).encode()
    wanted = {"TrainingJobName": "t", "CreationTime": "at 1.0", "SecondaryStatus": "Failed"}
    parser = JsonParser(model()["shapes"], iso)
    shape = service().operation_model("ListTrainingJobs").output_shape

    def parsed(body: bytes) -> Any:
        return parser.parse({"headers": {}, "status_code": 200, "body": body}, shape)["TrainingJobSummaries"]

    convert, meanwhile = parser._converter, list[Any]()

    def and_another(name: str) -> Any:
        if name == "TrainingJobStatus" and not meanwhile:
            meanwhile.append(None)
            meanwhile.extend(parsed(body))
            parsed(b'{"TrainingJobSummaries": [{}]}')  # without a null
        return convert(name)

    parser._converter = and_another  # type: ignore[method-assign]
    assert parsed(body) == [wanted]
    assert meanwhile[1:] == [wanted]
