"""An input document in a file against the operation it is for."""

from __future__ import annotations

import json
import os
import re

from awsshadow.arguments import yaml12
from awsshadow.check.findings import Finding
from awsshadow.check.judge import Judge
from awsshadow.check.positions import json_lines, yaml_lines
from awsshadow.errors import AwsShadowError
from awsshadow.names import argument_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Any

    from awsshadow.check.positions import Lines
    from awsshadow.model import Slice

_SCHEMA = "$schema"
#: Lines of a YAML document that say what it is: for this program, and for editors.
_NAMED = re.compile(r"^#\s*awsshadow:\s*(?:sagemaker\s+)?([\w-]+)\s*$", re.MULTILINE)
_MODELINE = re.compile(r"^#\s*yaml-language-server:\s*\$schema=(\S+)", re.MULTILINE)
_ENDINGS = re.compile(r"(\.schema)?\.json$")


class Malformed(Exception):  # noqa: N818 - becomes a finding
    """The text is no document."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class Document:
    """The text of a file, read as JSON or as YAML. Raises Malformed."""

    def __init__(self, path: str, text: str, is_json: bool | None = None) -> None:
        self.path = path
        self._text = text
        self._is_json = looks_like_json(path, text) if is_json is None else is_json
        self.value: Any = _read_json(text) if self._is_json else _read_yaml(text)

    @property
    def operation(self) -> str | None:
        """The operation that the document says it is for, as a command; None if it does not."""
        if not self._is_json:
            named = _NAMED.search(self._text)
            if named is not None:
                name = named.group(1)
                return argument_name(name) if name[:1].isupper() else name
        schema = self.value.get(_SCHEMA) if isinstance(self.value, dict) else None
        modeline = None if self._is_json else _MODELINE.search(self._text)
        place = schema if isinstance(schema, str) else modeline.group(1) if modeline is not None else ""
        return _ENDINGS.sub("", place.replace("\\", "/").rpartition("/")[2]) or None

    def findings(
        self, slice: Slice, strict: bool, given: Collection[str] = (), extras: bool = True
    ) -> Iterator[Finding]:
        """What is wrong with the document as input of ``slice``; the members ``given`` come from elsewhere."""
        value = self.value
        if not isinstance(value, dict):
            yield Finding(self.path, 1, "syntax", "the document is no object")
            return
        if extras and isinstance(value.get(_SCHEMA), str):
            value = {key: item for key, item in value.items() if key != _SCHEMA}
        # What an option gives as well is not taken from the document.
        value = {key: item for key, item in value.items() if key not in given}
        name = slice.input_shape
        shapes = slice.shapes if name is not None else {"": {"type": "structure", "members": {}}}
        lines: Lines | None = None
        try:
            found = list(Judge(shapes, strict, extras).top(value, name or "", given))
        except RecursionError:
            yield Finding(self.path, 1, "syntax", "the document is nested too deeply")
            return
        for wrong in found:
            lines = self._lines() if lines is None else lines
            yield Finding(self.path, lines.of(wrong.path), wrong.rule, wrong.message, wrong.level)

    def _lines(self) -> Lines:
        return json_lines(self._text) if self._is_json else yaml_lines(yaml12.compose(self._text))


def looks_like_json(path: str, text: str) -> bool:
    """By the ending of its name; of a file that has neither, by its first character."""
    ending = os.path.splitext(path)[1].lower()
    if ending in (".json", ".yaml", ".yml"):
        return ending == ".json"
    return text.lstrip()[:1] in ("{", "[")


def _read_json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Malformed(error.lineno, f"no JSON: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise Malformed(1, f"no JSON that can be read: {error}") from None


def _read_yaml(text: str) -> Any:
    try:
        return yaml12.load(text)
    except yaml12.YAMLError as error:
        line, said = yaml12.place_of(error)
        raise Malformed(line, f"no YAML: {said}") from None
    except (AwsShadowError, RecursionError) as error:
        raise Malformed(1, f"no YAML that can be read: {error}") from None
