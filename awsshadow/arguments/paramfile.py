"""Values that name a file: ``file://PATH`` stands for its text, ``fileb://PATH`` for its bytes (behaviour: input 2.2).

A leading ``~`` and then ``$VAR`` and ``${VAR}`` in the path are those of the process. No other
prefix means anything: URLs are plain text.
"""

from __future__ import annotations

import os

from awsshadow.errors import AwsShadowError, UnreadableFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT = "file://"
BYTES = "fileb://"


def names_file(value: object) -> bool:
    """Whether ``value`` is a text that stands for the contents of a file."""
    return isinstance(value, str) and value.startswith((TEXT, BYTES))


def contents(value: str, environ: Mapping[str, str]) -> str | bytes:
    """What ``value`` stands for: the contents of the file it names, or itself if it names none.

    Text is read with universal newlines. Raises UnreadableFile, and a plain AwsShadowError for an
    encoding that Python does not know.
    """
    if value.startswith(TEXT):
        return _text(value, _path(value[len(TEXT) :]), environ)
    if value.startswith(BYTES):
        path = _path(value[len(BYTES) :])
        try:
            with open(path, "rb") as file:
                return file.read()
        except OSError as error:
            raise _unreadable(value, path, error) from None
    return value


def _text(value: str, path: str, environ: Mapping[str, str]) -> str:
    try:
        with open(path, encoding=text_encoding(environ)) as file:
            return file.read()
    except UnicodeDecodeError:
        message = (
            f"Unable to load paramfile ({path}), text contents could not be decoded.  "
            f"If this is a binary file, please use the {BYTES} prefix instead of the {TEXT} prefix."
        )
        raise UnreadableFile(message, path) from None
    except LookupError as error:
        raise AwsShadowError(str(error)) from None
    except OSError as error:
        raise _unreadable(value, path, error) from None


def _unreadable(value: str, path: str, error: OSError) -> UnreadableFile:
    return UnreadableFile(f"Unable to load paramfile {value}: {error}", path)


def _path(typed: str) -> str:
    return os.path.expandvars(os.path.expanduser(typed))


def text_encoding(environ: Mapping[str, str]) -> str:
    """The encoding of text files: ``AWS_CLI_FILE_ENCODING``, else that of the locale.

    The C locale says nothing about files, so it counts as UTF-8.
    """
    named = environ.get("AWS_CLI_FILE_ENCODING")
    if named is not None:
        return named
    import locale

    if locale.setlocale(locale.LC_CTYPE) in ("C", "POSIX"):
        return "UTF-8"
    return locale.getpreferredencoding()
