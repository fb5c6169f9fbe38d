"""The pages about the reference's behaviour: their examples are run, the cases they name are there."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.behaviour import FILES, FOLDER, PAGES, examples, sections
from tests.support.cases import load
from tests.support.facts import UUID4
from tests.support.program import Command, reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.docs.behaviour import Example
    from tests.support.endpoint import Endpoint
    from tests.support.program import Program
    from tests.support.stage import Stage

PROGRAM = "AWSSHADOW_REFERENCE"

#: With ``--quick``: one example in so many.
SHARE = 6


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "example" in metafunc.fixturenames:
        chosen = list(examples())[:: SHARE if metafunc.config.getoption("--quick") else 1]
        ids = [f"{example.section}: {example.command}" for example in chosen]
        metafunc.parametrize("example", chosen, ids=ids)


def run(example: Example, program: Program, stage: Stage, endpoint: Endpoint) -> None:
    """Run one example and compare all that it shows."""
    endpoint.script([example.reply])
    stage.lay(stage.work, FILES)
    stage.set(dict(example.environ))
    done = program.run(Command(["aws", *example.argv], stage.environ, stage.work))
    said = UUID4.sub("<UUID4>", done.stdout + done.stderr)
    assert (done.code, said) == (example.code, said)
    for text in example.texts:
        assert text in said
    if example.sent is not None:
        assert UUID4.sub("<UUID4>", endpoint.requests()[0]["body"]) == json.dumps(json.loads(example.sent))
    if example.silent:
        assert said == ""


def test_example(example: Example, program: Program, stage: Stage, endpoint: Endpoint) -> None:
    run(example, program, stage, endpoint)


@pytest.fixture(scope="module")
def real() -> Iterator[Program]:
    started = reference(os.environ[PROGRAM])
    yield started
    started.close()


@pytest.mark.reference
@pytest.mark.skipif(PROGRAM not in os.environ, reason=f"{PROGRAM} names no AWS CLI")
def test_example_of_the_reference(example: Example, real: Program, stage: Stage, endpoint: Endpoint) -> None:
    run(example, real, stage, endpoint)


def test_the_examples_are_found() -> None:
    assert {example.section.split(".")[0] for example in examples()} >= {"input 1", "input 2", "input 3", "output 1"}


@pytest.mark.parametrize("page", PAGES)
def test_the_cases_that_are_named_exist(page: str) -> None:
    cases = list(load())
    ids, kinds = {case["id"] for case in cases}, {case["kind"] for case in cases}
    lines = [line for line in text_of(page).splitlines() if not line.startswith("|")]
    named = re.findall(r"`([a-z]+(?:-[a-z]+)*-\d{4})`", "\n".join(lines))
    assert named
    assert set(named) <= ids
    for words in re.findall(r"\b[Kk]inds? ((?:`[a-z-]+`(?:, | and )?)+)", " ".join(lines)):
        assert set(re.findall(r"`([a-z-]+)`", words)) <= kinds


def test_every_kind_of_case_is_named() -> None:
    everything = "".join(map(text_of, PAGES))
    kinds = {case["kind"] for case in load()}
    assert {kind for kind in kinds if not re.search(f"`{kind}(-[0-9]{{4}})?`", everything)} == set()


def test_every_section_says_what_shows_it() -> None:
    """A case, a test, a document, another section: a rule nobody can look up is hearsay."""
    for page in PAGES:
        for part in re.split(r"^### ", text_of(page), flags=re.MULTILINE)[1:]:
            body = part.partition("\n")[2]
            shown = re.search(
                r"`[a-z]+(?:-[a-z]+)*-\d{4}`|\b[Kk]inds? `|`tests/|\.md[)#]|[Ii]nput \d|\| command \|", body
            )
            assert shown or part.startswith(("input 7.2", "output 8.")), part.partition("\n")[0]


def test_the_pages_lie_where_they_are_read() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(PAGES)
    assert sections()


def text_of(page: str) -> str:
    return (FOLDER / f"{page}.md").read_text(encoding="utf-8")
