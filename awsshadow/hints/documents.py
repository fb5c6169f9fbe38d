"""Values that cannot be read: JSON, YAML, shorthand, and the files they come from."""

from __future__ import annotations

import os
import re

from awsshadow.command_line.usage_errors import nearest
from awsshadow.hints.block import pointed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.errors import BytesValueError, MalformedValueError, UnreadableValueError
    from awsshadow.hints.scene import Scene

_BOM = "\ufeff"
#: The first bytes of a file in UTF-16.
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LITERALS = {"True": "true", "False": "false", "None": "null", "NaN": "null", "undefined": "null"}
_SMART = "\u2018\u2019\u201c\u201d\u00ab\u00bb"
#: Endings of files with documents.
_ENDINGS = (".json", ".yaml", ".yml", ".txt")
_WORD = re.compile(r"[A-Za-z_][\w.-]*")
#: No system has longer names of files.
_LONGEST_NAME = 4096
#: Columns that the margin of the block takes.
_MARGIN = 6


def malformed(error: MalformedValueError, scene: Scene) -> list[str]:
    """Where the text of an option breaks its grammar, and why that usually happens."""
    forgotten = _forgotten_file(error.text)
    if forgotten:
        return [forgotten]
    offset = _place(error) if error.text.strip() else None
    lines = [] if offset is None else pointed(error.text, offset, scene.width - _MARGIN)
    reason = _REASONS[error.language](error.text, offset)
    return [*lines, reason] if reason else lines


def _place(error: MalformedValueError) -> int | None:
    """Where the text breaks off; found by reading it as JSON where nobody has."""
    if error.offset is not None or error.language != "JSON":
        return error.offset
    import json

    try:
        json.loads(error.text)
    except json.JSONDecodeError as problem:
        return problem.pos
    except (ValueError, RecursionError):
        return None
    return None


def _forgotten_file(text: str) -> str | None:
    name = text.strip()
    if not name or len(name) > _LONGEST_NAME or set(name) & {"\n", "\0"}:
        return None
    path = os.path.expanduser(name)
    if os.path.isfile(path):
        return f"{name} is a file. To read the value from it, write file://{name}"
    if name.lower().endswith(_ENDINGS) and not set(name) & set("{}[]=,\"'"):
        return f"To read the value from a file, write file://{name} (there is no file of that name here)"
    return None


def _json(text: str, offset: int | None) -> str:
    if text.startswith(_BOM):
        return _BOM_TEXT
    if "\0" in text:
        return _UTF16_TEXT
    if not text.strip():
        return "The text is empty"
    if offset is None:
        return "The document has to be one object: {...}"
    return _json_at(text[:offset].rstrip(), text[offset:])


def _json_at(before: str, rest: str) -> str:
    """Why JSON breaks off between ``before`` and ``rest``."""
    char, last = rest[:1], before[-1:]
    word = _WORD.match(rest)
    comma = (last == "," and char in ("]", "}")) or (char == "," and rest[1:].lstrip()[:1] in ("]", "}"))
    after_value = bool(last) and last in '"}]0123456789el'
    reasons = (
        (not rest.strip(), _unfinished(before + rest)),
        (comma, "JSON has no comma after the last element: take it away"),
        (
            char == "'",
            'JSON wants double quotes: "name", and the whole value in single quotes for the shell',
        ),
        (
            char in [*_SMART],
            "These are typographic quotes, as a word processor makes them. JSON wants plain double quotes",
        ),
        (char and char < " ", "A text in JSON holds no line breaks and no control characters: write \\n and the like"),
        (char in ("#", "/"), "JSON has no comments"),
        (word is not None, _bare_word(word[0] if word else "")),
        (after_value and char in ('"', "{", "["), "A comma is missing before this place"),
    )
    return next((reason for applies, reason in reasons if applies), "")


def _bare_word(word: str) -> str:
    if word in _LITERALS:
        return f"JSON writes {_LITERALS[word]} where Python and others write {word}"
    return (
        f'{word} has no quotes. JSON wants "{word}"; a shell takes double quotes away unless the whole value stands '
        "in single quotes"
    )


def _unfinished(text: str) -> str:
    open_ones: list[str] = []
    quoted = escaped = False
    for char in text:
        if quoted:
            quoted, escaped = (char != '"' or escaped), (char == "\\" and not escaped)
        elif char == '"':
            quoted = True
        elif char in "{[":
            open_ones.append("}" if char == "{" else "]")
        elif char in "}]" and open_ones:
            open_ones.pop()
    missing = ('"' if quoted else "") + "".join(reversed(open_ones))
    return f"The text ends too early: {missing} is missing" if missing else "The text ends too early"


def _yaml(text: str, offset: int | None) -> str:
    if "\0" in text:
        return _UTF16_TEXT
    if offset is None:
        return "The document has to be a mapping of members to values"
    start = text.rfind("\n", 0, offset) + 1
    line = text[start:].split("\n", 1)[0]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "YAML is indented with blanks, not with tabs"
    if line.count(": ") > 1 and not set(line) & set("\"'{"):
        return "A value that holds a colon and a blank wants quotes"
    return "Look at this line and the one before it: indentation, quotes and brackets have to match"


def _shorthand(text: str, offset: int | None) -> str:
    at = len(text) if offset is None else offset
    begin = text.lstrip()[:2]
    reasons = (
        ("\0" in text, _UTF16_TEXT),
        (
            begin[:1] in ("'", '"') and begin[1:] in ("{", "["),
            "The quotes around the JSON have reached the program: the shell did not take them away",
        ),
        (
            _is_said_before(text, at),
            "Several elements stand with a blank between them, not with a comma: Key=a,Value=b Key=c,Value=d",
        ),
        (
            at >= len(text) and "=" not in text,
            "Write Key=Value,Key=Value, or JSON, or file:// and the name of a file",
        ),
        (
            "," in text[: at + 1],
            "A value with commas, brackets or quotes wants quotes of its own: Key='a,b'; or use JSON",
        ),
    )
    return next((reason for applies, reason in reasons if applies), "Write Key=Value,Key=Value; or use JSON")


def _is_said_before(text: str, at: int) -> bool:
    """Whether a key begins at ``at`` that the text has before."""
    key = _WORD.match(text[at:])
    return key is not None and re.search(rf"(^|,)\s*{re.escape(key[0])}\s*=", text[:at]) is not None


_REASONS = {"JSON": _json, "YAML": _yaml, "shorthand": _shorthand}
_BOM_TEXT = (
    "The text begins with a byte order mark, as some editors for Windows write it. Save the file as UTF-8 "
    "without one, or set AWS_CLI_FILE_ENCODING=utf-8-sig"
)
_UTF16_TEXT = (
    "The text holds zero characters, so it is UTF-16, as PowerShell writes files. Save it as UTF-8, or set "
    "AWS_CLI_FILE_ENCODING=utf-16"
)


def unreadable(error: UnreadableValueError, scene: Scene) -> list[str]:  # noqa: ARG001 - the interface of a hint
    """A file that is not there, or in another encoding."""
    path = error.path
    if os.path.isdir(path):
        return [f"{path} is a folder"]
    if os.path.exists(path):
        return _undecodable(path)
    folder, name = os.path.split(path)
    if not os.path.isdir(folder or "."):
        return [f"There is no folder {folder}"]
    found = nearest(name, sorted(os.listdir(folder or "."))[:1000], 0.6)
    where = "" if os.path.isabs(path) else f" Relative names are looked for in {os.getcwd()}"
    if found:
        return [f"Nearest in that folder: {', '.join(os.path.join(folder, near) for near in found)}.{where}"]
    return [where.strip()] if where else []


def _undecodable(path: str) -> list[str]:
    try:
        with open(path, "rb") as file:
            begin = file.read(2)
    except OSError:
        return [f"Nobody but its owner may read {path}" if not os.access(path, os.R_OK) else f"{path} cannot be read"]
    if begin in _UTF16:
        return [
            (
                f"{path} is UTF-16, as PowerShell writes files. Convert it (iconv -f UTF-16 -t UTF-8), or set "
                "AWS_CLI_FILE_ENCODING=utf-16"
            )
        ]
    return ["Set AWS_CLI_FILE_ENCODING to the encoding of the file if it is text, latin-1 say"]


def given_bytes(error: BytesValueError, scene: Scene) -> list[str]:  # noqa: ARG001
    """``fileb://`` for an option that takes text."""
    return [f"--{error.option} takes text. fileb:// is for binary values: write file:// instead"]
