"""Manual pages: roff that is read as it was meant, and where it is put."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from awsshadow.help import man
from awsshadow.help.blocks import (
    CODE,
    ITALIC,
    Block,
    Bullets,
    Document,
    Entry,
    Literal,
    Note,
    Paragraph,
    Section,
    code,
    text,
)
from tests.help.trees import DOCUMENTS, PATIENT

if TYPE_CHECKING:
    from awsshadow.help.blocks import Span
    from awsshadow.model.store import Store

REQUESTS = {".TH", ".SH", ".PP", ".RS", ".RE", ".IP", ".PD", ".nf", ".fi", ".br", ".ad", ".nh"}


def body(*blocks: Block) -> str:
    page = Document(("sagemaker", "x"), "x", "Does", [Section("Options", list(blocks))])
    return man.render(page, "awsshadow", "2026-01-31").split(".SH OPTIONS\n", 1)[1]


def para(words: str) -> Paragraph:
    return Paragraph([text(words)])


def test_head_and_name() -> None:
    page = Document(("sagemaker", "make-it"), "make-it", "Does it", [])
    assert man.render(page, "awsshadow", "2026-01-31").split("\n")[:5] == [
        '.TH "MAKE\\-IT" "1" "2026-01-31" "awsshadow" "awsshadow"',
        ".ad l",
        ".nh",
        ".SH NAME",
        "awsshadow\\-sagemaker\\-make\\-it \\- Does it",
    ]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([text(".PP is text")], "\\&.PP is text"),
        ([text("'tis")], "\\(aqtis"),
        ([text("a\\b well-known --option")], "a\\eb well-known \\-\\-option"),
        ([code("a-b^~`")], "\\fBa\\-b\\(ha\\(ti\\(ga\\fR"),
        ([(ITALIC, "i", "")], "\\fIi\\fR"),
        ([(0, "link", "https://x.org")], "\\fIlink\\fR"),
        ([text("a\u2014b \u2026 \u00e9")], "a\\(emb \\[u2026] \\[u00E9]"),
        ([(CODE, "x" * 30 + "/" + "y" * 30, "")], "\\fB" + "x" * 30 + "/\\:" + "y" * 30 + "\\fR"),
    ],
)
def test_inline(spans: list[Span], expected: Any) -> None:
    assert body(Paragraph(spans)) == expected + "\n"


def test_blocks() -> None:
    entry = Entry([code("--x")], [para("a"), Bullets([[para("b")], [para("c")]])])
    assert body(entry, Literal(".a\n  b", "JSON Syntax:"), Note("Note", [para("n")])) == (
        "\\fB\\-\\-x\\fR\n.RS 4\na\n"
        '.IP "\\(bu" 4\nb\n.PD 0\n.IP "\\(bu" 4\nc\n.PD\n.RE\n'
        ".PP\nJSON Syntax:\n.RS 4\n.PP\n.nf\n\\&.a\n  b\n.fi\n.RE\n"
        ".PP\n\\fBNote:\\fR\n.RS 4\nn\n.RE\n"
    )


@PATIENT
@given(DOCUMENTS)
def test_no_text_is_taken_for_a_request(document: Document) -> None:
    depth = 0
    for line in man.render(document).split("\n"):
        assert line.isascii()
        assert not line.startswith("'")
        if line.startswith("."):
            assert line.split(" ")[0] in REQUESTS
        depth += {".RS": 1, ".RE": -1}.get(line.split(" ")[0], 0)
        assert depth >= 0
    assert depth == 0


@pytest.fixture(scope="session")
def pages(bakery: Store, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("man")
    return man.write_pages(str(folder), bakery, "awsshadow", "2026-01-31")


def test_every_command_has_a_page(pages: list[str]) -> None:
    assert [os.path.basename(path) for path in pages] == [
        "awsshadow.1",
        "awsshadow-sagemaker.1",
        "awsshadow-sagemaker-bake-bread.1",
        "awsshadow-sagemaker-list-loaves.1",
        "awsshadow-sagemaker-close-shop.1",
        "awsshadow-sagemaker-wait.1",
        "awsshadow-sagemaker-wait-loaf-baked.1",
        "awsshadow-sagemaker-wait-loaf-gone.1",
    ]
    assert {os.path.basename(os.path.dirname(path)) for path in pages} == {"man1"}


@pytest.mark.skipif(not shutil.which("mandoc"), reason="mandoc, which checks manual pages, is not installed")
def test_mandoc_finds_nothing_to_warn_of(pages: list[str]) -> None:
    checked = subprocess.run(["mandoc", "-Tlint", "-Wwarning", *pages], capture_output=True, text=True, check=False)
    assert checked.stdout == ""


@pytest.mark.skipif(not shutil.which("groff"), reason="groff, which formats manual pages, is not installed")
def test_groff_finds_nothing_to_warn_of(pages: list[str]) -> None:
    formatted = subprocess.run(["groff", "-man", "-ww", "-Tascii", *pages], capture_output=True, text=True, check=False)
    assert formatted.stderr == ""
