"""What the reference trips over before it misses a terminal: the sample answer of the operation on the line.

Beside the line that is typed it shows what the operation would print (behaviour: input 6.2). It prepares that first, so
what is wrong there is what an error says.
"""

from __future__ import annotations

import io
import re
from shlex import quote

from awsshadow import skeleton
from awsshadow.command_line.options import OUTPUTS
from awsshadow.compile.slices import operations, waiters
from awsshadow.compile.sources import load
from awsshadow.complete.partial_line import Line
from awsshadow.errors import AwsShadowError, ParameterError
from awsshadow.model.stamp import model_stamp
from awsshadow.output import compile_query, printer
from awsshadow.streams import Streams

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.config.settings import Settings
    from awsshadow.model import Slice
    from awsshadow.output import Expression

#: What a query is taken for while its end is still being typed.
_INDEX, _OPEN = re.compile(r"([{\[])\d+?([}\]])"), re.compile(r"([{\[])[^]}]*$")
#: What is said where an encoding is asked for, which a text in memory does not have.
_NO_ENCODING = "'_io.StringIO' object has no attribute 'reconfigure'"

#: What is said of a command whose help is to be shown, and is not there.
_NO_COMMAND = "'NoneType' object has no attribute 'create_help_command'"


def complaint(words: Sequence[str], environ: dict[str, str], settings: Settings) -> str:
    """What is wrong with the sample for a line of ``words``, empty for nothing. Raises nothing of this package."""
    try:
        line = Line(list(words), environ)
        if _is_lost(line):
            return _NO_COMMAND
        slice = line.slice if line.path[1:2] != ["wait"] else None
        if slice is None or not _has_members(slice):
            return ""
        if "AWS_DEFAULT_OUTPUT" not in environ and not settings.profile_exists:
            return settings.complaint
        last = (words[-2], words[-1])
        format = line.used.get("--output") or ""
        if not format or (format not in OUTPUTS and last == ("--output", format)):
            format = settings.get("output") or ""
        query = line.used.get("--query", "")
        # The last word is taken as it stands on the line, which is with the quotes that it needs.
        expression = _expression(quote(query) if last == ("--query", query) else query)
    except (ParameterError, OSError, LookupError):
        return ""
    return _of_sample(slice, format, expression, environ) if format in OUTPUTS else ""


def _is_lost(line: Line) -> bool:
    """Whether a word names a command that the installed model has and a model of the user's own does not.

    The reference looks words up in a list that was made of the model it is installed with.
    """
    if model_stamp(line.environ) == model_stamp():
        return False
    words = line.path[1:]
    part, names = ("waiters", waiters) if words[:1] == ["wait"] else ("operations", operations)
    known = next((word for word in words if word in names(load())), None)
    return known is not None and not line.store.has(part, known)


def _of_sample(slice: Slice, format: str, query: Expression | None, environ: dict[str, str]) -> str:
    encoded = "AWS_CLI_OUTPUT_ENCODING" in environ or environ.get("PYTHONUTF8") == "1"
    if encoded and format not in ("text", "off"):
        return _NO_ENCODING
    try:
        printer(format, query, "off", Streams(None, io.StringIO(), None), None).document(
            slice.operation, skeleton.fake_output(slice)
        )
    except AwsShadowError as error:
        return error.message
    return ""


def _has_members(slice: Slice) -> bool:
    return slice.output_shape is not None and bool(slice.all_shapes()[slice.output_shape].get("members"))


def _expression(text: str) -> Expression | None:
    """The expression of as much of ``text`` as is whole. Raises ParameterError."""
    whole = _OPEN.sub("", _INDEX.sub(r"\g<1>0\g<2>", text)).strip(".")
    return compile_query(whole) if whole else None
