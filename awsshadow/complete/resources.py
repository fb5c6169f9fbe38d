"""Names of live resources: one listing, asked for in a process of its own, remembered for a while.

The listing runs as ``awsshadow sagemaker list-...`` with the profile, region and endpoint of the line
being typed. Whatever goes wrong (no credentials, no network, two seconds gone) means no candidates.
"""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
import time

from awsshadow.names import REGION_VARIABLES, SANDBOX_VARIABLE
from awsshadow.paths import cache_folder, make_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container
    from typing import Any

#: How long the user is made to wait for names, in seconds.
PATIENCE = 2.0
#: How long names are remembered, in seconds.
FRESH = 60.0
#: How long a listing that failed is not tried again, in seconds.
QUIET = 10.0
#: How many names are asked for: the most the service lists at once.
MOST = "100"
#: No list of names is longer than this many bytes.
_LARGEST = 1 << 20

#: With these a shell runs something, ends a quote or makes several words of one.
_ORDERS = frozenset("$`\\\"';&|<>()[]{}!\n")

_PASSED_ON = ("--profile", "--region", "--endpoint-url", "--ca-bundle", "--no-verify-ssl", "--no-sign-request")
_ACCOUNT = (
    "AWS_PROFILE", "AWS_DEFAULT_PROFILE", *REGION_VARIABLES, "AWS_ACCESS_KEY_ID", "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SAGEMAKER", "AWS_ROLE_ARN",
    SANDBOX_VARIABLE,
)  # fmt: skip
#: Nobody waits for a second attempt, and nothing is asked where nobody sees the question.
_QUICK = {"AWS_MAX_ATTEMPTS": "1", "AWS_CLI_AUTO_PROMPT": "off", "AWS_METADATA_SERVICE_NUM_ATTEMPTS": "1"}


def resource_names(
    source: dict[str, Any], options: Container[str], given: dict[str, str], environ: dict[str, str]
) -> list[str]:
    """The names that ``source`` (see ``compile.resources``) lists.

    ``options`` are those of the list operation, ``given`` those of the line with their values. Empty
    when a name the listing needs has not been typed yet, and on any error.
    """
    if any(not given.get(f"--{need}") for need in source["needs"]):
        return []
    arguments = [word for need in source["needs"] for word in (f"--{need}", given[f"--{need}"])]
    for option in _PASSED_ON:
        if option in given:
            arguments += [option, given[option]] if given[option] else [option]
    path = _remembered_at(source, arguments, environ)
    names = _recall(path)
    if names is None:
        wide = ["--max-results", MOST] if "--max-results" in options else []
        names = _ask(source, arguments + wide, environ)
        _remember(path, names or [], age=FRESH - QUIET if names is None else 0)
    return names or []


def _ask(source: dict[str, Any], arguments: list[str], environ: dict[str, str]) -> list[str] | None:
    command = [sys.executable, "-P", "-m", "awsshadow", "sagemaker", source["command"], *arguments]
    command += ["--no-paginate", "--output", "text", "--query", f"{source['result']}[].[{source['member']}]"]
    try:
        # A session of its own has no terminal: nothing in it can ask for a password or a code.
        asked = subprocess.Popen(
            command,
            env={**environ, **_QUICK},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError):
        return None
    try:
        answer, _ = asked.communicate(timeout=PATIENCE)
    except BaseException as error:
        _end(asked)
        if isinstance(error, subprocess.TimeoutExpired):
            return None
        raise
    if asked.returncode != 0:
        return None
    return _names(answer)


def _end(asked: subprocess.Popen[bytes]) -> None:
    """End the listing and what it has started, such as a program that gives credentials."""
    if sys.platform == "win32":
        asked.kill()
    else:
        try:
            os.killpg(asked.pid, signal.SIGKILL)
        except OSError:
            pass
    asked.wait()


def _names(text: bytes) -> list[str]:
    """One name a line. What a terminal or a shell would obey stays out: no real name holds any of it."""
    lines = text.decode("utf-8", "replace").split("\n")
    return [name for name in lines if name and name != "None" and name.isprintable() and _is_a_word(name)]


def _is_a_word(name: str) -> bool:
    """Whether a shell makes nothing but a word of ``name``, or quotes it with ease: it runs no part of it."""
    return not name.startswith("-") and _ORDERS.isdisjoint(name)


def _remembered_at(source: dict[str, Any], arguments: list[str], environ: dict[str, str]) -> str | None:
    cache = cache_folder(environ)
    if cache is None:
        return None
    facts = [source["command"], source["member"], *arguments, *(f"{n}={environ.get(n, '')}" for n in _ACCOUNT)]
    return os.path.join(cache, "names", hashlib.sha256("\0".join(facts).encode("utf-8", "replace")).hexdigest())


def _recall(path: str | None) -> list[str] | None:
    """The names remembered at ``path``; None when there are none, they are old or not the user's own."""
    if path is None:
        return None
    try:
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
            state = os.fstat(file.fileno())
            if not _own(state) or not 0 <= time.time() - state.st_mtime < FRESH:
                return None
            return _names(file.read(_LARGEST))
    except OSError:
        return None


def _own(state: os.stat_result) -> bool:
    if not stat.S_ISREG(state.st_mode):
        return False
    return sys.platform == "win32" or (state.st_uid == os.geteuid() and not state.st_mode & 0o022)


def _remember(path: str | None, names: list[str], age: float) -> None:
    """Keep ``names`` as if they had been listed ``age`` seconds ago."""
    if path is None:
        return
    try:
        make_private(os.path.dirname(path))
        _forget_old(os.path.dirname(path))
        partial = f"{path}.{os.getpid()}"
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(names))
        written = time.time() - age
        os.utime(partial, (written, written))
        os.replace(partial, path)
    except OSError:
        return


def _forget_old(folder: str) -> None:
    for entry in os.scandir(folder):
        if time.time() - entry.stat(follow_symlinks=False).st_mtime > FRESH:
            os.unlink(entry.path)
