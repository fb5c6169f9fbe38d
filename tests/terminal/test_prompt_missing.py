"""Auto-prompt that is configured where prompt-toolkit is not installed: as if it were off, and said once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.terminal.conftest import OnTerminal

WHOLE = ("sagemaker", "delete-model", "--model-name", "m", "--generate-cli-skeleton", "--region", "us-east-1")
HALF = ("sagemaker", "delete-model")
PACKAGE = "prompt-toolkit"


@pytest.fixture
def without_toolkit(tmp_path: Path, environ: dict[str, str]) -> dict[str, str]:
    """Variables with which Python finds no prompt-toolkit."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text("import sys\nsys.modules['prompt_toolkit'] = None\n")
    return {"PYTHONPATH": f"{folder}:{environ['PYTHONPATH']}"}


@pytest.mark.parametrize("program", ["aws", "awsshadow"])
@pytest.mark.parametrize("mode", ["on", "on-partial"])
def test_a_whole_command_runs(
    on_terminal: OnTerminal, without_toolkit: dict[str, str], mode: str, program: str
) -> None:
    shown = on_terminal(*WHOLE, program=program, settings=without_toolkit, AWS_CLI_AUTO_PROMPT=mode)
    assert (shown.code, shown.screen()) == (0, '{\n    "ModelName": ""\n}\n')


@pytest.mark.parametrize("words", [HALF, ("sagemaker", "list-models", "--nonsense"), ("sagemaker", "lst-models")])
@pytest.mark.parametrize("mode", ["on", "on-partial"])
def test_half_a_command_gets_the_ordinary_error_and_the_package_once(
    on_terminal: OnTerminal, without_toolkit: dict[str, str], mode: str, words: tuple[str, ...]
) -> None:
    ordinary = on_terminal(*words, settings=without_toolkit)
    shown = on_terminal(*words, settings=without_toolkit, AWS_CLI_AUTO_PROMPT=mode)
    assert shown.code == ordinary.code == 252
    assert shown.raw.startswith(ordinary.raw)
    assert shown.screen().replace("\n", "").count(PACKAGE) == 1


def test_only_the_option_refuses(on_terminal: OnTerminal, without_toolkit: dict[str, str]) -> None:
    shown = on_terminal(*WHOLE, "--cli-auto-prompt", settings=without_toolkit)
    assert shown.code == 255
    assert PACKAGE in shown.screen()
    assert "ModelName" not in shown.screen()


def test_a_configured_profile_is_no_more_than_a_wish(
    on_terminal: OnTerminal, without_toolkit: dict[str, str], environ: dict[str, str]
) -> None:
    folder = Path(environ["HOME"], ".aws")
    folder.mkdir()
    (folder / "config").write_text("[default]\ncli_auto_prompt = on\nregion = us-east-1\n")
    assert on_terminal(*WHOLE, settings=without_toolkit).code == 0
    assert on_terminal(*HALF, settings=without_toolkit).screen().replace("\n", "").count(PACKAGE) == 1
