"""The page of every command of the installed model, in every form."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from awsshadow.help import html, man, markdown, page, terminal
from awsshadow.help.blocks import Document
from awsshadow.help.document import document
from awsshadow.model import find_store, load
from tests.help.outline import digest, literal_lines
from tests.support import models

if TYPE_CHECKING:
    from collections.abc import Callable

    from awsshadow.model.store import Store

ALL = list(man.lineages(find_store(dict(os.environ))))
COMMANDS = [lineage for lineage in ALL if lineage not in ((), ("sagemaker",), ("sagemaker", "wait"))]

#: What every page was when it was last compared with the reference's own document, letter by letter
#: and level by level, and found to say the same: a hash a page, by the model; a later one has what it says otherwise.
RECORDED = json.loads((Path(__file__).parent / "pages.json").read_text("utf-8"))

Documents = dict[tuple[str, ...], Document]

OPTION = re.compile(r"(?<![A-Za-z0-9-])--[a-z0-9-]+")


@pytest.fixture(scope="module")
def documents(store: Store) -> Documents:
    return {lineage: document(lineage, store, "aws") for lineage in ALL}


def visible(store: Store, lineage: tuple[str, ...]) -> set[str]:
    part = "waiters" if lineage[1] == "wait" else "operations"
    return {"--" + a.name for a in load(store, part, lineage[-1]).arguments if not a.hidden}


def test_each_page_has_an_entry_for_each_option_that_is_not_hidden(documents: Documents, store: Store) -> None:
    for lineage in COMMANDS:
        options = next(s for s in documents[lineage].sections if s.title == "Options")
        terms = {name for block in options.blocks for name in OPTION.findall(str(getattr(block, "term", "")))}
        assert terms == visible(store, lineage), lineage


@pytest.mark.parametrize("width", [40, 80])
def test_text(documents: Documents, store: Store, width: int) -> None:
    for lineage, found in documents.items():
        text = terminal.render(found, width, False)
        literal = literal_lines(found)
        assert all(len(line) <= width or line.strip() in literal for line in text.split("\n")), lineage
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text), lineage
        if lineage in COMMANDS:
            assert visible(store, lineage) <= set(OPTION.findall(text)), lineage


def test_bold_text_is_the_same_text(documents: Documents) -> None:
    for found in documents.values():
        assert re.sub(r"\x1b\[\d+m", "", terminal.render(found, 80, True)) == terminal.render(found, 80, False)


@pytest.mark.parametrize("render", [markdown.render, html.render], ids=["markdown", "html"])
def test_pages_for_the_web(documents: Documents, store: Store, render: Callable[[Document], str]) -> None:
    for lineage in COMMANDS:
        assert visible(store, lineage) <= set(OPTION.findall(render(documents[lineage]))), lineage


def test_manual_pages(documents: Documents, store: Store) -> None:
    for lineage in COMMANDS:
        source = man.render(documents[lineage]).replace("\\-", "-").replace("\\fB", " ").replace("\\fR", " ")
        assert source.isascii(), lineage
        assert visible(store, lineage) <= set(OPTION.findall(source)), lineage


def test_the_door_gives_the_same_page(documents: Documents, store: Store) -> None:
    lineage = ("sagemaker", "wait", "endpoint-in-service")
    assert page(lineage, store, 80, "plain", "aws") == terminal.render(documents[lineage], 80, False)
    assert "\x1b[1mNAME" in page(lineage, store, 80, "ansi", "aws")


@pytest.mark.parametrize("version", [pytest.param(known, marks=pytest.mark.model(known)) for known in RECORDED])
def test_every_page_says_what_the_page_of_the_reference_says(documents: Documents, version: str) -> None:
    until = (pages for known, pages in RECORDED.items() if models.numbers(known) <= models.numbers(version))
    expected = {page: said for pages in until for page, said in pages.items()}
    assert {" ".join(lineage): digest(documents[lineage]) for lineage in COMMANDS} == expected


REFERENCE = os.environ.get("AWSSHADOW_REFERENCE")

SAMPLE = [
    *(
        ("create-inference-experiment",),
        ("create-training-job",),
        ("list-tags",),
        ("list-models",),
        ("update-endpoint",),
    ),
    *(("create-auto-ml-job-v2",), ("describe-image-version",), ("create-hyper-parameter-tuning-job",)),
    *(("add-tags",), ("get-sagemaker-servicecatalog-portfolio-status",), ("batch-describe-model-package",)),
    *(("wait", "endpoint-in-service"), ("wait", "image-version-created")),
]


@pytest.mark.reference
@pytest.mark.skipif(not REFERENCE, reason="AWSSHADOW_REFERENCE names no aws to compare with")
@pytest.mark.parametrize("command", SAMPLE, ids=" ".join)
def test_the_reference_shows_the_same_entries_in_the_same_order(store: Store, command: tuple[str, ...]) -> None:
    assert REFERENCE
    environ = {name: value for name, value in os.environ.items() if name != "MANPAGER"} | {"PAGER": "cat"}
    asked = subprocess.run(
        [REFERENCE, "sagemaker", *command, "help"], env=environ, capture_output=True, text=True, check=True
    )
    shown = re.sub(".\b", "", asked.stdout)
    assert entries(page(("sagemaker", *command), store, 10_000, "plain", "aws")) == entries(shown)


def entries(text: str) -> list[str]:
    """Options and members with types and marks, without their hyphens: groff puts in some of its own."""
    joined = " ".join(re.sub(r"-\n +", "-", text).replace("[re-quired]", "[required]").split())
    wanted = r"(?:--[a-z0-9-]+ (?:\| --[a-z0-9-]+ )?|[A-Za-z0-9]+ -> )\([a-z ]+\)(?: \[required\])?"
    return [found.replace("-", "") for found in re.findall(wanted, joined)]
