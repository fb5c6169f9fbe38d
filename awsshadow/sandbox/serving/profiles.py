"""Configuration files for a command that runs in a sandbox: every profile that it may name is the sandbox's account.

awsshadow takes any name there. Other clients look the name up in files, so these have the names that can be known
beforehand: those of the user's own files (their names, nothing of what is in them), those in the environment, those
that the command's words and its script name, and a few that are usual.
"""

from __future__ import annotations

import os
import re

from awsshadow.names import REGION_VARIABLES
from awsshadow.sandbox.serving.client_environment import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

USUAL = ("default", "dev", "development", "prod", "production", "sandbox", "staging", "test")
VARIABLES = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")
_FILES = {"AWS_CONFIG_FILE": "~/.aws/config", "AWS_SHARED_CREDENTIALS_FILE": "~/.aws/credentials"}
_NAME = r"[\w.@+/-]+"
_SECTION = re.compile(rf"^\s*\[\s*(?:profile\s+)?[\"']?({_NAME})[\"']?\s*\]", re.MULTILINE)
#: ``--profile dev``, ``AWS_PROFILE=dev``, ``${AWS_PROFILE:-dev}``, ``profile_name="dev"``; more does no harm.
_MENTION = re.compile(rf"profile\w*(?:\s*[:=]-?\s*|\s+)[\"']?({_NAME})", re.IGNORECASE)
#: Bytes of a script that are looked at.
_MOST = 1 << 20


#: What a script gives a value.
_DEFAULT_REGION = re.compile(r"\bAWS_DEFAULT_REGION=")


def names(command: Sequence[str], environ: Mapping[str, str]) -> list[str]:
    """The names of profiles that ``command`` may use, each once."""
    found = [*USUAL, *(environ[name] for name in VARIABLES if re.fullmatch(_NAME, environ.get(name, "")))]
    for variable, usual in _FILES.items():
        found += _SECTION.findall(_text(os.path.expanduser(environ.get(variable) or usual)))
    for text in _said_by(command):
        found += _MENTION.findall(text)
    return list(dict.fromkeys(found))


def chooses_default_region(command: Sequence[str]) -> bool:
    """Whether ``command`` sets ``AWS_DEFAULT_REGION`` and does not know ``AWS_REGION``, which goes before it."""
    texts = _said_by(command)
    return any(_DEFAULT_REGION.search(text) for text in texts) and not any(
        REGION_VARIABLES[0] in text for text in texts
    )


def config_text(profiles: Iterable[str], region: str) -> str:
    """A configuration file in which all of them have ``region``."""
    return "".join(f"[{name if name == 'default' else f'profile {name}'}]\nregion = {region}\n\n" for name in profiles)


def credentials_text(profiles: Iterable[str]) -> str:
    """A credentials file in which all of them have the keys of the sandbox."""
    return "".join(f"[{name}]\naws_access_key_id = {KEY}\naws_secret_access_key = {KEY}\n\n" for name in profiles)


def _said_by(command: Sequence[str]) -> list[str]:
    """The words of a command, and the scripts among them."""
    return [" ".join(command), *map(_text, command)]


def _text(path: str) -> str:
    """The beginning of a plain file, nothing of what is none."""
    try:
        if not os.path.isfile(path):
            return ""
        with open(path, "rb") as file:
            return file.read(_MOST).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
