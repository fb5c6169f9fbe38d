"""What a document names, and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.export.dependencies import Needed
from awsshadow.model import families
from awsshadow.model.families.creating import creatable
from awsshadow.model.families.references import ON_TRUST, REFERENCES

if TYPE_CHECKING:
    from typing import Any

ARN = "arn:aws:sagemaker:us-east-1:123456789012:"


@pytest.mark.parametrize(
    ("title", "key", "drawn"),
    [
        ("Model", "m", False),
        ("Model", f"{ARN}model/m", False),
        ("Workteam", f"{ARN}workteam/w", False),
        ("Domain", "d-1", True),
        ("Domain", f"{ARN}domain/d-1", True),
        ("Cluster", "c", False),
        ("Cluster", f"{ARN}cluster/abcdefghijkl", True),
        ("Project", "p", False),
        ("ImageVersion", f"{ARN}image-version/i/3", True),
        ("ModelPackage", f"{ARN}model-package/p", False),
        ("ModelPackage", f"{ARN}model-package/g/2", True),
    ],
)
def test_what_the_service_draws(title: str, key: str, drawn: bool) -> None:
    assert Needed(families.family(title), key, {}).is_by_what_is_drawn == drawn


def test_parents_are_those_of_the_document() -> None:
    needed = Needed(families.family("UserProfile"), "u", {"DomainId": "d-1", "UserProfileName": "other"})
    assert needed.known == {"DomainId": "d-1", "UserProfileName": "u"}
    assert needed.label == "user profile u"


def test_the_rows_are_in_the_model(model: dict[str, Any]) -> None:
    """Each path leads through members of the input, and to a family that there is."""
    creates = {family.operation("create") for family in creatable().values()}
    for operation, rows in {**REFERENCES, **ON_TRUST}.items():
        shape = model["operations"][operation]["input"]["shape"]
        for path, title in rows.items():
            families.family(title)
            first = path.split(".")[0]
            assert first == "**" or first in model["shapes"][shape]["members"], (operation, path)
    assert set(ON_TRUST) <= creates
