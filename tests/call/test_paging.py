"""Listings: pages, cuts, tokens."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from awsshadow.errors import AwsShadowError, ParameterError
from tests.call.served import Reply

if TYPE_CHECKING:
    from awsshadow.call.paging import Pages
    from tests.call.served import Connect, Endpoint

FIRST = {"Models": [{"ModelName": "a"}, {"ModelName": "b"}], "NextToken": "T1"}
SECOND = {"Models": [{"ModelName": "c"}, {"ModelName": "d"}]}


def encode(value: object) -> str:
    return base64.b64encode(json.dumps(value).encode()).decode()


class Read(Protocol):
    """Reads all pages with this configuration: the names of the models, and the pages."""

    def __call__(self, **config: object) -> tuple[list[str], Pages]: ...


@pytest.fixture
def models(wire: Connect, endpoint: Endpoint) -> Read:
    endpoint.replies = [Reply(body=json.dumps(page)) for page in (FIRST, SECOND)]

    def read(**config: object) -> tuple[list[str], Pages]:
        pages = wire("list-models").pages({"PaginationConfig": config} if config else {})
        names = [model["ModelName"] for page in pages for model in page["Models"]]
        return names, pages

    return read


def test_all_pages(models: Read, endpoint: Endpoint) -> None:
    names, pages = models()
    assert names == ["a", "b", "c", "d"]
    assert pages.result_keys == ["Models"]
    assert pages.resume_token is None
    assert endpoint.bodies() == [{}, {"NextToken": "T1"}]


def test_page_size_comes_first(models: Read, endpoint: Endpoint) -> None:
    models(PageSize=2)
    assert endpoint.seen[1].body == b'{"MaxResults": 2, "NextToken": "T1"}'


@pytest.mark.parametrize(
    ("most", "names", "token"),
    [
        (1, ["a"], {"NextToken": None, "boto_truncate_amount": 1}),
        (2, ["a", "b"], {"NextToken": "T1"}),
        (3, ["a", "b", "c"], {"NextToken": "T1", "boto_truncate_amount": 1}),
        (4, ["a", "b", "c", "d"], None),
        (0, [], {"NextToken": None, "boto_truncate_amount": 0}),
    ],
)
def test_cuts(models: Read, most: int, names: list[str], token: object) -> None:
    found, pages = models(MaxItems=most)
    assert found == names
    assert pages.resume_token == (token and encode(token))


@pytest.mark.parametrize(
    ("token", "sent", "names"),
    [
        (encode({"NextToken": "T1", "boto_truncate_amount": 1}), {"NextToken": "T1"}, ["b"]),
        ("raw", {"NextToken": "raw"}, ["a", "b"]),
        (encode([1]), {"NextToken": encode([1])}, ["a", "b"]),
        ("None", {}, ["a", "b"]),
        ("None___1", {}, ["b"]),
        ("t___1", {"NextToken": "t"}, ["b"]),
        ("t___x", {"NextToken": "t___x"}, ["a", "b"]),
        ("", {"NextToken": ""}, ["a", "b"]),
    ],
)
def test_starting_tokens(models: Read, endpoint: Endpoint, token: str, sent: dict[str, str], names: list[str]) -> None:
    endpoint.replies = [Reply(body=json.dumps({"Models": FIRST["Models"]}))]
    assert models(StartingToken=token)[0] == names
    assert endpoint.bodies() == [sent]


@pytest.mark.parametrize(
    ("config", "error", "text"),
    [
        ({"StartingToken": "a___b___c"}, AwsShadowError, "Bad starting token: a___b___c"),
        ({"StartingToken": encode("x")}, AwsShadowError, "'str' object has no attribute 'pop'"),
        (
            {"PageSize": 0},
            ParameterError,
            "Parameter validation failed:\nInvalid value for parameter MaxResults, value: 0, valid min value: 1",
        ),
    ],
)
def test_refused(models: Read, config: Any, error: type[AwsShadowError], text: str) -> None:
    with pytest.raises(error) as caught:
        models(**config)
    assert caught.value.message == text


def test_unknown_key_in_a_token(models: Read) -> None:
    with pytest.raises(ParameterError, match='Unknown parameter in input: "Other", must be one of: SortBy'):
        models(StartingToken=encode({"Other": "x"}))


def test_same_token_twice(models: Read, endpoint: Endpoint) -> None:
    endpoint.replies = [Reply(body=json.dumps(FIRST))]
    with pytest.raises(AwsShadowError) as caught:
        models()
    expected = "Error during pagination: The same next token was received twice: {'NextToken': 'T1'}"
    assert caught.value.message == expected


def test_what_is_taken_from_the_first_page_alone(wire: Connect, endpoint: Endpoint) -> None:
    endpoint.replies = [
        Reply(body=json.dumps({"Results": [{}], "TotalHits": {"Value": 7}, "NextToken": "t"})),
        Reply(body=json.dumps({"Results": [], "TotalHits": {"Value": 8}})),
    ]
    pages = wire("search").pages({"Resource": "TrainingJob"})
    assert [len(page["Results"]) for page in pages] == [1, 0]
    assert pages.non_aggregate == {"TotalHits": {"Value": 7}}


def test_pages_come_one_by_one(wire: Connect, endpoint: Endpoint) -> None:
    endpoint.replies = [Reply(body=json.dumps(FIRST)), Reply(400, '{"__type": "X"}')]
    pages = iter(wire("list-models").pages({}))
    assert next(pages) == FIRST
    assert len(endpoint.seen) == 1
    with pytest.raises(AwsShadowError):
        next(pages)
