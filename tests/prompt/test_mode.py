"""When the user is asked, and when that cannot be."""

from __future__ import annotations

import builtins
import io
from typing import TYPE_CHECKING

import pytest

from awsshadow import prompt
from awsshadow.config.files import ConfigFiles
from awsshadow.config.settings import Settings
from awsshadow.errors import AwsShadowError
from awsshadow.invocation import Globals
from awsshadow.streams import Streams

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    from awsshadow.config.files import Section


@pytest.mark.parametrize(
    ("argv", "environ", "profile", "expected"),
    [
        ([], {}, {}, "off"),
        (["--cli-auto-prompt"], {}, {}, "on"),
        (["--cli-auto-prompt", "help"], {}, {}, "off"),
        (["--cli-auto-prompt", "--version"], {}, {}, "off"),
        (["--cli-auto-prompt", "--no-cli-auto-prompt"], {}, {}, "off"),
        ([], {"AWS_CLI_AUTO_PROMPT": "on"}, {}, "on"),
        ([], {"AWS_CLI_AUTO_PROMPT": "ON-partial"}, {}, "on-partial"),
        ([], {"AWS_CLI_AUTO_PROMPT": "perhaps"}, {}, "off"),
        (["sagemaker", "help"], {"AWS_CLI_AUTO_PROMPT": "on"}, {}, "off"),
        ([], {"AWS_CLI_AUTO_PROMPT": "off"}, {"cli_auto_prompt": "on"}, "off"),
        ([], {}, {"cli_auto_prompt": "on"}, "on"),
        ([], {}, {"cli_auto_prompt": "on-partial"}, "on-partial"),
        ([], {"AWS_PROFILE": "missing", "AWS_CLI_AUTO_PROMPT": "on"}, {}, "on"),
        ([], {"AWS_PROFILE": "missing"}, {"cli_auto_prompt": "on"}, "off"),
        (["--cli-auto-prompt"], {"AWS_PROFILE": "missing"}, {}, "on"),
    ],
)
def test_mode(argv: list[str], environ: dict[str, str], profile: Section, expected: str) -> None:
    settings = Settings(Globals(), environ, ConfigFiles({"default": profile}, {}))
    assert prompt.wanted(argv, settings, Streams(None, None, None)) == expected


MISSING_PROFILE = "The config profile (missing) could not be found"
NO_ENCODING = "'_io.StringIO' object has no attribute 'reconfigure'"
UNSET = Settings(Globals(), {}, ConfigFiles({}, {}))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stdin", "stdout"), [(io.StringIO(), Terminal()), (Terminal(), io.StringIO()), (None, None)])
@pytest.mark.parametrize(
    ("line", "environ", "complaint"),
    [
        ("", {"AWS_PROFILE": "missing"}, ""),
        ("sagemaker list-models", {}, ""),
        ("sagemaker list-models --cli-auto-prompt", {"AWS_PROFILE": "missing"}, MISSING_PROFILE),
        ("sagemaker list-models x", {"AWS_PROFILE": "missing"}, MISSING_PROFILE),
        ("sagemaker list-models", {"AWS_PROFILE": "missing", "AWS_DEFAULT_OUTPUT": "text"}, ""),
        ("sagemaker nope", {"AWS_PROFILE": "missing"}, ""),
        ("sagemaker delete-model", {"AWS_PROFILE": "missing"}, ""),
        ("sagemaker wait endpoint-in-service", {"AWS_PROFILE": "missing"}, ""),
        ("sagemaker list-models", {"AWS_CLI_OUTPUT_ENCODING": "bogus"}, NO_ENCODING),
        ("sagemaker list-models --output text", {"AWS_CLI_OUTPUT_ENCODING": "bogus"}, ""),
        ("sagemaker list-models --output te", {"AWS_CLI_OUTPUT_ENCODING": "bogus"}, NO_ENCODING),
        ("sagemaker list-models --query [", {"PYTHONUTF8": "1"}, ""),
        ("sagemaker list-models --query Models", {"PYTHONUTF8": "1"}, NO_ENCODING),
    ],
)
def test_without_a_terminal_there_is_a_warning_and_no_more_than_a_complaint(
    stdin: io.StringIO | None, stdout: io.StringIO | None, line: str, environ: dict[str, str], complaint: str
) -> None:
    stderr = io.StringIO()
    settings = Settings(Globals(), environ, ConfigFiles({}, {}))
    with pytest.raises(AwsShadowError) as caught:
        prompt.ask(line.split(), "aws", {"TERM": "xterm", **environ}, Streams(stdin, stdout, stderr), settings)
    assert caught.value.message == complaint
    assert stderr.getvalue() == "Warning: Input is not a terminal (fd=0).\n"


def test_without_prompt_toolkit_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if name.startswith("awsshadow.prompt.screen"):
            raise ModuleNotFoundError("No module named 'prompt_toolkit'", name="prompt_toolkit")
        return real(name, globals, locals, fromlist, level)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(AwsShadowError, match=r"pip install 'awsshadow\[auto-prompt\]'"):
        prompt.ask([], "aws", {"TERM": "xterm"}, Streams(Terminal(), Terminal(), None), UNSET)


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_dumb_terminal_is_told_so(term: str) -> None:
    pytest.importorskip("prompt_toolkit")
    with pytest.raises(AwsShadowError, match="dumb"):
        prompt.ask([], "aws", {"TERM": term}, Streams(Terminal(), Terminal(), None), UNSET)
