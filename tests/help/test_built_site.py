"""The built site: its links, and what a browser makes of it; where the tools are there."""

from __future__ import annotations

import functools
import http.server
import importlib.util
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from awsshadow.help import site
from awsshadow.help.guides import installed
from awsshadow.help.man import lineages
from tests.help import webdriver
from tests.help.web_pages import HtmlPage, lost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from awsshadow.model.store import Store

GENERATOR = importlib.util.find_spec("zensical")
TOOLS = {"zensical (group docs)": GENERATOR, "chromium": webdriver.CHROMIUM, "chromedriver": webdriver.CHROMEDRIVER}
MISSING = [name for name, found in TOOLS.items() if not found]

needs_generator = pytest.mark.skipif(not GENERATOR, reason="not installed: zensical (group docs)")
needs_browser = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")

#: Pages of every kind: a home page with pictures, tables, long names, deep members, long lists.
PAGES = [
    "index.html",
    "settings.html",
    "compatibility.html",
    "reference/index.html",
    "reference/sagemaker/index.html",
    "reference/sagemaker/create-endpoint-config.html",
    "reference/sagemaker/describe-inference-experiment.html",
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, store: Store) -> Path:
    """The site of the real service, cut to a few pages of operations so that it is built in seconds."""
    folder = tmp_path_factory.mktemp("built")
    site.write_source(str(folder), store, installed())
    kept = re.compile(r"index|inference-experiment|training-plan|endpoint-config|wait")
    for lineage in lineages(store):
        path = folder / "pages" / site.page_path(lineage)
        if not kept.search(path.name) and path.parent.name != "wait":
            path.write_text(f"# {lineage[-1]}\n")
    assert site.build(str(folder)) == 0
    return folder / "html"


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    """Where it is served, on loopback."""
    serve = functools.partial(Quiet, directory=str(built))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing: the requests are not what is tested."""


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Browser]:
    with webdriver.browser(str(tmp_path_factory.mktemp("profile"))) as window:
        yield window


@needs_generator
def test_every_link_of_the_html_leads_somewhere(built: Path) -> None:
    pages = {}
    for path in built.rglob("*.html"):
        if path.name != "404.html":  # its links begin at the root of a server, wherever the site is
            page = HtmlPage(path.read_text(encoding="utf-8"))
            pages[path.relative_to(built).as_posix()] = (page.links, page.ids)
    assert len(pages) > 400
    assert lost(pages, built) == []


@needs_generator
@pytest.mark.parametrize(
    ("page", "titles"),
    [
        ("settings.html", ["Settings", "Differences from AWS CLI 2.36.7", "Changelog"]),
        ("architecture.html", ["Decisions", "Reference behaviour", "Contributing"]),
        ("reference/index.html", ["Commands of sagemaker", "Waiters", "Options of many commands"]),
    ],
)
def test_the_margin_lists_the_pages_of_the_part(built: Path, page: str, titles: list[str]) -> None:
    margin = (built / page).read_text(encoding="utf-8").partition("md-nav--primary")[2].partition("<article")[0]
    shown = [" ".join(words.split()) for words in re.findall(r">([^<>]+)<", margin)]
    assert [title for title in titles if title not in shown] == []


#: The dialog of the search lives in a shadow tree of its own.
DIALOG = (
    "const root = [...document.querySelectorAll('*')].map(e => e.shadowRoot)"
    ".find(r => r && r.querySelector('[role=combobox]'));"
)


def first_found(window: webdriver.Browser, address: str, words: str) -> str:
    """The address of the first result of a search."""
    window.go(f"{address}/index.html")
    window.run("document.querySelector('.md-search__button').click()")
    field = window.wait(DIALOG + "return root && root.querySelector('[role=combobox]')")
    window.type(field, words)
    shown = "const input = root.querySelector('[role=combobox]');"
    link = "const a = root.querySelector('[role=listbox] a'); return a && a.href.includes('h=') && a.href"
    return str(window.wait(DIALOG + shown + f"if (input.value !== '{words}') return null;" + link))


@needs_browser
def test_a_search_finds_the_page_of_an_operation(address: str, window: webdriver.Browser) -> None:
    found = first_found(window, address, "create-inference-experiment")
    assert found.startswith(f"{address}/reference/sagemaker/create-inference-experiment.html")
    window.go(found)
    assert window.title.startswith("create-inference-experiment")
    assert window.run("return document.querySelector('h1').textContent").startswith("create-inference-experiment")
    headings = window.run("return [...document.querySelectorAll('h2')].map(h => h.firstChild.textContent.trim())")
    assert headings == ["Description", "Synopsis", "Options", "Options of awsshadow", "Global Options", "Output"]
    assert window.run("return document.querySelectorAll('blockquote blockquote blockquote').length") > 0


@needs_browser
@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("--role-arn", "--role-arn"),
        ("InitialInstanceCount", "--production-variants.InitialInstanceCount"),
        ("ShadowModeConfig", "output.ShadowModeConfig"),
        ("--hydrate", "--hydrate"),
        ("--no-verify-ssl", "--no-verify-ssl"),
    ],
)
def test_a_search_leads_to_the_place_of_an_option_or_member(
    address: str, window: webdriver.Browser, words: str, place: str
) -> None:
    found = first_found(window, address, words)
    assert found.partition("#")[2] == place
    window.go(found)
    at = window.wait(
        f"const at = document.getElementById('{place}').getBoundingClientRect();"
        "return at.top > 0 && at.bottom < innerHeight && at.top"
    )
    assert at > 0


@needs_browser
def test_the_exact_name_of_a_command_comes_before_longer_ones(address: str, window: webdriver.Browser) -> None:
    found = first_found(window, address, "describe-endpoint")
    assert found.startswith(f"{address}/reference/sagemaker/describe-endpoint.html")


@needs_browser
def test_the_site_asks_nobody_else_for_anything(address: str, window: webdriver.Browser) -> None:
    for page in ("index.html", "reference/sagemaker/index.html"):
        window.go(f"{address}/{page}")
        asked = window.run("return performance.getEntriesByType('resource').map(e => e.name)")
        assert asked
        assert [url for url in asked if not url.startswith((address, "blob:", "data:"))] == []


SCHEME = "return document.body.getAttribute('data-md-color-scheme')"
#: The pictures that are shown, and whether they could be loaded.
PICTURES = (
    "const all = [...document.querySelectorAll('article img')].filter(i => i.offsetWidth);"
    "return all.every(i => i.complete) && all.map(i => [i.src.split('/').pop(), i.naturalWidth > 0])"
)


@needs_browser
@pytest.mark.parametrize(("scheme", "named"), [("light", "default"), ("dark", "slate")])
def test_colours_follow_the_system_and_so_do_pictures(
    address: str, window: webdriver.Browser, scheme: str, named: str
) -> None:
    window.emulate("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    window.go(f"{address}/index.html")
    assert window.run(SCHEME) == named
    assert window.wait(PICTURES) == [
        [f"performance.{scheme}.svg#only-{scheme}", True],
        ["terminal-session.svg", True],
    ]


@needs_browser
def test_a_reader_can_choose_dark(address: str, window: webdriver.Browser) -> None:
    window.emulate("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])
    window.go(f"{address}/index.html")
    shown = "[...document.querySelectorAll('[data-md-component=palette] label')].find(l => !l.hidden)"
    try:
        for title, named in (("Switch to light", "default"), ("Switch to dark", "slate")):
            assert window.wait(f"return {shown} && {shown}.title") == title
            window.run(f"{shown}.click()")
            assert window.run(SCHEME) == named
        assert window.wait(PICTURES)[0] == ["performance.dark.svg#only-dark", True]
        window.go(f"{address}/settings.html")
        assert window.run(SCHEME) == "slate"
    finally:
        window.run("localStorage.clear()")


@needs_browser
@pytest.mark.parametrize("page", PAGES)
def test_a_phone_scrolls_a_page_in_one_direction_only(address: str, window: webdriver.Browser, page: str) -> None:
    window.emulate("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
    try:
        window.go(f"{address}/{page}")
        assert window.run("return [innerWidth, document.documentElement.scrollWidth]") == [360, 360]
        wide = (
            "const inside = e => e.closest('pre, .md-typeset__scrollwrap, .md-typeset__table, .highlight');"
            "return [...document.querySelectorAll('article *')]"
            ".filter(e => e.getBoundingClientRect().right > 360.5 && !inside(e) && e.getBoundingClientRect().width)"
            ".map(e => e.tagName + ' ' + e.textContent.slice(0, 60))"
        )
        assert window.run(wide) == []
    finally:
        window.emulate("Emulation.clearDeviceMetricsOverride")
