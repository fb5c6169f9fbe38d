"""A command run until its end: streams, exit status, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.sandbox.serving import child_process

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = sys.executable

needs_signals = pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to pass on")


def python(text: str, *words: str, **environ: str) -> int:
    return child_process.run([PYTHON, "-c", text, *words], {**os.environ, **environ})


@pytest.mark.parametrize("status", [0, 1, 3, 255])
def test_the_exit_status_is_the_commands(status: int) -> None:
    assert python(f"raise SystemExit({status})") == status


def test_streams_words_and_environment_are_the_commands(capfd: pytest.CaptureFixture[str]) -> None:
    assert python("import os, sys; print(sys.argv[1:], os.environ['GIVEN'])", "--", "a b", "-x", GIVEN="here") == 0
    assert capfd.readouterr().out.strip() == "['--', 'a b', '-x'] here"


@needs_signals
@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL", "SIGSEGV"])
def test_a_command_that_a_signal_ends(name: str) -> None:
    number = getattr(signal, name)
    assert python(f"import os; os.kill(os.getpid(), {int(number)})") == 128 + number


def test_a_command_that_does_not_exist() -> None:
    with pytest.raises(child_process.CannotStartError, match="There is no command 'no-such-command'") as caught:
        child_process.run(["no-such-command"], os.environ)
    assert caught.value.exit_code == 127


@needs_signals
def test_a_file_that_is_no_program(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("text")
    with pytest.raises(child_process.CannotStartError, match=r"Cannot run .*plain': Permission denied") as caught:
        child_process.run([str(tmp_path / "plain")], os.environ)
    assert caught.value.exit_code == 126


WAITS = """
import signal, sys, time
def end(number, frame):
    print("got", number, flush=True)
    sys.exit(40)
for name in ("SIGINT", "SIGTERM", "SIGHUP"):
    signal.signal(getattr(signal, name), end)
open(sys.argv[1], "w").close()
while True:
    time.sleep(0.02)
"""
RUNS = """
import os, sys
from awsshadow.sandbox.serving.child_process import run
sys.exit(run(sys.argv[1:], os.environ))
"""


@needs_signals
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_signals_are_passed_on_once(name: str, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    words = [PYTHON, "-c", RUNS, PYTHON, "-c", WAITS, str(ready)]
    # A session of its own has no terminal, so nobody but the runner can pass the signal on.
    runner = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, start_new_session=True)
    while not ready.exists():
        assert runner.poll() is None
        time.sleep(0.01)
    runner.send_signal(getattr(signal, name))
    assert runner.communicate(timeout=20)[0] == f"got {int(getattr(signal, name))}\n"
    assert runner.returncode == 40


@needs_signals
def test_a_key_of_the_terminal_reaches_the_command_once(tmp_path: Path) -> None:
    pexpect = pytest.importorskip("pexpect")
    ready = tmp_path / "ready"
    terminal = pexpect.spawn(PYTHON, ["-c", RUNS, PYTHON, "-c", WAITS, str(ready)], timeout=20, echo=False)
    while not ready.exists():
        assert terminal.isalive()
        time.sleep(0.01)
    terminal.sendintr()
    assert terminal.read().decode().replace("^C", "").split() == ["got", "2"]
    terminal.wait()
    assert terminal.exitstatus == 40


@needs_signals
def test_a_signal_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        text = "import os, signal; os.kill(os.getpid(), signal.SIGHUP); raise SystemExit(5)"
        assert python(text) == 5
    finally:
        signal.signal(signal.SIGHUP, before)


@needs_signals
def test_signals_are_given_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    python("")
    assert signal.getsignal(signal.SIGTERM) is before


@needs_signals
def test_a_signal_from_before_the_start_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    popen = subprocess.Popen

    def slow(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        os.kill(os.getpid(), signal.SIGTERM)
        return popen(*arguments, **options)

    monkeypatch.setattr("awsshadow.sandbox.serving.child_process.subprocess.Popen", slow)
    assert python("import time; time.sleep(20)") == 128 + signal.SIGTERM
