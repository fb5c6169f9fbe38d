from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.errors import ParameterError

if TYPE_CHECKING:
    from tests.arguments.conftest import Resolve

WARNING = "warning: Non-positive values for --max-items may result in undefined behavior.\n"


@pytest.mark.parametrize(
    ("command", "given", "parameters", "pages"),
    [
        ("list-models", {}, {}, True),
        ("list-hubs", {}, {}, False),
        ("describe-model", {"model-name": "m"}, {"ModelName": "m"}, False),
        ("list-models", {"max-results": "5"}, {"MaxResults": 5}, False),
        ("list-models", {"next-token": ""}, {"NextToken": ""}, False),
        ("list-models", {"cli-input-json": '{"MaxResults": 5}'}, {"MaxResults": 5}, False),
        ("list-models", {"cli-input-yaml": "NextToken: x"}, {"NextToken": "x"}, False),
        (
            "list-models",
            {"max-items": 3, "page-size": 2, "starting-token": "t", "sort-by": "Name"},
            {"SortBy": "Name", "PaginationConfig": {"StartingToken": "t", "PageSize": 2, "MaxItems": 3}},
            True,
        ),
        (
            "list-models",
            {"cli-input-json": '{"PaginationConfig": {"MaxItems": 1}}'},
            {"PaginationConfig": {"MaxItems": 1}},
            True,
        ),
        (
            "list-models",
            {"page-size": 4, "cli-input-json": '{"PaginationConfig": {"MaxItems": 1}}'},
            {"PaginationConfig": {"PageSize": 4}},
            True,
        ),
        # found out too late for the conflict; validation refuses PaginationConfig then
        (
            "list-models",
            {"max-items": 3, "cli-input-json": '{"MaxResults": 5}'},
            {"PaginationConfig": {"MaxItems": 3}, "MaxResults": 5},
            False,
        ),
    ],
)
def test_paging(
    resolved: Resolve, command: str, given: dict[str, Any], parameters: dict[str, Any], pages: bool
) -> None:
    assert resolved(command, given) == (parameters, pages, "")


def test_order_of_the_parameters(resolved: Resolve) -> None:
    parameters, _, _ = resolved("list-models", {"max-items": 3, "sort-by": "Name", "starting-token": "t"})
    assert list(parameters) == ["SortBy", "PaginationConfig"]
    assert list(parameters["PaginationConfig"]) == ["StartingToken", "MaxItems"]


@pytest.mark.parametrize(
    ("given", "paginate", "used"),
    [
        ({"max-items": 3, "starting-token": "t"}, False, "--starting-token, --max-items"),
        ({"max-items": 3, "page-size": 2, "next-token": ""}, True, "--page-size, --max-items"),
        ({"page-size": 2, "max-results": "file://nope"}, True, "--page-size"),
    ],
)
def test_options_that_exclude_each_other(resolved: Resolve, given: dict[str, Any], paginate: bool, used: str) -> None:
    with pytest.raises(ParameterError) as caught:
        resolved("list-models", given, paginate=paginate)
    wanted = "Cannot specify --no-paginate along with pagination arguments: "
    assert caught.value.message == wanted + used


def test_an_empty_token_and_zero_slip_past(resolved: Resolve) -> None:
    parameters, pages, warned = resolved("list-models", {"starting-token": "", "max-items": 0}, paginate=False)
    assert parameters == {"PaginationConfig": {"StartingToken": "", "MaxItems": 0}}
    assert not pages
    assert warned == WARNING


@pytest.mark.parametrize(("items", "warned"), [(1, ""), (0, WARNING), (-1, WARNING)])
def test_warning(resolved: Resolve, items: int, warned: str) -> None:
    assert resolved("list-models", {"max-items": items}) == ({"PaginationConfig": {"MaxItems": items}}, True, warned)
