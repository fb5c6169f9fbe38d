"""The page of create-inference-experiment against the structure of the public reference page.

``create_inference_experiment.json`` holds what stood on the public page, in which order, without
its prose. The page was made for an earlier release of the reference; each difference that came
since then is named here, and there is no other.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.help.document import document
from awsshadow.help.site import reference_page
from tests.help.page_structure import structure

if TYPE_CHECKING:
    from awsshadow.model.store import Store

PUBLIC = json.loads((Path(__file__).parent / "create_inference_experiment.json").read_text("utf-8"))

#: Global options and choices that are newer than the public page.
NEW_OPTION = "--cli-error-format"
NEW_CHOICES = {"--output": ["off"]}
#: Newer pages say which options, and which members of structures, must be given.
MARKED = ["--name", "--type", "--role-arn", "--endpoint-name", "--model-variants", "--shadow-mode-config"]


@pytest.fixture(scope="module")
def page(store: Store) -> dict[str, Any]:
    found = structure(reference_page(document(("sagemaker", "create-inference-experiment"), store, "aws")))
    assert found["synopsis"].pop() == f"[{NEW_OPTION} <value>]"
    assert found["globals"].pop()["name"] == NEW_OPTION
    for option in found["globals"]:
        new = NEW_CHOICES.get(option["name"], [])
        assert option["values"][len(option["values"]) - len(new) :] == new
        option["values"] = option["values"][: len(option["values"]) - len(new)]
    return found


@pytest.mark.parametrize("part", ["title", "headings", "see_also", "synopsis", "output"])
def test_part(page: dict[str, Any], part: str) -> None:
    assert page[part] == PUBLIC[part]


def test_global_options(page: dict[str, Any]) -> None:
    for option in page["globals"]:
        assert option.pop("constraints") == []
    assert page["globals"] == PUBLIC["globals"]


def test_names_of_options(page: dict[str, Any]) -> None:
    assert [option["name"] for option in page["options"]] == [option["name"] for option in PUBLIC["options"]]


@pytest.mark.parametrize("number", range(len(PUBLIC["options"])), ids=[o["name"] for o in PUBLIC["options"]])
def test_option(page: dict[str, Any], number: int) -> None:
    own, public = page["options"][number], PUBLIC["options"][number]
    assert set(own["constraints"]) <= {"min", "max", "pattern"}
    for part in ("name", "type", "values", "members"):
        assert own[part] == public[part]
    assert [label for label, _ in own["forms"]] == [label for label, _ in public["forms"]]
    for (_, lines), (_, expected) in zip(own["forms"], public["forms"], strict=True):
        assert [without_instances(line) for line in lines] == [without_instances(line) for line in expected]


def without_instances(line: str) -> str:
    """Amazon adds instance types, and drops some, all the time."""
    key, colon, values = line.partition(": ")
    return f"{key}: INSTANCES" if '"ml.' in values else key + colon + values


def test_most_instance_types_of_then_are_still_there(page: dict[str, Any]) -> None:
    now, then = (
        set(line.partition(": ")[2].rstrip(",").split("|"))
        for forms in (
            [o["forms"] for o in found["options"] if o["name"] == "--model-variants"] for found in (page, PUBLIC)
        )
        for line in forms[0][1][1]
        if '"ml.' in line
    )
    assert len(now & then) > len(then) / 2


def test_marks_are_what_is_new(page: dict[str, Any]) -> None:
    assert [mark for mark in page["marks"] if mark.startswith("--")] == MARKED
    assert "ModelName -> " in page["marks"]
    assert "InferenceExperimentArn -> " not in page["marks"]
