from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.errors import AwsShadowError, ParameterError
from tests.support.interpreter import MONTH_13, in_one_wording

if TYPE_CHECKING:
    from pathlib import Path

    from tests.arguments.conftest import Resolve


def message_of(resolved: Resolve, command: str, given: dict[str, Any]) -> str:
    with pytest.raises(AwsShadowError) as caught:
        resolved(command, given)
    return caught.value.message


@pytest.mark.parametrize("option", ["cli-input-json", "cli-input-yaml"])
def test_options_win_whole_and_other_keys_follow(resolved: Resolve, option: str) -> None:
    document = '{"Tags": [], "PrimaryContainer": {"Image": "a", "Mode": "SingleModel"}, "ModelName": "y"}'
    given = {"model-name": "x", "primary-container": "Image=b", option: document}
    parameters, pages, _ = resolved("create-model", given)
    assert list(parameters.items()) == [("ModelName", "x"), ("PrimaryContainer", {"Image": "b"}), ("Tags", [])]
    assert not pages


def test_nothing_is_converted_or_read(resolved: Resolve) -> None:
    parameters, _, _ = resolved("list-models", {"cli-input-json": '{"MaxResults": "5", "SortBy": "file://x"}'})
    assert parameters == {"MaxResults": "5", "SortBy": "file://x"}
    assert type(resolved("list-models", {"cli-input-json": '{"a": {}}'})[0]["a"]) is dict


@pytest.mark.parametrize(
    ("option", "text", "message"),
    [
        ("cli-input-json", "", "Error parsing parameter 'cli-input-json': Invalid JSON received."),
        ("cli-input-json", "{", "Error parsing parameter 'cli-input-json': Invalid JSON received."),
        ("cli-input-yaml", "a: [", "Error parsing parameter 'cli-input-yaml': Invalid YAML received."),
        ("cli-input-yaml", "{a: 1}\n---\n{}", "Error parsing parameter 'cli-input-yaml': Invalid YAML received."),
        (
            "cli-input-json",
            "[]",
            "Error parsing parameter '--cli-input-json': Invalid type: expecting map, received <class 'list'>",
        ),
        (
            "cli-input-yaml",
            "# nothing",
            "Error parsing parameter '--cli-input-yaml': Invalid type: expecting map, received <class 'NoneType'>",
        ),
        (
            "cli-input-json",
            "file://nope",
            (
                "Error parsing parameter '--cli-input-json': Unable to load paramfile file://nope: "
                "[Errno 2] No such file or directory: 'nope'"
            ),
        ),
        (
            "cli-input-json",
            "[" * 100_000,
            "maximum recursion depth exceeded while decoding a JSON array from a unicode string",
        ),
        ("cli-input-yaml", "[" * 5000, "maximum recursion depth exceeded"),
        ("cli-input-yaml", "a: 2024-13-01", MONTH_13),
    ],
)
def test_documents_that_are_refused(resolved: Resolve, option: str, text: str, message: str) -> None:
    assert in_one_wording(message_of(resolved, "list-models", {option: text})) == message


def test_only_one_document_may_be_given(resolved: Resolve) -> None:
    given = {"cli-input-json": "", "cli-input-yaml": ""}
    assert message_of(resolved, "list-models", given) == "Only one --cli-input- parameter may be specified."


def test_values_are_judged_before_documents(resolved: Resolve) -> None:
    given = {"max-results": "abc", "cli-input-json": "{"}
    assert message_of(resolved, "list-models", given) == "invalid literal for int() with base 10: 'abc'"


def test_bytes_may_have_any_encoding_of_json(resolved: Resolve, tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    path.write_bytes('{"ModelName": "\xe9"}'.encode("utf-16"))
    assert resolved("describe-model", {"cli-input-json": f"fileb://{path}"})[0] == {"ModelName": "\xe9"}


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="needs pipes with names")
def test_a_pipe_is_read_twice_and_then_empty(resolved: Resolve) -> None:
    reader, writer = os.pipe()
    os.write(writer, b'{"ModelName": "x"}')
    os.close(writer)
    with pytest.raises(ParameterError, match="Invalid JSON received"):
        resolved("describe-model", {"cli-input-json": f"file:///dev/fd/{reader}"})
    os.close(reader)
