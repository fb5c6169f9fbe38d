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


def read(page: str) -> str:
    with open(os.path.join(ROOT, page), encoding="utf-8") as file:
        return file.read()


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", read(page)):
        if "://" not in target:
            assert os.path.exists(os.path.join(ROOT, os.path.dirname(page), target)), f"{page} links to {target}"


def test_every_place_of_the_architecture_exists() -> None:
    for path in re.findall(r"`([a-z_]+(?:/[a-z_0-9]+)*\.(?:py|json))`", read("docs/architecture.md")):
        beside = path.removeprefix("tests/")
        folder = os.path.join(ROOT, "tests") if path.startswith("tests/") else PACKAGE
        assert os.path.exists(os.path.join(folder, beside)), path


def test_every_page_is_on_the_map() -> None:
    index = read("docs/index.md")
    named = {name for name in os.listdir(os.path.join(ROOT, "docs")) if name.endswith(".md")} - {"index.md"}
    assert [name for name in sorted(named) if f"({name})" not in index] == []


def test_every_command_of_our_own_is_explained() -> None:
    everything = "".join(read(page) for page in PAGES)
    assert [name for name in OWN_COMMANDS if f"awsshadow {name}" not in everything] == []
