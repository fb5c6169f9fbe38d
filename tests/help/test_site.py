"""The web site: its sources, and, where the tools are there, the built site in a browser."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.help import site
from awsshadow.help.document import document
from awsshadow.help.guides import installed
from tests.help.web_pages import HTTPS, lost, markdown_ids, markdown_links

if TYPE_CHECKING:
    from awsshadow.model.store import Store

#: A picture that follows the light or dark colours of the system.
LOAF = "<svg><style>\na { x: 1 }\n@media (prefers-color-scheme: dark) {\na { x: 2 }\n}\n</style></svg>"

Sources = tuple[Path, list[str]]


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("docs")
    (folder / "decisions").mkdir()
    (folder / "baking.md").write_text(
        '# How "we" bake\n\nSee [this](decisions/0001-oven.md#why), [all](decisions/), [that `x`](../README.md#a), '
        "[them](https://example.com/x) and [here](#below).\n"
    )
    (folder / "decisions" / "0001-oven.md").write_text("# 1. An oven\n")
    (folder / "loaf.svg").write_text(LOAF)
    (folder / "oven.svg").write_text("<svg/>")
    (folder / "looks.md").write_text(
        "# Looks\n\n![A loaf](loaf.svg) ![An oven](oven.svg) ![A photograph](loaf.png)\n\n"
        "- one\n  - `[two](../baking.md)`\n\n"
        "```\n  - [three](../baking.md)\n```\n\n    [four](../baking.md)\n"
    )
    return str(folder)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory, bakery: Store, guides: str) -> Sources:
    folder = tmp_path_factory.mktemp("site")
    pages = site.write_source(str(folder), bakery, guides)
    return folder, pages


def test_each_command_has_a_page_at_the_address_of_the_public_reference(sources: Sources) -> None:
    folder, pages = sources
    assert pages == [
        "reference/index.md",
        "reference/sagemaker/index.md",
        "reference/sagemaker/bake-bread.md",
        "reference/sagemaker/list-loaves.md",
        "reference/sagemaker/close-shop.md",
        "reference/sagemaker/wait/index.md",
        "reference/sagemaker/wait/loaf-baked.md",
        "reference/sagemaker/wait/loaf-gone.md",
        "reference/options.md",
        "baking.md",
        "looks.md",
        "decisions/0001-oven.md",
        "decisions/index.md",
        "index.md",
    ]
    assert all((folder / "pages" / page).is_file() for page in pages)


def test_links_lead_to_pages(sources: Sources) -> None:
    folder = sources[0] / "pages"
    pages = {page: (markdown_links(text), markdown_ids(text)) for page, text in markdown_of(folder).items()}
    assert lost(pages, folder) == [("baking.md", "decisions/0001-oven.md#why"), ("baking.md", "#below")]


def test_links_of_guides_lead_to_pages_or_nowhere(sources: Sources) -> None:
    folder, _ = sources
    assert (
        (folder / "pages" / "baking.md")
        .read_text()
        .endswith(
            "See [this](decisions/0001-oven.md#why), [all](decisions/index.md), that `x`, "
            "[them](https://example.com/x) and [here](#below).\n"
        )
    )
    assert (folder / "pages" / "decisions" / "index.md").read_text() == "# Decisions\n\n- [1. An oven](0001-oven.md)\n"


def test_pictures_follow_the_colours_that_the_reader_has_chosen(sources: Sources) -> None:
    pages = sources[0] / "pages"
    assert (
        "![A loaf](loaf.light.svg#only-light) ![A loaf](loaf.dark.svg#only-dark) ![An oven](oven.svg) A photograph\n"
        in (pages / "looks.md").read_text()
    )
    assert (pages / "loaf.light.svg").read_text() == "<svg><style>\na { x: 1 }\n</style></svg>"
    assert (pages / "loaf.dark.svg").read_text() == "<svg><style>\na { x: 1 }\na { x: 2 }\n</style></svg>"
    assert sorted(path.name for path in pages.rglob("*.svg")) == ["loaf.dark.svg", "loaf.light.svg", "oven.svg"]


def test_code_of_guides_stays_and_inner_lists_are_indented_as_the_generator_reads_them(sources: Sources) -> None:
    assert (
        (sources[0] / "pages" / "looks.md")
        .read_text()
        .endswith(
            "- one\n    - `[two](../baking.md)`\n\n```\n  - [three](../baking.md)\n```\n\n    [four](../baking.md)\n"
        )
    )


MAP = """\
# Welcome

## Try it

- bake

## Guides

- [Baking](baking.md): how
- [Ovens](ovens/)

## Papers

- [changes](../CHANGES.md), [licence](../LICENCE)
"""


def test_the_index_of_the_guides_is_the_home_page_and_the_map(tmp_path: Path, bakery: Store) -> None:
    docs = tmp_path / "docs"
    (docs / "ovens").mkdir(parents=True)
    (docs / "index.md").write_text(MAP)
    (tmp_path / "CHANGES.md").write_text("# What changed\n\n[Baking](docs/baking.md) [back](docs/)\n")
    for name in ("baking", "other", "ovens/small", "ovens/large"):
        (docs / f"{name}.md").write_text(f"# {name}\n")
    written = site.write_source(str(tmp_path / "out"), bakery, str(docs))
    pages = tmp_path / "out" / "pages"
    home = (pages / "index.md").read_text()
    assert home.startswith("# Welcome\n\n## Try it\n\n- bake\n\n## Guides\n\n- [Baking](baking.md): how\n")
    assert [line for line in home.splitlines() if line.startswith("## ")] == [
        *("## Try it", "## Guides", "## Reference", "## Papers")
    ]
    assert home.endswith("## Papers\n\n- [changes](changes.md), licence\n")
    assert (pages / "changes.md").read_text() == "# What changed\n\n[Baking](baking.md) [back](index.md)\n"
    assert "changes.md" in written
    assert (
        pages / "ovens" / "index.md"
    ).read_text() == "# Ovens\n\n- [ovens/large](large.md)\n- [ovens/small](small.md)\n"
    nav = navigation(tmp_path / "out")
    assert [next(iter(row)) for row in nav] == ["Home", "Guides", "Reference", "Papers", "other"]
    assert nav[1]["Guides"] == [{"Baking": "baking.md"}, {"Ovens": "ovens/index.md"}]
    assert nav[3]["Papers"] == [{"Changes": "changes.md"}]


def navigation(folder: Path) -> list[dict[str, Any]]:
    with open(folder / "zensical.toml", "rb") as file:
        nav: list[dict[str, Any]] = tomllib.load(file)["project"]["nav"]
    return nav


def test_lists_of_commands_link_to_them_and_pages_back(sources: Sources) -> None:
    folder, _ = sources
    reference = folder / "pages" / "reference"
    assert "- [`bake-bread`](bake-bread.md) - Bakes a loaf\n" in (reference / "sagemaker" / "index.md").read_text()
    assert "- [`wait`](wait/index.md)" in (reference / "sagemaker" / "index.md").read_text()
    assert "- [`loaf-gone`](loaf-gone.md)\n" in (reference / "sagemaker" / "wait" / "index.md").read_text()
    assert "- `sandbox` - " in (reference / "index.md").read_text()
    waiter = (reference / "sagemaker" / "wait" / "loaf-gone.md").read_text()
    assert (
        "\n# loaf-gone\n\n\\[ [awsshadow](../../index.md) . [sagemaker](../index.md) . [wait](index.md) \\]\n" in waiter
    )
    assert "when polling with [`bake-bread`](../bake-bread.md)." in waiter


def test_the_index_of_a_search_has_short_names_before_longer_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "html" / "search.json"
    index.parent.mkdir()
    monkeypatch.setattr("subprocess.call", lambda *_, **__: 0)
    places = ["a/bake-bread.html", "a/bake-bread.html#z", "a/bake-bread.html#b", "a/bake.html", "a/bake.html#x"]
    index.write_text(json.dumps({"config": {}, "items": [{"location": place} for place in places]}))
    assert site.build(str(tmp_path)) == 0
    assert [item["location"] for item in json.loads(index.read_text())["items"]] == [*places[3:], *places[:3]]
    for other in ("[1]", '{"items": [1, 2]}', '{"pages": []}'):
        index.write_text(other)
        assert site.build(str(tmp_path)) == 0
        assert index.read_text() == other
    index.unlink()
    assert site.build(str(tmp_path)) == 0


def test_what_every_page_says_is_not_searched(bakery: Store) -> None:
    page = site.reference_page(document(("sagemaker", "bake-bread"), bakery, "awsshadow"))
    assert "\n## Synopsis { data-search-exclude }\n" in page
    assert "\n## Global Options { data-search-exclude }\n" in page
    assert "\n## Options\n" in page


def test_options_and_members_can_be_linked_to(bakery: Store) -> None:
    page = site.reference_page(document(("sagemaker", "bake-bread"), bakery, "awsshadow"))
    assert {"--loaf-name", "--crust", "--crust.Colour", "--layers.Above.Of", "output.LoafArn"} <= set(
        markdown_ids(page)
    )


def test_options_that_many_commands_have_are_searched_on_a_page_of_their_own(sources: Sources) -> None:
    reference = sources[0] / "pages" / "reference"
    operation = (reference / "sagemaker" / "list-loaves.md").read_text()
    page = (reference / "options.md").read_text()
    for name in ("--cli-input-json", "--max-items", "--dry-run"):
        assert re.search(rf"^### `{name}`.* data-search-exclude \}}$", operation, re.MULTILINE)
        assert re.search(rf"^### `{name}`.* \{{ #{name} data-toc-label='{name}' \}}$", page, re.MULTILINE)
    assert "\nOf operations that begin with `list-`.\n" in page
    assert re.search(r"^### `--endpoint-url`", (reference / "index.md").read_text(), re.MULTILINE)


def test_the_configuration_lists_guides_but_not_each_command(sources: Sources) -> None:
    rows = navigation(sources[0])
    assert [next(iter(row)) for row in rows] == ["Home", "Reference", 'How "we" bake', "Looks", "Decisions"]
    assert [path for row in rows[1]["Reference"] for path in row.values()] == [
        "reference/sagemaker/index.md",
        "reference/sagemaker/wait/index.md",
        "reference/index.md",
        "reference/options.md",
    ]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, store: Store) -> Path:
    """The Markdown of the site of the real service and of the project's own guides."""
    folder = tmp_path_factory.mktemp("whole")
    site.write_source(str(folder), store, guides_of_the_project())
    return folder / "pages"


def guides_of_the_project() -> str:
    folder = installed()
    assert folder is not None, "neither the wheel nor a checkout has guides"
    return folder


def markdown_of(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.md")}


def test_every_link_of_every_page_leads_to_a_page_and_a_place_on_it(whole: Path) -> None:
    pages = {page: (markdown_links(text), markdown_ids(text)) for page, text in markdown_of(whole).items()}
    assert len(pages) > 400
    assert sum(len(links) for links, _ in pages.values()) > 2000
    assert lost(pages, whole) == []


def test_addresses_of_the_web_are_well_formed(whole: Path) -> None:
    links = {link for text in markdown_of(whole).values() for link in markdown_links(text) if re.match("[a-z]+:", link)}
    assert links
    assert sorted(link for link in links if not HTTPS.fullmatch(link)) == []


def test_ids_of_a_page_differ(whole: Path) -> None:
    for page, text in markdown_of(whole / "reference").items():
        ids = markdown_ids(text)
        assert len(ids) == len(set(ids)), page


def test_the_home_page_says_what_this_is_and_shows_it(whole: Path) -> None:
    home = (whole / "index.md").read_text(encoding="utf-8")
    assert home.startswith("# awsshadow\n\nA drop-in for `aws sagemaker`")
    for picture in ("performance.light.svg", "performance.dark.svg", "terminal-session.svg"):
        assert f"]({picture}" in home
        assert (whole / picture).is_file()
    linked = markdown_links(home)
    assert {"coming-from-aws.md", "settings.md", "compatibility.md", "reference/sagemaker/index.md"} <= set(linked)


def test_every_guide_is_in_the_table_of_contents_or_below_an_index(whole: Path) -> None:
    def paths(rows: list[dict[str, Any]]) -> set[str]:
        inner = [value for row in rows for value in row.values()]
        return {v for v in inner if isinstance(v, str)}.union(*(paths(v) for v in inner if not isinstance(v, str)))

    listed = paths(navigation(whole.parent))
    guides = [page for page in markdown_of(whole) if not page.startswith("reference/") and "/" not in page]
    assert sorted(page for page in guides if page not in listed) == []


def test_writing_again_leaves_no_page_behind(tmp_path: Path, bakery: Store, guides: str) -> None:
    site.write_source(str(tmp_path), bakery, guides)
    stale = tmp_path / "pages" / "reference" / "stale.md"
    stale.write_text("old")
    site.write_source(str(tmp_path), bakery, None)
    assert not stale.exists()
    assert not (tmp_path / "pages" / "decisions").exists()
