"""Where help goes: a pipe, a pager, a browser; and what it looks like there."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from awsshadow import help
from awsshadow.errors import AwsShadowError
from awsshadow.help.help_output import HelpOutput
from awsshadow.help.pager import Pager
from awsshadow.help.public_url import public_url
from awsshadow.streams import Streams
from tests.support.interpreter import unmeasured

if TYPE_CHECKING:
    from awsshadow.config.settings import Settings as RealSettings
    from awsshadow.model.store import Store

NAME = ("sagemaker", "bake-bread")


Shown = Callable[..., io.StringIO]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError("no such thing")


class Settings:
    """What ``show`` asks of the settings."""

    def __init__(self, output: str = "terminal") -> None:
        self._output = output

    def get(self, name: str) -> str:
        assert name == "cli_help_output"
        return self._output


@pytest.fixture
def shown(bakery: Store) -> Shown:
    def show(stdout: io.StringIO, environ: dict[str, str] | None = None, output: str = "terminal") -> io.StringIO:
        settings = cast("RealSettings", Settings(output))
        help.show(NAME, bakery, settings, environ or {}, Streams(None, stdout, None), "aws")
        return stdout

    return show


def test_a_pipe_gets_plain_text(shown: Shown) -> None:
    text = shown(io.StringIO()).getvalue()
    assert text.startswith("NAME\n    bake-bread - Bakes a loaf\n\nDESCRIPTION\n")
    assert "\x1b" not in text
    assert "\b" not in text


def test_a_pipe_is_80_columns_wide_unless_columns_says_otherwise(shown: Shown) -> None:
    sentence = "Print a sample document and send nothing."
    assert max(len(line) for line in shown(io.StringIO()).getvalue().split("\n") if "sample document" in line) <= 80
    assert sentence not in shown(io.StringIO(), {"COLUMNS": "40"}).getvalue()


@pytest.fixture
def pager(tmp_path: Path) -> tuple[Path, Path]:
    """A pager that keeps what it is given."""
    script = tmp_path / "less"
    kept = tmp_path / "kept"
    script.write_text(f"#!/bin/sh\ncat > {kept}\nexit 3\n")
    script.chmod(0o755)
    return script, kept


@pytest.mark.skipif(os.name == "nt", reason="the pager of this test is a shell script")
@pytest.mark.parametrize(
    ("variables", "bold"),
    [
        ({"MANPAGER": "{} -R", "PAGER": "nosuch"}, True),
        ({"PAGER": "{} -R"}, True),
        ({"PAGER": "{} --RAW-CONTROL-CHARS"}, True),
        ({"PAGER": "{}", "LESS": "FRX"}, True),
        ({"PAGER": "{}", "LESS": "FX"}, False),
        ({"PAGER": "{}"}, False),
        ({"MANPAGER": "", "PAGER": "{}"}, False),
        ({"MANPAGER": "sh -c 'cat > \"$KEPT\"'"}, False),
    ],
)
def test_a_terminal_gets_the_pager_and_bold_where_the_pager_can_show_it(
    shown: Shown, pager: tuple[Path, Path], variables: dict[str, str], bold: bool
) -> None:
    script, kept = pager
    environ = {name: value.format(script) for name, value in variables.items()}
    environ |= {"TERM": "xterm", "PATH": os.environ["PATH"], "KEPT": str(kept)}
    assert shown(Terminal(), environ).getvalue() == ""
    assert ("\x1b[1mNAME\x1b[22m" in kept.read_text()) == bold
    assert "bake-bread" in kept.read_text()


def test_a_person_is_told_what_the_second_of_two_options_does(linked: Callable[..., str]) -> None:
    sentence = "--no-sliced sends false. Without either of the two nothing is sent."
    wide = {"PAGER": "", "TERM": "xterm", "NO_COLOR": "1"}
    terminal = linked(wide)
    assert sentence in terminal
    assert "--cli-input-yaml: The same as --cli-input-json, written as YAML." in terminal
    assert sentence not in linked(wide, "aws")
    assert sentence not in linked(wide, stdout=io.StringIO())


LINKING = {"FORCE_HYPERLINK": "1", "TERM": "xterm"}


@pytest.fixture
def versioned(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """A ``less`` that says a version and writes what it is given into a file; gives the variables that name both."""

    def install(version: str) -> dict[str, str]:
        script = tmp_path / "less"
        script.write_text(f'#!/bin/sh\ncase "$1" in --version) {version};; *) cat > "$KEPT";; esac\n')
        script.chmod(0o755)
        return {"PAGER": f"{script} -R", "KEPT": str(tmp_path / "kept"), "PATH": os.environ["PATH"]}

    return install


@pytest.fixture
def linked(bakery: Store) -> Callable[..., str]:
    """The page as a terminal or its pager gets it."""

    def show(environ: dict[str, str], program: str = "awsshadow", stdout: io.StringIO | None = None) -> str:
        stdout = Terminal() if stdout is None else stdout
        settings = cast("RealSettings", Settings())
        help.show(NAME, bakery, settings, environ, Streams(None, stdout, None), program)
        kept = environ.get("KEPT")
        return stdout.getvalue() + (Path(kept).read_text() if kept and os.path.exists(kept) else "")

    return show


def has_links(text: str) -> bool:
    address = "https://docs.aws.amazon.com/goto/WebAPI/bakery-2020-01-01/BakeBread"
    assert "bake-bread" in text
    assert (address in text) == ("\x1b]8;" in text)
    return address in text


def test_a_terminal_that_has_links_gets_the_addresses(linked: Callable[..., str]) -> None:
    assert has_links(linked({"PAGER": "", **LINKING}))
    assert has_links(linked({"PAGER": "", **LINKING, "NO_COLOR": "1"}))
    assert not has_links(linked({"PAGER": "", "TERM": "xterm"}))
    assert not has_links(linked({"PAGER": "", **LINKING, "TERM": "dumb"}))
    assert not has_links(linked({"PAGER": "", **LINKING, "FORCE_HYPERLINK": "0"}))


def test_nobody_else_gets_links(linked: Callable[..., str]) -> None:
    assert not has_links(linked({"PAGER": "", **LINKING}, "aws"))
    assert not has_links(linked({"PAGER": "", **LINKING}, stdout=io.StringIO()))


@pytest.mark.skipif(os.name == "nt", reason="the pager of this test is a shell script")
@pytest.mark.parametrize(
    ("version", "more", "links"),
    [
        ("echo 'less 590 (GNU regular expressions)'", {}, True),
        ("echo 'less 581.2 (POSIX regular expressions)'; echo more", {}, True),
        ("echo 'less 590 (GNU regular expressions)'", {"PAGER": "{}", "LESS": "-FRX"}, True),
        ("echo 'less 590 (GNU regular expressions)'", {"PAGER": "{} -r"}, False),
        ("echo 'less 590 (GNU regular expressions)'", {"PAGER": "{}"}, False),
        ("echo 'less 551 (GNU regular expressions)'", {}, False),
        ("echo 'BusyBox v1.36 multi-call binary'", {}, False),
        ("echo unknown option >&2; exit 1", {}, False),
    ],
)
def test_a_pager_gets_links_if_it_says_that_it_knows_them(
    versioned: Callable[[str], dict[str, str]],
    linked: Callable[..., str],
    version: str,
    more: dict[str, str],
    links: bool,
) -> None:
    environ = versioned(version)
    less = environ["PAGER"].split()[0]
    text = linked({**environ, **LINKING, **{name: value.format(less) for name, value in more.items()}})
    assert has_links(text) == links


@pytest.mark.parametrize(
    ("variables", "bold"),
    [
        ({"PAGER": ""}, True),
        ({"PAGER": "nosuchpager"}, False),
        ({"TERM": "dumb", "PAGER": "sh -c 'exit 1'"}, False),
        ({"TERM": "", "PAGER": "sh -c 'exit 1'"}, False),
        ({"PAGER": "unbalanced '", "PATH": "/nonexistent"}, True),
    ],
)
def test_without_a_pager_or_with_a_dumb_terminal_text_is_written_straight(
    shown: Shown, variables: dict[str, str], bold: bool
) -> None:
    environ = {"TERM": "xterm", "PATH": os.environ["PATH"], **variables}
    text = shown(Terminal(), environ).getvalue()
    assert ("\x1b[1mNAME" in text) == bold
    assert "bake-bread" in text


@pytest.mark.skipif(os.name == "nt", reason="the pager of this test is a shell script")
def test_a_pager_that_leaves_early_is_no_error() -> None:
    environ = {"PAGER": "sh -c 'exit 0'", "PATH": os.environ["PATH"]}
    assert Pager(environ).run("line\n" * 100_000)


def test_a_pager_that_cannot_be_started(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x7fELF nonsense")
    broken.chmod(0o755)
    assert not Pager({"PAGER": str(broken)}).run("text")


@pytest.mark.parametrize(
    ("lineage", "path"),
    [
        ((), "index.html"),
        (("sagemaker",), "sagemaker/index.html"),
        (("sagemaker", "wait"), "sagemaker/wait/index.html"),
        (("sagemaker", "list-models"), "sagemaker/list-models.html"),
        (("sagemaker", "wait", "endpoint-in-service"), "sagemaker/wait/endpoint-in-service.html"),
    ],
)
def test_public_addresses(lineage: tuple[str, ...], path: str) -> None:
    assert public_url(lineage) == f"https://awscli.amazonaws.com/v2/documentation/api/2.36.7/reference/{path}"


def test_an_address_is_bare_in_a_pipe_and_a_line_on_a_terminal(shown: Shown) -> None:
    assert shown(io.StringIO(), output="url").getvalue() == public_url(NAME)
    assert shown(Terminal(), output="url").getvalue() == public_url(NAME) + "\n"


def test_a_browser_gets_a_file(shown: Shown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert shown(io.StringIO(), output="browser").getvalue() == "Opening help file in the default browser.\n"
    (path,) = tmp_path.iterdir()
    assert opened == [f"file://{path}"]
    assert path.name.startswith("sagemaker-bake-bread-")
    assert "<h1>bake-bread</h1>" in path.read_text()


def test_an_unknown_way_to_show_help_means_the_terminal(shown: Shown) -> None:
    assert shown(io.StringIO(), output="hologram").getvalue().startswith("NAME\n")


def test_what_the_encoding_lacks_becomes_a_question_mark() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, "ascii")
    HelpOutput(Streams(None, stream, None), {}).write("a\u2014b\n")
    assert raw.getvalue() == b"a?b\n"


@pytest.mark.skipif(os.name == "nt", reason="pipes break in another way there")
@pytest.mark.parametrize("size", [10, 1_000_000])
def test_a_reader_that_has_gone_away_is_no_error(size: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    stream = open(writing, "w")  # noqa: SIM115 - closed below, which must not fail either
    HelpOutput(Streams(None, stream, None), {}).write("x" * size)
    stream.close()


def test_no_standard_output_is_an_error() -> None:
    with pytest.raises(AwsShadowError):
        HelpOutput(Streams(None, None, None), {}).write("text")


def test_help_in_a_pipe_imports_no_third_party_and_nothing_heavy() -> None:
    script = (
        "import os, sys\n"
        "from awsshadow import help\n"
        "from awsshadow.model import find_store\n"
        "help.page(('sagemaker', 'create-model'), find_store(dict(os.environ)), 80, 'plain')\n"
        "print(*sys.modules)\n"
    )
    for _ in range(2):  # the first one may have to compile the slices
        done = subprocess.run(
            [sys.executable, "-c", script], env=unmeasured(), capture_output=True, text=True, check=True
        )
    heavy = {"botocore", "click", "yaml", "rich", "jmespath", "html", "subprocess", "shutil", "typing", "dataclasses"}
    assert not heavy & set(done.stdout.split())
