"""The prompt in a pseudo-terminal: keys in, screen and exit code out."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.support.program import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

pexpect = pytest.importorskip("pexpect", reason="pexpect is not installed: a terminal cannot be driven")
pytest.importorskip("prompt_toolkit", reason="prompt-toolkit is not installed")

PATIENCE = 60
F1, F2, F3, F4, F5 = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~"
ENTER, TAB, CTRL_C, CTRL_D, CTRL_R = "\r", "\t", "\x03", "\x04", "\x12"
TOOLBAR = r"\[ENTER\] Autocomplete"
#: Runs without a network and prints something short.
QUICK = "sagemaker delete-model --model-name m --generate-cli-skeleton"


class Session:
    """One run of the program; keys are sent once the screen stands."""

    def __init__(self, environ: dict[str, str], words: Iterable[str], rows: int = 40, columns: int = 160) -> None:
        self.child = pexpect.spawn(
            sys.executable, ["-m", "awsshadow", *words], env={**environ, "PYTHONPATH": str(ROOT)}, encoding="utf-8",
            timeout=PATIENCE, dimensions=(rows, columns),
        )  # fmt: skip

    def see(self, pattern: str) -> Session:
        self.child.expect(pattern)
        return self

    def type(self, keys: str) -> Session:
        self.child.send(keys)
        return self

    def end(self) -> tuple[str, int | None]:
        """What came after the last thing seen, and the exit code."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        assert "Traceback" not in self.child.before
        return self.child.before, self.child.exitstatus


class Start(Protocol):
    """Starts the program with these words; ``more`` are variables."""

    def __call__(self, *words: str, rows: int = 40, columns: int = 160, **more: str) -> Session: ...


@pytest.fixture
def start(environ: dict[str, str]) -> Iterator[Start]:
    sessions: list[Session] = []

    def begin(*words: str, rows: int = 40, columns: int = 160, **more: str) -> Session:
        sessions.append(Session({**environ, **more}, words, rows, columns))
        return sessions[-1]

    yield begin
    for session in sessions:
        session.child.close(force=True)


def test_an_accepted_line_is_shown_and_run(start: Start, home: Path) -> None:
    session = start("--cli-auto-prompt", *QUICK.split()).see(TOOLBAR).type(ENTER)
    _, code = session.see(r"> awsshadow " + QUICK + r'\r\n\{\r\n +"ModelName": ""\r\n\}\r\n').end()
    assert code == 0
    assert json.loads((home / ".aws/cli/cache/prompt_history.json").read_text())["commands"] == [QUICK]


def test_enter_takes_the_highlighted_candidate_and_then_runs_the_line(start: Start) -> None:
    session = start("--cli-auto-prompt", "sagemaker").see(TOOLBAR).type("dltmdl").see("delete-model")
    session.type(TAB + ENTER).see(r"\(required\)")
    session.type(TAB + ENTER + "m --generate-cli-skeleton" + ENTER)
    _, code = session.see(f"> awsshadow {QUICK}\r\n").end()
    assert code == 0


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_leaving_runs_nothing(start: Start, home: Path, key: str) -> None:
    session = start("--cli-auto-prompt", "sagemaker", "list-models").see(TOOLBAR).type(key)
    assert session.see("> awsshadow sagemaker list-models *\r\n").end()[1] == 130
    assert not (home / ".aws").exists()


def test_panels_come_and_go(start: Start) -> None:
    session = start("--cli-auto-prompt", *QUICK.replace("delete", "describe").split(), "output").see("Doc panel")
    session.type(F5).see("Output panel").see("PrimaryContainer")
    session.type(F1).see("Prompt panel help").see("CTRL-R")
    session.type(F1 + F3 + F4 + F2 + "jkzwGgq").type(CTRL_C)
    assert session.end()[1] == 130


def test_sample_output_follows_query_and_format(start: Start) -> None:
    words = ["sagemaker", "describe-model", "--output", "text", "--query", "[ModelName,ModelArn]"]
    session = start("--cli-auto-prompt", *words).see(TOOLBAR)
    session.type(F5).see("Output panel").see("ModelName.{1,20}ModelArn").type(CTRL_C)
    assert session.end()[1] == 130


def test_a_search_in_the_documentation(start: Start) -> None:
    session = start("--cli-auto-prompt", "sagemaker", "list-models").see(TOOLBAR)
    session.type(F2 + "/").type("sort-order" + ENTER + "nNq" + CTRL_C)
    assert session.end()[1] == 130


def test_lines_of_before_are_found(start: Start, home: Path) -> None:
    (home / ".aws/cli/cache").mkdir(parents=True)
    (home / ".aws/cli/cache/prompt_history.json").write_text(json.dumps({"version": 1, "commands": [QUICK, "other"]}))
    session = start("--cli-auto-prompt").see(TOOLBAR).type(CTRL_R).see("bck-i-search")
    session.type("delete").see("-model --model-name m").type(ENTER).type(ENTER)
    assert session.see(f"> awsshadow {QUICK}\r\n").end()[1] == 0


def test_a_broken_history_is_no_obstacle(start: Start, home: Path) -> None:
    (home / ".aws/cli/cache").mkdir(parents=True)
    (home / ".aws/cli/cache/prompt_history.json").write_text('{"commands": {')
    session = start("--cli-auto-prompt", *QUICK.split()).see(TOOLBAR).type(ENTER)
    assert session.see("> awsshadow ").end()[1] == 0


def test_words_are_quoted_for_editing_and_read_back(start: Start) -> None:
    session = start("--cli-auto-prompt", "sagemaker", "delete-model", "--model-name", "a b", "--generate-cli-skeleton")
    session.see(TOOLBAR).type(ENTER)
    assert session.see("> awsshadow sagemaker delete-model --model-name 'a b' --generate-cli-skeleton").end()[1] == 0


def test_an_open_quote_is_not_run(start: Start) -> None:
    session = start("--cli-auto-prompt", *QUICK.split()).see(TOOLBAR).type("'" + ENTER + "input'" + ENTER)
    assert session.see("> awsshadow .*--generate-cli-skeleton 'input'").end()[1] == 0


@pytest.mark.parametrize(("rows", "columns"), [(10, 40), (3, 20), (1, 1)])
def test_a_tiny_window(start: Start, rows: int, columns: int) -> None:
    session = start("--cli-auto-prompt", *QUICK.split(), rows=rows, columns=columns)
    session.see(r"\x1b\[").type(F5 + F1 + F3 + F3).type(ENTER)
    assert session.end()[1] == 0


def test_a_dumb_terminal_gets_a_clear_message(start: Start) -> None:
    text, code = start("--cli-auto-prompt", "sagemaker", TERM="dumb").end()
    assert code == 255
    assert "TERM says that this one is dumb" in text


def test_on_partial_runs_what_is_whole(start: Start) -> None:
    text, code = start(*QUICK.split(), AWS_CLI_AUTO_PROMPT="on-partial").end()
    assert code == 0
    assert "ENTER" not in text


def test_on_partial_asks_after_a_usage_error_and_does_not_show_it(start: Start) -> None:
    session = start("sagemaker", "delete-model", AWS_CLI_AUTO_PROMPT="on-partial").see(TOOLBAR)
    assert "required:" not in session.child.before
    session.type(" --model-name m --generate-cli-skeleton" + ENTER)
    assert session.see(f"> awsshadow {QUICK}\r\n").end()[1] == 0


def test_on_partial_shows_unknown_options_and_asks(start: Start) -> None:
    words = ["sagemaker", "list-models", "--nothing", "x"]
    session = start(*words, AWS_CLI_AUTO_PROMPT="on-partial").see("Unknown options: --nothing, x").see(TOOLBAR)
    session.type(CTRL_C)
    assert session.end()[1] == 130


def test_a_call_that_fails_after_the_prompt_keeps_its_exit_code(start: Start) -> None:
    words = ["sagemaker", "list-models", "--sort-by", "Never", "--endpoint-url", "nowhere"]
    session = start("--cli-auto-prompt", *words).see(TOOLBAR).type(ENTER)
    text, code = session.see("> awsshadow ").end()
    assert (code, "scheme is missing" in text) == (252, True)
