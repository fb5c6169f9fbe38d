"""The web site: its sources, and, where the tools are there, the built site in a browser."""

from __future__ import annotations

import functools
import http.server
import importlib.util
import posixpath
import re
import threading
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from awsshadow.help import site
from awsshadow.help.document import document
from awsshadow.help.man import lineages
from tests.help import webdriver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from awsshadow.model.store import Store

Sources = tuple[Path, list[str]]

LINK = re.compile(r"(?<!\\)\]\(([^)#]+)")


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("docs")
    (folder / "decisions").mkdir()
    (folder / "baking.md").write_text(
        '# How "we" bake\n\nSee [this](decisions/0001-oven.md#why), [all](decisions/), [that](../README.md#a), '
        "[them](https://example.com/x) and [here](#below).\n"
    )
    (folder / "decisions" / "0001-oven.md").write_text("# 1. An oven\n")
    (folder / "picture.png").write_bytes(b"")
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
        "index.md",
        "baking.md",
        "decisions/0001-oven.md",
        "decisions/index.md",
    ]
    assert all((folder / "pages" / page).is_file() for page in pages)
    assert not list(folder.rglob("*.png"))


def test_links_lead_to_pages(sources: Sources) -> None:
    folder, pages = sources
    for page in pages:
        for link in LINK.findall((folder / "pages" / page).read_text()):
            if not link.startswith(("https://", "#")):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(page), link)) in pages, (page, link)


def test_links_of_guides_lead_to_pages_or_nowhere(sources: Sources) -> None:
    folder, _ = sources
    assert (
        (folder / "pages" / "baking.md")
        .read_text()
        .endswith(
            "See [this](decisions/0001-oven.md#why), [all](decisions/index.md), that, [them](https://example.com/x) "
            "and [here](#below).\n"
        )
    )
    assert (folder / "pages" / "decisions" / "index.md").read_text() == "# Decisions\n\n- [1. An oven](0001-oven.md)\n"


def test_the_index_of_the_guides_is_the_home_page(tmp_path: Path, bakery: Store) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Welcome\n")
    site.write_source(str(tmp_path / "out"), bakery, str(docs))
    home = (tmp_path / "out" / "pages" / "index.md").read_text()
    assert home.startswith("# Welcome\n\nReference\n\n- [Commands")


def test_lists_of_commands_link_to_them_and_pages_back(sources: Sources) -> None:
    folder, _ = sources
    reference = folder / "pages" / "reference"
    assert "- [`bake-bread`](bake-bread.md) - Bakes a loaf\n" in (reference / "sagemaker" / "index.md").read_text()
    assert "- [`wait`](wait/index.md)" in (reference / "sagemaker" / "index.md").read_text()
    assert "- [`loaf-gone`](loaf-gone.md)\n" in (reference / "sagemaker" / "wait" / "index.md").read_text()
    assert "- `sandbox` - " in (reference / "index.md").read_text()
    waiter = (reference / "sagemaker" / "wait" / "loaf-gone.md").read_text()
    assert (
        "\n\\[ [awsshadow](../../index.md) . [sagemaker](../index.md) . [wait](index.md) \\]\n\n# loaf-gone\n" in waiter
    )
    assert "when polling with [`bake-bread`](../bake-bread.md)." in waiter


def test_what_every_page_says_is_not_searched(bakery: Store) -> None:
    page = site.reference_page(document(("sagemaker", "bake-bread"), bakery, "awsshadow"))
    assert "\n## Synopsis { data-search-exclude }\n" in page
    assert "\n## Global Options { data-search-exclude }\n" in page
    assert "\n## Options\n" in page


def test_the_configuration_lists_guides_but_not_each_command(sources: Sources) -> None:
    folder, _ = sources
    with open(folder / "zensical.toml", "rb") as file:
        configuration = tomllib.load(file)["project"]
    assert [next(iter(row)) for row in configuration["nav"]] == [
        *("Home", 'How "we" bake', "Decisions", "sagemaker", "sagemaker wait", "Global options")
    ]


def test_writing_again_leaves_no_page_behind(tmp_path: Path, bakery: Store, guides: str) -> None:
    site.write_source(str(tmp_path), bakery, guides)
    stale = tmp_path / "pages" / "reference" / "stale.md"
    stale.write_text("old")
    site.write_source(str(tmp_path), bakery, None)
    assert not stale.exists()
    assert not (tmp_path / "pages" / "decisions").exists()


NEEDS = [
    name
    for name, found in (
        ("zensical (group docs)", importlib.util.find_spec("zensical")),
        ("chromium", webdriver.CHROMIUM),
        ("chromedriver", webdriver.CHROMEDRIVER),
    )
    if not found
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, store: Store) -> Iterator[str]:
    """The site of the real service, cut to a few pages so that it is built in seconds, served on loopback."""
    folder = tmp_path_factory.mktemp("built")
    site.write_source(str(folder), store, None)
    kept = re.compile(r"index|inference-experiment|training-plan|wait")
    for lineage in lineages(store):
        path = folder / "pages" / site.page_path(lineage)
        if not kept.search(path.name) and path.parent.name != "wait":
            path.write_text(f"# {lineage[-1]}\n")
    assert site.build(str(folder)) == 0
    serve = functools.partial(Quiet, directory=str(folder / "html"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing: the requests are not what is tested."""


#: The dialog of the search lives in a shadow tree of its own.
DIALOG = (
    "const root = [...document.querySelectorAll('*')].map(e => e.shadowRoot)"
    ".find(r => r && r.querySelector('[role=combobox]'));"
)


@pytest.mark.skipif(bool(NEEDS), reason=f"not installed: {', '.join(NEEDS)}")
def test_a_search_finds_the_page_of_an_operation(address: str, tmp_path: Path) -> None:
    with webdriver.browser(str(tmp_path)) as window:
        window.go(f"{address}/index.html")
        window.run("document.querySelector('.md-search__button').click()")
        field = window.wait(DIALOG + "return root && root.querySelector('[role=combobox]')")
        window.type(field, "create-inference-experiment")
        found = window.wait(DIALOG + "const a = root.querySelector('[role=listbox] a'); return a && a.href")
        assert found.startswith(f"{address}/reference/sagemaker/create-inference-experiment.html")
        window.go(found)
        assert window.title.startswith("create-inference-experiment")
        assert window.run("return document.querySelector('h1').textContent").startswith("create-inference-experiment")
        headings = window.run("return [...document.querySelectorAll('h2')].map(h => h.firstChild.textContent.trim())")
        assert headings == ["Description", "Synopsis", "Options", "Global Options", "Output"]
        assert window.run("return document.querySelectorAll('blockquote blockquote blockquote').length") > 0


@pytest.mark.skipif(bool(NEEDS), reason=f"not installed: {', '.join(NEEDS)}")
def test_the_site_asks_nobody_else_for_anything(address: str, tmp_path: Path) -> None:
    with webdriver.browser(str(tmp_path)) as window:
        window.go(f"{address}/reference/sagemaker/index.html")
        asked = window.run("return performance.getEntriesByType('resource').map(e => e.name)")
        assert asked
        assert [url for url in asked if not url.startswith((address, "blob:", "data:"))] == []
