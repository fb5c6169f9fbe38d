"""A pager that does not exist, and Ctrl-C while one runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests.end_to_end.launch import environ
from tests.hints.conftest import START

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.endpoint import Endpoint
    from tests.support.endpoint_server import Reply
    from tests.support.stage import Stage

pexpect = pytest.importorskip("pexpect", reason="pexpect is not installed: a terminal cannot be driven")

PATIENCE = 60
ANSWER: Reply = {"body": '{"ModelName": "shown"}'}
WORDS = ["sagemaker", "describe-model", "--model-name", "m"]


class Start(Protocol):
    """Starts a command on a terminal, under ``name`` and with ``pager``; a shell reads ``tail`` behind it."""

    def __call__(self, name: str, pager: str, tail: str = "") -> Any: ...


@pytest.fixture
def start(stage: Stage) -> Iterator[Start]:
    children = []

    def begin(name: str, pager: str, tail: str = "") -> Any:
        line = ["-c", f'"$@" {tail}', "bash", sys.executable, "-c", START, name, *WORDS]
        env = {**environ(stage), "AWS_PAGER": pager, "TERM": "xterm"}
        children.append(
            pexpect.spawn(
                "bash", line, env=env, cwd=str(stage.work), encoding="utf-8", timeout=PATIENCE, dimensions=(24, 200)
            )
        )
        return children[-1]

    yield begin
    for child in children:
        child.close(force=True)


@pytest.mark.parametrize("name", ["aws", "awsshadow"])
def test_a_result_is_shown_whose_pager_does_not_exist(start: Start, endpoint: Endpoint, name: str) -> None:
    endpoint.script([ANSWER])
    child = start(name, "no-such-pager")
    child.expect(pexpect.EOF)
    child.close()
    shown, sentence, hint = (child.before.index(text) for text in ('"ModelName": "shown"', "[ERROR]", "Hint: "))
    assert shown < sentence < hint
    assert "The request was sent and its result is shown above. AWS_PAGER names no-such-pager" in child.before
    assert child.exitstatus == 253
    assert len(endpoint.requests()) == 1


def test_the_reference_has_nothing_on_standard_output(start: Start, endpoint: Endpoint, tmp_path: Path) -> None:
    """Under its name the result goes to standard error; without a terminal there, nowhere."""
    endpoint.script([ANSWER, ANSWER])
    child = start("aws", "no-such-pager", f"> /dev/tty 2> {tmp_path}/stderr")
    child.expect(pexpect.EOF)
    assert "shown" not in child.before
    text = (tmp_path / "stderr").read_text()
    assert text.endswith('running "aws help config-vars".\n')
    assert "shown" not in text


#: A pager that is interrupted, lives on, and ends when it is told to. Its handler may come in the middle of a print.
PAGER = """import os, signal
signal.signal(signal.SIGINT, lambda *_: os.write(1, b"interrupted\\n"))
print("reading", flush=True)
with open("/dev/tty") as keys:
    while keys.readline() != "q\\n":
        pass
print("leaving", flush=True)
"""


@pytest.mark.parametrize("name", ["aws", "awsshadow"])
def test_an_interrupt_is_the_pagers(start: Start, endpoint: Endpoint, stage: Stage, name: str) -> None:
    endpoint.script([ANSWER])
    stage.lay(stage.work, {"pager.py": PAGER})
    child = start(name, f"{sys.executable} pager.py")
    child.expect("reading")
    child.sendintr()
    child.expect("interrupted")
    with pytest.raises(pexpect.TIMEOUT):
        child.expect(pexpect.EOF, timeout=1)
    child.sendline("q")
    child.expect("leaving")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_a_pager_that_an_interrupt_ends(start: Start, endpoint: Endpoint) -> None:
    endpoint.script([ANSWER])
    child = start("aws", "sh -c 'cat; exec sleep 60'")
    child.expect("shown")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert 130 in (child.exitstatus, 128 + (child.signalstatus or 0))
