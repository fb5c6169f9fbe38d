"""The user's aliases: one INI file, and what an alias does to a command line (behaviour: input 5.1)."""

from __future__ import annotations

import os
import sys

from awsshadow.config.files import parse_ini
from awsshadow.errors import AwsShadowError, ConfigFileError
from awsshadow.invocation import Globals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ALIAS_FILE = os.path.join("~", ".aws", "cli", "alias")

_TOP = "toplevel"

#: Global options that an alias may not set, in the order in which they are looked for.
_REFUSED = ("debug", "profile")

#: Those that have taken effect for the whole line before an alias is looked at.
_TOO_LATE = ("ca_bundle", "cli_pager")

#: Those that each alias sets, to their defaults where it does not name them.
_RESET = ("cli_read_timeout", "cli_connect_timeout")


class Aliases:
    """Aliases by the commands they stand beside: ``of()`` at the top, ``of("sagemaker")`` and so on."""

    def __init__(self, sections: Mapping[str, Mapping[str, object]]) -> None:
        self._sections = {
            tuple(title.split()): {name: str(value).strip() for name, value in section.items()}
            for title, section in sections.items()
            if title == _TOP or title.startswith("command ")
        }

    def of(self, *lineage: str) -> dict[str, str]:
        """Alias -> value for the command ``lineage``."""
        return self._sections.get(("command", *lineage) if lineage else (_TOP,), {})


def read_aliases() -> Aliases:
    """The user's aliases. Raises ConfigFileError when the file cannot be parsed, and when what is there is no file."""
    path = os.path.expanduser(ALIAS_FILE)
    if os.path.exists(path) and not os.path.isfile(path):
        raise ConfigFileError(f"The specified config file ({path}) could not be found.", path, 0)
    return Aliases(parse_ini(ALIAS_FILE, nested=False))


def is_external(value: str) -> bool:
    """Whether the alias is a shell command."""
    return value.startswith("!")


def shell_text(value: str, words: Sequence[str]) -> str:
    """The shell command of an external alias, ``words`` quoted and appended."""
    return " ".join([value[1:], *map(_quoted, words)])


def words_of(name: str, value: str) -> list[str]:
    """The words of an internal alias. Raises AwsShadowError when its quotes do not match."""
    from shlex import split

    try:
        return [word.strip(os.linesep) for word in split(value)]
    except ValueError as error:
        raise AwsShadowError(
            f'Value of alias "{name}" could not be parsed. Received error: {error} when parsing:\n{value}'
        ) from None


def override(given: Globals, by_alias: Globals, name: str) -> None:
    """Let the global options in the alias ``name`` replace those in ``given``.

    An option that the alias sets to its default leaves what was given, but for timeouts: those of the alias count, or
    the usual ones. A bundle of certificates and the pager stay as they were. Raises AwsShadowError for the options that
    an alias may not set.
    """
    default = vars(Globals())
    changed = {key: value for key, value in vars(by_alias).items() if value != default[key]}
    for key in _REFUSED:
        if key in changed:
            raise AwsShadowError(
                f'Global parameter "--{key}" detected in alias "{name}" which is not supported in subcommand aliases.'
            )
    for key in _TOO_LATE:
        changed.pop(key, None)
    vars(given).update(changed)
    for key in _RESET:
        setattr(given, key, getattr(by_alias, key))


def _quoted(word: str) -> str:
    if sys.platform == "win32":
        from subprocess import list2cmdline

        return list2cmdline([word])
    from shlex import quote

    return quote(word)
