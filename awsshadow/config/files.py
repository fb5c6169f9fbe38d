"""The shared configuration and credentials files, read as the reference reads them (behaviour: input 4.1).

Only what awsshadow itself needs to know before a call is taken from here; a call's region and
credentials come from botocore, which reads the same files by the same rules. A machine without
these files pays for one failed ``open`` and no import.
"""

from __future__ import annotations

import os

from awsshadow.errors import ConfigFileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    Section = dict[str, str | dict[str, str]]


class ConfigFiles:
    """``profiles`` (name -> keys, credentials over config), ``services`` and ``sections`` by name."""

    def __init__(self, profiles: dict[str, Section], sections: dict[str, Section]) -> None:
        self.profiles = profiles
        self.sections = sections


def read_config_files(environ: Mapping[str, str]) -> ConfigFiles:
    """Read both files. A missing path, a folder or an empty name is no file.

    Raises ConfigFileError when a file that exists cannot be parsed.
    """
    config = parse_ini(environ.get("AWS_CONFIG_FILE", "~/.aws/config"))
    credentials = parse_ini(environ.get("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"))
    profiles: dict[str, Section] = {}
    sections: dict[str, Section] = {}
    for name, section in config.items():
        profile = _profile_name(name)
        if profile is None:
            sections[name] = section
        else:
            profiles[profile] = section
    for name, section in credentials.items():
        profiles[name] = {**profiles.get(name, {}), **section}
    return ConfigFiles(profiles, sections)


def parse_ini(path: str, nested: bool = True) -> dict[str, Section]:
    """The sections of one INI file, keys in lower case; empty when there is no such file.

    Every section has the keys of ``[DEFAULT]``, which is none itself. With ``nested``, a value that
    begins on its next line is a block of ``key = value`` lines. Raises ConfigFileError with
    the reference's message when the text is not such a file.
    """
    full = os.path.expanduser(os.path.expandvars(path))
    if not path or not os.path.isfile(full):
        return {}
    import configparser

    parser = configparser.RawConfigParser()
    try:
        with open(full, encoding="utf-8") as file:
            parser.read_file(file)
        return {name: _section(parser.items(name), nested) for name in parser.sections()}
    except (configparser.Error, UnicodeDecodeError, ValueError) as error:
        line = getattr(error, "lineno", None) or next((at for at, _ in getattr(error, "errors", ())), 0)
        raise ConfigFileError(f"Unable to parse config file: {full}", full, line) from None
    except OSError:
        return {}


def _section(items: list[tuple[str, str]], nested: bool) -> Section:
    return {key: _block(value) if nested and value.startswith("\n") else value for key, value in items}


def _block(text: str) -> dict[str, str]:
    block = {}
    for line in text.splitlines():
        if line.strip():
            key, equals, value = line.partition("=")
            if not equals:
                raise ValueError(line)
            block[key.strip()] = value.strip()
    return block


def _profile_name(section: str) -> str | None:
    """The profile a section of the config file describes, None for other sections."""
    if section == "default":
        return section
    if not section.startswith("profile"):
        return None
    import shlex

    try:
        words = shlex.split(section)
    except ValueError:
        return None
    return words[1] if len(words) == 2 else None
