"""What the documents name is there: files, links, commands."""

import os
import re

import pytest

import awsshadow
from awsshadow.own_commands import OWN_COMMANDS

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PACKAGE = os.path.dirname(awsshadow.__file__)
PAGES = sorted(
    os.path.relpath(os.path.join(folder, name), ROOT)
    for top in ("docs", "benchmarks")
    for folder, _, names in os.walk(os.path.join(ROOT, top))
    for name in names
    if name.endswith(".md")
) + ["README.md"]

#: Files that a page speaks of and that its reader has, or would have.
FILES_OF_READERS = {"keys.json", "sagemaker/2017-07-24/paginators-1.json", "awsshadow/commands/NAME.py"}


def read(page: str) -> str:
    with open(os.path.join(ROOT, page), encoding="utf-8") as file:
        return file.read()


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", read(page)):
        if "://" not in target:
            assert os.path.exists(os.path.join(ROOT, os.path.dirname(page), target)), f"{page} links to {target}"


@pytest.mark.parametrize("page", [*PAGES, "CONTRIBUTING.md", "tests/conformance/README.md"])
def test_the_files_it_names_exist(page: str) -> None:
    if not os.path.exists(os.path.join(ROOT, page)):
        pytest.skip("not beside the tests of a wheel")
    missing = []
    for path in re.findall(
        r"`([a-z_]+(?:/[A-Za-z_0-9-]+)*\.(?:py|json|md|toml)|(?:tests|docs|benchmarks)/[a-z_/]*)`", read(page)
    ):
        places = (ROOT, PACKAGE, os.path.dirname(PACKAGE), os.path.dirname(os.path.join(ROOT, page)))
        if path not in FILES_OF_READERS and not any(os.path.exists(os.path.join(place, path)) for place in places):
            missing.append(path)
    assert missing == []


def test_every_page_is_on_the_map() -> None:
    index = read("docs/index.md")
    named = {name for name in os.listdir(os.path.join(ROOT, "docs")) if name.endswith(".md")} - {"index.md"}
    assert [name for name in sorted(named) if f"({name})" not in index] == []


def test_every_command_of_our_own_is_explained() -> None:
    everything = "".join(read(page) for page in PAGES)
    assert [name for name in OWN_COMMANDS if f"awsshadow {name}" not in everything] == []
