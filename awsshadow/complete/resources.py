"""Names of live resources: one listing, asked for in a process of its own, remembered for a while.

The listing runs as ``awsshadow sagemaker list-...`` with the profile, region and endpoint of the line
being typed. Whatever goes wrong (no credentials, no network, two seconds gone) means no candidates.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time

from awsshadow.place import cache_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: How long the user is made to wait for names, in seconds.
PATIENCE = 2.0
#: How long names are remembered, in seconds.
FRESH = 60.0

_PASSED_ON = ("--profile", "--region", "--endpoint-url", "--ca-bundle", "--no-verify-ssl", "--no-sign-request")
_ACCOUNT = (
    "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SAGEMAKER", "AWSSHADOW_SANDBOX",
)  # fmt: skip


def resource_names(source: dict[str, Any], given: dict[str, str], environ: dict[str, str]) -> list[str]:
    """The names that ``source`` (see ``compile.resources``) lists; ``given`` are the line's options.

    Empty when a name the listing needs has not been typed yet, and on any error.
    """
    if any(f"--{need}" not in given for need in source["needs"]):
        return []
    arguments = [word for need in source["needs"] for word in (f"--{need}", given[f"--{need}"])]
    for option in _PASSED_ON:
        if option in given:
            arguments += [option, given[option]] if given[option] else [option]
    path = _remembered_at(source, arguments, environ)
    names = _recall(path)
    if names is None:
        names = _ask(source, arguments, environ)
        if names is not None:
            _remember(path, names)
    return names or []


def _ask(source: dict[str, Any], arguments: list[str], environ: dict[str, str]) -> list[str] | None:
    command = [sys.executable, "-m", "awsshadow", "sagemaker", source["command"], *arguments]
    command += ["--no-paginate", "--output", "text", "--query", f"{source['result']}[].[{source['member']}]"]
    quick = {"AWS_MAX_ATTEMPTS": "1", "AWS_CLI_AUTO_PROMPT": "off", "AWS_METADATA_SERVICE_NUM_ATTEMPTS": "1"}
    try:
        done = subprocess.run(
            command,
            env={**environ, **quick},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return [name for name in done.stdout.decode("utf-8", "replace").splitlines() if name and name != "None"]


def _remembered_at(source: dict[str, Any], arguments: list[str], environ: dict[str, str]) -> str | None:
    cache = cache_folder(environ)
    if cache is None:
        return None
    facts = [source["command"], source["member"], *arguments, *(f"{n}={environ.get(n, '')}" for n in _ACCOUNT)]
    return os.path.join(cache, "names", hashlib.sha256("\0".join(facts).encode("utf-8", "replace")).hexdigest())


def _recall(path: str | None) -> list[str] | None:
    try:
        if path is None or not 0 <= time.time() - os.stat(path).st_mtime < FRESH:
            return None
        with open(path, encoding="utf-8") as file:
            return file.read().splitlines()
    except (OSError, ValueError):
        return None


def _remember(path: str | None, names: list[str]) -> None:
    if path is None:
        return
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        _forget_old(os.path.dirname(path))
        partial = f"{path}.{os.getpid()}"
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(names))
        os.replace(partial, path)
    except OSError:
        return


def _forget_old(folder: str) -> None:
    for entry in os.scandir(folder):
        if time.time() - entry.stat().st_mtime > FRESH:
            os.unlink(entry.path)
