"""The checked-in family table is what the installed model and the irregular rows give."""

import json
import os
from typing import Any

import pytest

from awsshadow.compile import sources
from awsshadow.model import families
from awsshadow.model.families import inference
from awsshadow.model.families.document import Model
from awsshadow.model.families.listings import PAGING
from awsshadow.model.families.overrides import FAMILIES, NOT_A_FAMILY

PATH = os.path.join(os.path.dirname(inference.__file__), "families.json")

#: The botocore whose model the table was written from; a newer one has more to say.
WRITTEN_FROM = "1.44.5"
pytestmark = pytest.mark.model(WRITTEN_FROM)


@pytest.fixture(scope="module")
def model() -> Any:
    """The installed botocore's SageMaker model."""
    return sources.load().model


def test_the_table_is_what_the_model_says(model: Any) -> None:
    with open(PATH, encoding="utf-8") as file:
        held = json.load(file)
    inferred = inference.families(model)
    assert {k: v for k, v in inferred.items() if held.get(k) != v} == {}
    assert set(held) == set(inferred)


def test_the_file_is_as_it_would_be_written(model: Any) -> None:
    with open(PATH, encoding="utf-8") as file:
        assert file.read() == inference.render(inference.families(model))


#: Families with a row that came after the model the table was written from.
NEWER = {"GlobalInferenceGateway", "InferenceGateway"}


def test_every_irregular_row_is_about_something(model: Any) -> None:
    names = set(inference.names(Model(model)))
    assert set(FAMILIES) - NEWER <= names
    assert names >= NOT_A_FAMILY
    for title, row in FAMILIES.items():
        if title in NEWER:
            continue
        listing = families.family(title).listing
        assert set(row.get("filters", ())) <= set(listing.get("filters", ())), title
        assert set(row.get("sort", ())) <= set(listing.get("sort", ())), title


def test_no_irregular_row_says_what_the_model_says(model: Any) -> None:
    """What inference finds by itself needs no correction."""
    whole = inference.families(model)
    for title in set(FAMILIES) - NEWER:
        for column in FAMILIES[title]:
            rest = {name: value for name, value in FAMILIES[title].items() if name != column}
            assert inference.families(model, {**FAMILIES, title: rest}) != whole, (title, column)


def test_statuses_of_the_table_are_in_the_enums(model: Any) -> None:
    document = Model(model)
    for title, family in families.table().items():
        if family.states and family.status:
            members = document.members(f"Describe{title}", "output")
            if family.wrap:
                ref = document.shape(f"Describe{title}", "output")["members"][family.wrap]["shape"]
                members = {m: model["shapes"][r["shape"]] for m, r in model["shapes"][ref]["members"].items()}
            assert set(family.states.values()) <= set(members[family.status]["enum"]), title


def test_filters_name_what_lists_take(model: Any) -> None:
    document = Model(model)
    for family in families.table().values():
        listing = next((o for o, role in family.operations.items() if role == "list"), None)
        if listing:
            given = document.members(listing, "input")
            assert set(family.listing["filters"]) == set(given) - set(PAGING)
            assert set(family.listing.get("sort", ())) == set(given.get("SortBy", {}).get("enum", ()))
