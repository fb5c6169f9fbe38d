"""The documents of ``--cli-input-json`` and ``--cli-input-yaml``, merged under the given options.

Rules: (behaviour: input 3.2).
"""

from __future__ import annotations

import json

from awsshadow.arguments.paramfile import text_encoding
from awsshadow.arguments.values import TOO_DEEP, expanded, parameter_error
from awsshadow.errors import AwsShadowError, MalformedValueError, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from awsshadow.invocation import Given
    from awsshadow.streams import Streams

OPTIONS = ("cli-input-json", "cli-input-yaml")
STANDARD_INPUT = "-"


def read(option: str, value: Given, environ: Mapping[str, str], streams: Streams) -> Given | bytes:
    """The text of a document, which may be ``-`` for standard input, in UTF-8 or in the encoding of files.

    Raises ParameterError for what cannot be read.
    """
    if value != STANDARD_INPUT:
        return expanded(option, value, environ)
    if streams.stdin is None:
        raise parameter_error(option, "Standard input is closed.")
    if streams.is_tty("stdin") and streams.stderr is not None:
        streams.stderr.write("Reading standard input.\n")
        streams.stderr.flush()
    try:
        return streams.stdin.buffer.read().decode(_encoding(environ))
    except (OSError, UnicodeDecodeError) as error:
        raise parameter_error(option, f"Unable to read standard input: {error}") from None


def _encoding(environ: Mapping[str, str]) -> str:
    named = text_encoding(environ)
    # A mark of the byte order says what is plain already.
    return "utf-8-sig" if named.lower().replace("-", "") == "utf8" else named


def merge(
    parameters: dict[str, Any], given: Mapping[str, Given], environ: Mapping[str, str], texts: Mapping[str, Any]
) -> None:
    """Append to ``parameters`` those top-level keys of the document in ``given`` that no option set.

    ``texts`` are the documents that have been read already, by option.

    Nothing below the top level is merged, and no value is converted. Objects are plain dicts. A
    YAML document may hold what YAML knows beyond JSON: bytes, dates and date-times, sets, keys
    that are no text.

    Raises ParameterError for two documents, a file that cannot be read, a text that is not
    well-formed and a document that is no object.
    """
    used = [option for option in OPTIONS if option in given]
    if not used:
        return
    if len(used) > 1:
        raise ParameterError("Only one --cli-input- parameter may be specified.")
    option = used[0]
    text: Any = texts[option] if option in texts else expanded(option, given[option], environ)
    document = _load(option, text)
    if not isinstance(document, dict):
        message = parameter_error(option, f"Invalid type: expecting map, received {type(document)}").message
        raise MalformedValueError(message, option, _shown(text), None, "JSON" if option == OPTIONS[0] else "YAML")
    for key, value in document.items():
        parameters.setdefault(key, value)


def _load(option: str, text: Any) -> Any:
    return _json(option, text) if option == "cli-input-json" else _yaml(option, text)


def _json(option: str, text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise _malformed(option, text, getattr(error, "pos", None), "JSON") from None
    except RecursionError as error:
        raise AwsShadowError(str(error)) from None


def _yaml(option: str, text: str | bytes) -> Any:
    import yaml

    from awsshadow.arguments import yaml12

    try:
        return yaml12.load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = getattr(error, "position", None) if mark is None else mark.index
        raise _malformed(option, text, at, "YAML") from None
    except RecursionError:
        raise AwsShadowError(TOO_DEEP) from None


def _malformed(option: str, text: str | bytes, offset: int | None, language: str) -> ParameterError:
    """The one message about an option that names it without dashes."""
    message = f"Error parsing parameter '{option}': Invalid {language} received."
    return MalformedValueError(message, option, _shown(text), offset, language)


def _shown(text: str | bytes) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
