"""Other systems and poorer surroundings: what cannot be run here is asked with the platform's name changed."""

import ast
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from awsshadow import paths, version
from awsshadow.config import files
from awsshadow.config.settings import Settings
from awsshadow.invocation import Globals
from awsshadow.output import destination
from awsshadow.streams import Streams
from tests.end_to_end.launch import Run, below, command, environ, models
from tests.support.endpoint import Endpoint
from tests.support.program import ROOT
from tests.support.stage import Stage

#: What only POSIX has, by module; a use must be guarded.
POSIX_ONLY = {
    "os": "fork forkpty geteuid getuid getgid getpgrp tcgetpgrp setsid uname killpg chown mkfifo openpty waitid wait"
    " wait3 wait4 getpgid setpgid initgroups O_NOCTTY O_NOFOLLOW O_CLOEXEC WNOHANG",
    "signal": "SIGPIPE SIGHUP SIGQUIT SIGALRM SIGCHLD SIGKILL SIGUSR1 SIGUSR2 SIGTSTP SIGWINCH alarm setitimer"
    " pthread_sigmask",
    "time": "tzset",
    "socket": "AF_UNIX",
}
POSIX_MODULES = {"fcntl", "termios", "pwd", "grp", "resource", "tty", "pty", "readline", "curses", "syslog", "crypt"}

#: (module, name) -> why Windows never comes there, or what catches it.
GUARDED = {
    ("awsshadow/paths.py", "geteuid"): "returns before it",
    ("awsshadow/call/trust_folder.py", "geteuid"): "returns before it",
    ("awsshadow/complete/resources.py", "geteuid"): "the platform is asked first",
    ("awsshadow/complete/resources.py", "killpg"): "the platform is asked first",
    ("awsshadow/complete/resources.py", "SIGKILL"): "the platform is asked first",
    ("awsshadow/version.py", "uname"): "returns before it",
    ("awsshadow/call/useragent.py", "uname"): "the platform is asked first",
    ("awsshadow/removal/plan_file.py", "fcntl"): "the platform is asked first",
    ("awsshadow/terminal/progress.py", "tcgetpgrp"): "AttributeError is caught",
    ("awsshadow/terminal/progress.py", "getpgrp"): "AttributeError is caught",
    ("awsshadow/sandbox/serving/child_process.py", "O_NOCTTY"): "AttributeError is caught",
    ("awsshadow/sandbox/serving/child_process.py", "tcgetpgrp"): "there is no terminal to open",
    ("awsshadow/sandbox/serving/child_process.py", "getpgrp"): "there is no terminal to open",
}


def uses() -> set[tuple[str, str]]:
    """Everything of POSIX alone that the package names, by file."""
    found = set()
    for path in sorted((ROOT / "awsshadow").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.attr in POSIX_ONLY.get(node.value.id, "").split():
                    found.add((name, node.attr))
            elif isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names]
                modules = names if isinstance(node, ast.Import) else [node.module or ""]
                found.update((name, module) for module in modules if module.partition(".")[0] in POSIX_MODULES)
    return found


def test_what_only_posix_has_is_guarded() -> None:
    assert uses() <= set(GUARDED), "guard it for Windows and say how"


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """``sys.platform`` of Windows, and the calls it lacks taken away."""
    monkeypatch.setattr(sys, "platform", "win32")
    for name in ("geteuid", "uname", "fork", "getpgrp", "tcgetpgrp"):
        monkeypatch.delattr(os, name, raising=False)
    return monkeypatch


def test_caches_of_windows(windows: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert paths.cache_folder({"LOCALAPPDATA": str(tmp_path)}) == str(tmp_path / "awsshadow")
    assert paths.cache_folder({}) is None
    assert paths.is_private(str(tmp_path))
    assert not paths.is_private(str(tmp_path / "missing"))


KEPT = os.path.join("operations", "x.json")


def test_slices_are_cached_on_windows(windows: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from awsshadow.model import cache

    place, folder = str(tmp_path / "a"), str(tmp_path / "a" / "final")
    for text in ("first", "second"):
        cache.begin(place, folder, "stamp")
        cache.Keeper(place, folder).keep(KEPT, text)
        assert below(tmp_path / "a") == ["final", *(os.path.join("final", n) for n in ("operations", KEPT, "stamp"))]
        assert (tmp_path / "a" / "final" / KEPT).read_text() == text


@pytest.mark.skipif(sys.platform == "win32", reason="paths are joined by backslashes there")
def test_caches_of_macos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("HOME", "/Users/u")
    assert paths.cache_folder({}) == "/Users/u/Library/Caches/awsshadow"
    assert paths.cache_folder({"XDG_CACHE_HOME": "/x"}) == "/x/awsshadow"


def test_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as where nobody knows the user
    assert paths.cache_folder({}) is None
    assert paths.cache_folder({"XDG_CACHE_HOME": "relative"}) is None
    assert files.read_config_files({}).profiles == {}


def test_the_version_line_of_windows(windows: pytest.MonkeyPatch) -> None:
    import platform

    windows.setattr(platform, "system", lambda: "Windows")
    windows.setattr(platform, "release", lambda: "10")
    windows.setattr(platform, "machine", lambda: "AMD64")
    line = version.version_line("aws", {})
    assert " Windows/10 " in line
    assert "source/AMD64" in line


@pytest.mark.parametrize(("system", "pager"), [("win32", "more"), ("darwin", "less"), ("linux", "less")])
def test_the_default_pager(monkeypatch: pytest.MonkeyPatch, system: str, pager: str) -> None:
    monkeypatch.setattr(sys, "platform", system)
    none = files.ConfigFiles({}, {})
    assert Settings(Globals(), {}, none).pager == pager
    assert Settings(Globals(), {"PAGER": "x"}, none).pager == "x"


def test_the_pager_of_windows_is_a_command_of_the_shell(windows: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

    started: list[tuple[object, bool]] = []

    class Started:
        stdin = None

        def __init__(self, words: object, *, shell: bool, **_: object) -> None:
            started.append((words, shell))

    windows.setattr(subprocess, "Popen", Started)
    destination.Destination(Streams(None, Terminal(), None), r"C:\bin\less.exe -R 'x").write("text")
    assert started == [(r"C:\bin\less.exe -R 'x", True)]


def test_words_of_an_alias_on_windows(windows: pytest.MonkeyPatch) -> None:
    from awsshadow.command_line.alias import shell_text

    assert shell_text("!echo", ["a b", 'c"d']) == 'echo "a b" c\\"d'


# -- poorer surroundings, really run

ASCII = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
posix = pytest.mark.skipif(sys.platform == "win32", reason="surroundings of POSIX")


@posix
def test_the_c_locale(endpoint: Endpoint, run: Run) -> None:
    words = ["sagemaker", "describe-model", "--model-name", "m", "--output"]
    endpoint.script([{"body": '{"ModelName": "plain"}'}])
    assert run(*words, "text", env=ASCII).stdout == b"plain\n"
    endpoint.script([{"body": '{"ModelName": "\u00e9"}'}])
    for format in ("json", "text", "table", "yaml"):
        done = run(*words, format, env=ASCII)
        # YAML escapes what the encoding lacks no more than the others do: one error, as the reference.
        assert (done.returncode, b"Traceback" in done.stderr) == (255, False)
        assert b"codec can't encode character" in done.stderr
        assert run(*words, format, env={**ASCII, "AWS_CLI_OUTPUT_ENCODING": "utf-8"}).returncode == 0


@posix
def test_words_that_are_no_text(endpoint: Endpoint, stage: Stage) -> None:
    endpoint.script([{"body": "{}"}])
    line = [os.fsencode(word) for word in command(["sagemaker", "describe-model", "--model-name"])] + [b"\xff\xfe"]
    for settings in ({}, ASCII):
        done = subprocess.run(
            line, env={**environ(stage), **settings}, cwd=stage.work, capture_output=True, timeout=60, check=False
        )
        assert done.returncode in (0, 252, 255)
        assert b"Traceback" not in done.stderr


@posix
@pytest.mark.parametrize("names", [["HOME"], ["HOME", "XDG_CACHE_HOME"], ["HOME", "PATH", "LANG", "TERM", "TZ"]])
def test_an_environment_with_next_to_nothing(endpoint: Endpoint, stage: Stage, run: Run, names: list[str]) -> None:
    endpoint.script([models(1)])
    for name in names:
        stage.environ.pop(name)
    if "XDG_CACHE_HOME" in names:
        stage.environ["XDG_CACHE_HOME"] = "not/absolute"
    done = run("sagemaker", "list-models", "--output", "text", "--query", "Models[].ModelName")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"model-0\n", b"")


@posix
def test_a_working_folder_that_is_gone(endpoint: Endpoint, stage: Stage) -> None:
    endpoint.script([models(1)])
    line = ["sh", "-c", 'mkdir gone; cd gone; rmdir ../gone; exec "$@"', "sh", *command(["sagemaker", "list-models"])]
    done = subprocess.run(line, env=environ(stage), cwd=stage.work, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@posix
@pytest.mark.parametrize("columns", [40, 1, 0])
@pytest.mark.parametrize("words", [["--output", "table", "--color", "off"], ["help"]])
def test_a_narrow_terminal(endpoint: Endpoint, stage: Stage, words: list[str], columns: int) -> None:
    import fcntl
    import struct
    import termios

    endpoint.script([{"body": '{"Models": [{"ModelName": "m", "ModelArn": "%s"}]}' % ("a" * 100)}])
    parent, child = os.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    surroundings = {**environ(stage), "PAGER": "", "MANPAGER": ""}
    running = subprocess.Popen(
        command(["sagemaker", "list-models", *words]), env=surroundings, cwd=stage.work, stdout=child,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(child)
    seen = b""
    try:
        while piece := os.read(parent, 65536):
            seen += piece
    except OSError:
        pass  # how Linux says that the other end is closed
    os.close(parent)
    assert running.communicate(timeout=60)[1] == b""
    assert running.returncode == 0
    assert b"list-models" in seen or b"ListModels" in seen
