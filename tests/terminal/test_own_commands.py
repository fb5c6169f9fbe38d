"""Own commands on terminals of 40, 80 and 200 columns, compared with screens that were looked at."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from awsshadow.sandbox.services.rehearsal import EXTRA, is_installed
from awsshadow.terminal import draw_checks
from awsshadow.terminal.appearance import Appearance
from awsshadow.terminal.checks import FACT, GOOD, NOTICE, PROBLEM, Check
from awsshadow.terminal.folding import display_width
from tests.support.screen import render
from tests.terminal.conftest import WIDTHS

if TYPE_CHECKING:
    from tests.terminal.conftest import OnTerminal, SameScreen

ROLE = "arn:aws:iam::123456789012:role/Any"
BOX = {"AWSSHADOW_SANDBOX": "box", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.mark.parametrize("columns", WIDTHS)
def test_ls(on_terminal: OnTerminal, same_screen: SameScreen, box: str, columns: int) -> None:
    shown = on_terminal("sandbox", "ls", "--state", box, columns=columns, rows=100)
    assert shown.code == 0
    assert all(display_width(line) <= columns for line in shown.screen().splitlines())
    same_screen(f"ls-{columns}", shown.screen())


def test_ls_in_a_pipe_is_plain_and_counts_as_people_do(on_terminal: OnTerminal, box: str) -> None:
    shown = on_terminal("sandbox", "ls", "--state", box, piped=True)
    rows = shown.stdout.decode().splitlines()
    assert rows[0].split() == ["REGION", "FAMILY", "NAME", "STATUS", "CREATED"]
    assert [row.split()[2] for row in rows[2:]] == ["churn-1", "churn-2", "churn-10"]
    assert b"\x1b" not in shown.stdout
    listed = json.loads(on_terminal("sandbox", "ls", "--json", "--state", box, piped=True).stdout)
    assert [row["name"] for row in listed][1:] == ["churn-1", "churn-2", "churn-10"]
    assert listed[0]["created"] == "2026-03-01T12:00:00+00:00"


@pytest.mark.parametrize("columns", WIDTHS)
def test_running(on_terminal: OnTerminal, columns: int) -> None:
    name = "a-notebook-instance-with-a-name-that-is-as-long-as-they-may-be"
    words = ["--notebook-instance-name", name, "--instance-type", "ml.t3.medium", "--role-arn", ROLE]
    assert on_terminal("sagemaker", "create-notebook-instance", *words, settings=BOX).code == 0
    shown = on_terminal("running", columns=columns, settings=BOX)
    lines = shown.screen().splitlines()
    assert shown.code == 0
    assert all(display_width(line) <= columns for line in lines)
    # The end of each cell, wherever it is folded.
    assert all(end in shown.screen() for end in ("may-be", "InService", "medium x 1", "s)"))
    plain = on_terminal("running", columns=columns, settings=BOX, piped=True).stdout.decode()
    assert plain.splitlines()[0].split() == ["KIND", "NAME", "STATUS", "INSTANCES", "SINCE"]
    assert plain.splitlines()[1].startswith(f"notebook-instance  {name}  ")


def test_a_long_listing_goes_through_the_pager(on_terminal: OnTerminal, box: str) -> None:
    shown = on_terminal("sandbox", "ls", "--state", box, rows=4, MANPAGER="sed s/^/paged:/")
    assert shown.screen().startswith("paged:")
    for words, term in ((["--no-cli-pager"], "xterm"), ([], "dumb")):
        line = ["sandbox", "ls", *words, "--state", box]
        assert "paged:" not in on_terminal(*line, rows=4, TERM=term, MANPAGER="sed s/^/paged:/").screen()


@pytest.mark.parametrize("columns", WIDTHS)
def test_coverage(on_terminal: OnTerminal, same_screen: SameScreen, columns: int) -> None:
    words = ["CreateModel", "describe-inference-experiment", "ListTags", "CreatePresignedDomainUrl"]
    same_screen(f"coverage-{columns}", on_terminal("sandbox", "coverage", *words, columns=columns).screen())


@pytest.mark.parametrize("columns", WIDTHS)
def test_faults_show(on_terminal: OnTerminal, same_screen: SameScreen, box: str, columns: int) -> None:
    empty = on_terminal("sandbox", "faults", "show", "--state", box).screen()
    assert empty == "Nothing shall go wrong in the sandbox in box.\n"
    assert on_terminal("sandbox", "fail", "demo*", "--reason", "No capacity", "--state", box).code == 0
    shown = on_terminal("sandbox", "faults", "show", "--state", box, columns=columns)
    same_screen(f"faults-{columns}", shown.screen())
    piped = on_terminal("sandbox", "faults", "show", "--state", box, piped=True).stdout
    assert json.loads(piped) == {"fail": [{"name": "demo*", "reason": "No capacity"}]}


@pytest.mark.parametrize("columns", WIDTHS)
def test_serve_says_what_it_is(on_terminal: OnTerminal, same_screen: SameScreen, columns: int) -> None:
    def interrupt(raw: bytes, program: subprocess.Popen[bytes]) -> None:
        if b"Ctrl-C" in raw:
            program.send_signal(signal.SIGINT)

    shown = on_terminal("sandbox", "serve", "--state", "box", columns=columns, piped=True, when=interrupt)
    assert shown.code == 0
    assert shown.stdout.startswith(b"export AWS_ENDPOINT_URL=http://127.0.0.1:")
    assert b"\x1b" not in shown.stdout
    port = re.search(rb"127.0.0.1:(\d+)", shown.stdout)
    assert port is not None
    screen = shown.screen().replace(port[1].decode(), "0" * len(port[1]))
    others = re.search(r"^. others(.*?)^. point", screen, re.MULTILINE | re.DOTALL)
    assert others is not None
    assert "".join(others[1].split()) == ("playedbymoto" if is_installed() else f"refused:{EXTRA.replace(' ', '')}")
    same_screen(f"serve-{columns}", screen.replace(others[1], " -\n"))


CHECKS = [
    Check("version", "awsshadow/0.1.0 Python/3.11.7 Linux/6.1.0-18-amd64 source/x86_64.debian.12"),
    Check("botocore", "/home/somebody/projects/churn/.venv/lib/python3.11/site-packages/botocore", GOOD),
    Check("profile", "'dev' is in neither file", PROBLEM, "The config file has [dev]: write [profile dev] there."),
    Check("NO_PROXY", "10.0.0.0/8: a range of addresses matches no host", NOTICE, "Name hosts, or domains: .internal"),
    Check("pager", "less", FACT),
]


@pytest.mark.parametrize("columns", WIDTHS)
def test_checks(same_screen: SameScreen, columns: int) -> None:
    look = Appearance(True, True, columns)
    text = draw_checks(CHECKS, look)
    screen = render(text.replace("\n", "\r\n").encode(), columns)
    assert all(display_width(line) <= columns for line in screen.splitlines())
    same_screen(f"checks-{columns}", screen)


def test_marks_where_the_encoding_has_none() -> None:
    text = draw_checks(CHECKS, Appearance(True, False, 80, has_unicode=False))
    assert text.isascii()
    assert "x profile" in text


@pytest.mark.parametrize("columns", WIDTHS)
def test_doctor_fits_and_breaks_no_word(on_terminal: OnTerminal, columns: int) -> None:
    shown = on_terminal("doctor", columns=columns, rows=200, AWS_REGION="eu-west-1", AWS_PROFILE="dev")
    assert shown.code == 1
    screen = shown.screen()
    assert "✗ profile" in screen
    assert "There are no profiles" in screen
    for line in screen.splitlines():
        assert display_width(line) <= columns
        assert not re.search(r"site-pack$|awssha$|pyth$", line)
    piped = on_terminal("doctor", piped=True, AWS_REGION="eu-west-1", AWS_PROFILE="dev")
    assert piped.code == 1
    assert b"\x1b" not in piped.stdout
    assert re.search(rb"(?m)^profile +PROBLEM: 'dev' is in neither file$", piped.stdout)


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("words", [(), ("sagemaker",)])
def test_the_start_page(on_terminal: OnTerminal, same_screen: SameScreen, words: tuple[str, ...], columns: int) -> None:
    shown = on_terminal(*words, columns=columns)
    assert shown.code == 252
    same_screen("-".join(["start", *words, str(columns)]), shown.screen())


def test_the_start_page_is_for_people_and_not_for_aws(on_terminal: OnTerminal) -> None:
    assert "Begin with" not in on_terminal(program="aws").screen()
    assert "Begin with" not in on_terminal("sagemaker", program="aws").screen()
    assert "Begin with" not in on_terminal(piped=True).screen()
    assert "Begin with" not in on_terminal("--region", "x").screen()


def test_help_shows_commands_before_options_on_a_terminal(on_terminal: OnTerminal) -> None:
    def sections(text: str) -> list[str]:
        return re.findall(r"(?m)^[A-Z][A-Z ]+$", text)

    shown = sections(on_terminal("help", MANPAGER="cat").screen())
    assert shown.index("AVAILABLE COMMANDS") < shown.index("EXAMPLES") < shown.index("GLOBAL OPTIONS")
    piped = sections(on_terminal("help", piped=True).stdout.decode())
    assert piped.index("GLOBAL OPTIONS") < piped.index("AVAILABLE COMMANDS")
    assert "EXAMPLES" not in piped
    assert "EXAMPLES" not in sections(on_terminal("help", program="aws", MANPAGER="cat").screen())


@pytest.mark.parametrize(("more", "words"), [({"NO_COLOR": "1"}, ()), ({}, ("--color", "off")), ({"TERM": "dumb"}, ())])
def test_help_without_colour_has_no_codes(
    on_terminal: OnTerminal, more: dict[str, str], words: tuple[str, ...]
) -> None:
    assert b"\x1b[1m" in on_terminal("help", PAGER="").raw
    for line in (("help",), ("doctor", "help")):
        assert b"\x1b" not in on_terminal(*words, *line, settings={"PAGER": "", **more}).raw


def test_completion_on_the_screen_says_where_it_belongs(on_terminal: OnTerminal) -> None:
    shown = on_terminal("completion", "zsh").screen()
    assert shown.endswith("echo 'eval \"$(awsshadow completion zsh)\"' >> ~/.zshrc\n")
    piped = on_terminal("completion", "zsh", piped=True)
    assert piped.screen() == ""
    assert b">> ~/.zshrc" not in piped.stdout
