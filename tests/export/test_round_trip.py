"""Described, exported, checked, created from that, exported again: the same document, for every family."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from awsshadow.arguments import yaml12
from awsshadow.model.families.creating import (
    ASKED_OF,
    DESIRED,
    KEPT,
    NAME,
    PRESENT,
    SERVICE_MADE,
    TAKEN_FROM,
    Source,
    creatable,
)
from awsshadow.names import argument_name
from tests.sandbox.conftest import MADE_OTHERWISE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from awsshadow.model.families import Family
    from tests.export.conftest import Box
    from tests.sandbox.conftest import World

PAGE = Path(__file__).parents[2] / "docs" / "export.md"
FAMILIES = creatable()
#: What is true of every resource of a family, and so has to be another value in a second one.
ONE_OF_A_KIND = {
    # An endpoint takes one experiment at a time.
    "inference-experiment": lambda world: [f"EndpointName={world.make('Endpoint')['EndpointName']}"],
}
#: Values for what no description shows and a create operation requires.
ADDED = {
    "human-task-ui": lambda world: ["UiTemplate.Content=<p>"],  # noqa: ARG005
    "training-plan": lambda world: [f"TrainingPlanOfferingId={_offering(world)}"],
    "workforce": lambda world: ["OidcConfig.ClientSecret=s"],  # noqa: ARG005
}


def rows(heading: str) -> list[list[str]]:
    """The table of the page that begins with these column titles, as cells."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(rf"^\| {re.escape(heading)} \|\n\|[-| ]+\|\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert found is not None
    return [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in found[1].splitlines()]


def unseen() -> dict[tuple[str, str], str]:
    """Family and member -> what the page says of those that do not come back."""
    return {(family, member): about for family, member, about in rows("family | member | remark")}


def _offering(world: World) -> str:
    offered = world.ok("SearchTrainingPlanOfferings", InstanceType="ml.p5.48xlarge", InstanceCount=2)
    return str(offered["TrainingPlanOfferings"][0]["TrainingPlanOfferingId"])


def made(box: Box, family: Family, full: bool) -> dict[str, Any]:
    """A new resource: what is known of it, and under ``_asked`` what was asked for."""
    world = box.full if full else box.world
    create = family.operation("create") or ""
    if family.title == "PipelineExecution" and full:
        definition = '{"Version": "2020-12-01", "Parameters": [{"Name": "aaa", "Type": "String"}], "Steps": []}'
        pipeline = {
            "PipelineName": "p",
            "PipelineDefinition": definition,
            "RoleArn": "arn:aws:iam::123456789012:role/r",
        }
        world.ok("CreatePipeline", **pipeline, ClientRequestToken=world.token())
        params = {**world.input(create), "PipelineName": "p"}
    elif family.title in MADE_OTHERWISE or not full:
        return world.make(family.title)
    else:
        params = world.create_input(family.title)
    answer = world.ok(create, **params)
    return {**world.newest(family.title), **params, **answer, "_asked": params}


def whole_seconds(text: str) -> str:
    """Times as they are sent: without fractions of a second."""
    return re.sub(r"(T\d\d:\d\d:\d\d)\.\d+", r"\1", text)


def required_missing(family: str, document: dict[str, Any]) -> list[str]:
    """The required members that do not come back and that are missing in ``document``."""
    found = []
    for (of, path), about in unseen().items():
        top, _, rest = path.partition(".")
        # What is required of a structure is so only where there is one.
        is_asked_for = not rest or top in document or family == "human-task-ui"
        if of == family and about.startswith("required") and is_asked_for:
            found.append(path)
    return found


@pytest.mark.parametrize("full", [False, True], ids=["minimal", "full"])
@pytest.mark.parametrize("name", FAMILIES)
def test_round_trip(name: str, full: bool, box: Box, tmp_path: Path) -> None:
    family = FAMILIES[name]
    words = box.words(family, made(box, family, full))
    code, text, stderr = box.run("export", name, *words)
    assert code == 0
    first = yaml12.load(text)
    lacking = required_missing(name, first)
    assert (stderr != "") == bool(lacking)
    for path in lacking:
        assert f"  {path} (required)\n" in text
        assert f"lacks its required member {path.split('.')[0]}" in stderr or path.split(".")[-1] in stderr
    create = argument_name(family.operation("create") or "")
    sets = list(ADDED[name](box.world)) if lacking else []
    sets += ONE_OF_A_KIND.get(name, lambda _: [])(box.world)
    members = box.world.model["shapes"][box.world.model["operations"][family.operation("create")]["input"]["shape"]]
    if family.name in members["members"] and family.name in first:
        sets.append(f"{family.name}={box.fresh()}")
    text = box.ok("export", name, *words, *(word for one in sets for word in ("--set", one)))
    (tmp_path / "document.yaml").write_text(text)
    assert box.run("check", str(tmp_path / "document.yaml"))[:2] == (0, "")
    answer = yaml12.load(box.ok("sagemaker", create, "--cli-input-yaml", f"file://{tmp_path}/document.yaml",
                                "--output", "yaml") or "{}") or {}  # fmt: skip
    changed = yaml12.load(whole_seconds(text))
    newest = box.world.newest(family.title)
    again = box.words(family, answer, changed, newest)
    code, text, _ = box.run("export", name, *again)
    second = yaml12.load(whole_seconds(text))
    for path, _, _ in (one.partition("=") for one in sets):
        top = path.partition(".")[0]
        if path in lacking:
            changed[top] = second.get(top)
        if changed[top] is None:
            del changed[top]
    assert (code, second) == (0, changed)
    arn = answer.get(family.arn or "") or newest["_arn"]
    assert box.run("diff", *([f"--resource={arn}"] if arn else []), str(tmp_path / "document.yaml"))[:2] == (0, "")


@pytest.mark.parametrize("name", FAMILIES)
def test_nothing_that_was_asked_for_is_lost_but_what_the_page_says(name: str, box: Box) -> None:
    family = FAMILIES[name]
    known = made(box, family, full=True)
    document = yaml12.load(box.run("export", name, *box.words(family, known))[1])
    shapes, operations = box.world.model["shapes"], box.world.model["operations"]
    members = shapes[operations[family.operation("create")]["input"]["shape"]]["members"]
    tokens = {member for member, reference in members.items() if reference.get("idempotencyToken")}
    asked = {member: value for member, value in known.get("_asked", {}).items() if member not in tokens}
    lost = set(_lost(asked, document, ""))
    excused = {path for of, path in unseen() if of == name} | set(SERVICE_MADE.get(family.title, ()))
    if name == "domain":
        excused.add("HomeEfsFileSystemKmsKeyId")  # KmsKeyId is there
    left = {re.sub(r"\[\d+\]", "[]", path) for path in lost}
    assert {path for path in left if not any(f"{path}.".startswith(f"{known}.") for known in excused)} == set()


def _lost(asked: Any, found: Any, path: str) -> Iterator[str]:
    """The paths at which ``found`` does not have what was asked for."""
    if isinstance(asked, dict) and isinstance(found, dict):
        for key, value in asked.items():
            yield from _lost(value, found.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(asked, list) and isinstance(found, list) and len(asked) == len(found):
        for at, (value, other) in enumerate(zip(asked, found, strict=True)):
            yield from _lost(value, other, f"{path}[{at}]")
    elif isinstance(asked, dict) and found is None and asked:
        for key, value in asked.items():
            yield from _lost(value, None, f"{path}.{key}".lstrip("."))
    elif asked != found and not (isinstance(found, str) and isinstance(asked, float)):
        yield path


def test_the_page_lists_what_no_description_has_a_place_for(model: dict[str, Any]) -> None:
    """Worked out from the model alone, by another walk than the one of the command."""
    found = {}
    for name, family in FAMILIES.items():
        taken = model["operations"][family.operation("create")]["input"]["shape"]
        shown = model["operations"][family.operation("describe")]["output"]["shape"]
        if family.wrap:
            shown = model["shapes"][shown]["members"][family.wrap]["shape"]
        found.update({(name, path): needed for path, needed in _placeless(model["shapes"], family, taken, shown, "")})
    assert {key: about.startswith("required") for key, about in unseen().items()} == found


def _placeless(shapes: dict[str, Any], family: Family, taken: str, shown: str, path: str) -> Iterator[tuple[str, bool]]:
    one, other = shapes[taken], shapes[shown]
    assert one["type"] == other["type"]
    inner = {"list": "member", "map": "value"}.get(one["type"])
    if inner is not None:
        yield from _placeless(shapes, family, one[inner]["shape"], other[inner]["shape"], f"{path}[]")
    for member, reference in one.get("members", {}).items():
        at = f"{path}.{member}".lstrip(".")
        asked = at == "Tags" or at in ASKED_OF.get(family.title, {}) or at in SERVICE_MADE.get(family.title, ())
        if reference.get("idempotencyToken") or asked:
            continue
        places = [Source(member), TAKEN_FROM.get(family.title, {}).get(at), Source(f"{DESIRED}{member}")]
        place = next((source for source in places if source and source.path[0] in other["members"]), None)
        if place is None:
            yield at, member in one.get("required", ())
        elif place.how == KEPT and path.count(".") < 12:
            name, members = shown, other["members"]
            for step in place.path:
                name = members[step]["shape"]
                members = shapes[name].get("members", {})
            yield from _placeless(shapes, family, reference["shape"], name, at)


def test_the_page_has_the_rows_of_members_with_other_names() -> None:
    endings = {KEPT: "", NAME: ": the name in it", PRESENT: ": true if there is one"}
    found = {(family, member): source for family, member, source in rows("family | member | is taken from")}
    families = {family.title: name for name, family in FAMILIES.items()}
    known = {
        (families[title], path): f"{'.'.join(source.path)}{endings[source.how]}"
        for title, sources in TAKEN_FROM.items()
        for path, source in sources.items()
    }
    said = {key: found.get(key, "").replace("`", "").partition(": how many")[0] for key in {*known, *found}}
    assert said == known


def test_the_sources_are_in_the_model(model: dict[str, Any]) -> None:
    for title, sources in TAKEN_FROM.items():
        family = next(family for family in FAMILIES.values() if family.title == title)
        shown = model["operations"][family.operation("describe")]["output"]["shape"]
        if family.wrap:
            shown = model["shapes"][shown]["members"][family.wrap]["shape"]
        tops = model["shapes"][shown]["members"]
        assert all("[" in path or "." in path or source.path[0] in tops for path, source in sources.items())
        taken = model["operations"][family.operation("create")]["input"]["shape"]
        assert {path.split(".")[0].split("[")[0] for path in sources} <= set(model["shapes"][taken]["members"])
