"""What stands beside the line: documentation of the command, and what it would print."""

from __future__ import annotations

import io

from awsshadow import help, output, skeleton
from awsshadow.errors import AwsShadowError
from awsshadow.streams import Streams

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.complete.partial_line import Line


def documentation(line: Line, width: int) -> tuple[str, int]:
    """The help text for what has been typed, and the offset in it of the option that is being filled."""
    path = tuple(line.path)
    if line.stray or (len(path) == 1 and path != ("sagemaker",)):
        path = path[:1] if path[:1] == ("sagemaker",) else ()
    try:
        text = help.page(path, line.store, width, "plain")
    except (KeyError, OSError):
        return "", 0
    option = line.awaiting or next(reversed(line.used), None)
    found = text.find(f"    {option} ", text.find("\nOPTIONS")) if option else -1
    return text, max(found, 0)


def sample(line: Line) -> str:
    """What the operation would print, in the format and with the query on the line."""
    slice = line.slice
    if slice is None:
        return ""
    written = io.StringIO()
    try:
        query = line.used.get("--query")
        expression = output.compile_query(query) if query else None
        form = line.used.get("--output") or line.environ.get("AWS_DEFAULT_OUTPUT") or "json"
        with output.printer(form, expression, "off", Streams(None, written, None), None) as printer:
            printer.document(slice.operation, skeleton.fake_output(slice))
    except AwsShadowError as error:
        return error.message
    return written.getvalue()
