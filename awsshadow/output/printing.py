"""What every format does: evaluate the query, keep the pages apart or together, mind the stream.

Rules: (behaviour: output 1, output 3.5, output 5.7).
"""

from __future__ import annotations

from itertools import chain

from awsshadow.errors import AwsShadowError
from awsshadow.output.merge_pages import merge
from awsshadow.output.spooled_text import Spool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Any, Self

    from awsshadow.model import Slice
    from awsshadow.model.answer_shapes import AnswerShapes
    from awsshadow.output.destination import Destination
    from awsshadow.output.merge_pages import Pages
    from awsshadow.output.query import Expression


class Printer:
    """Prints what one operation answered; used as a context manager around the printing.

    Both methods raise AwsShadowError if the query fails, the text cannot be encoded or standard
    output is closed, ConfigurationError if the pager does not exist, and whatever reading the
    pages raises.
    """

    #: Whether pages are written one by one, while the next ones are still to be fetched.
    prints_as_it_reads = False

    def __init__(self, screen: Destination, expression: Expression | None, color: str) -> None:
        """``color`` is ``on``, ``off`` or ``auto``; ``expression`` selects what is printed."""
        self.screen = screen
        self.expression = expression
        self.color = color
        #: What the model says about the answer that is printed, for formats that need more than the answer.
        self.slice: Slice | AnswerShapes | None = None

    def document(self, operation: str, document: Any) -> None:
        """Print the one response of ``operation`` (its CamelCase name)."""
        raise NotImplementedError

    def pages(self, operation: str, pages: Pages) -> None:
        """Print the responses of a paginated ``operation``, reading ``pages`` to their end."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.screen.close()
        if error is None:
            self.screen.complain()

    def selected(self, document: Any) -> Any:
        """What the query finds in ``document``, or ``document`` without a query."""
        return document if self.expression is None else self.expression.search(document)


class SilentPrinter(Printer):
    """``off``: every page is fetched, nothing is printed, the query is not evaluated."""

    def document(self, operation: str, document: Any) -> None:
        pass

    def pages(self, operation: str, pages: Pages) -> None:  # noqa: ARG002 - the interface of a printer
        for _ in pages:
            pass


class BufferedPrinter(Printer):
    """A format that prints one document, after the last page.

    A page that fails leaves nothing behind. When there is nothing to evaluate and one list is
    collected, a format that can (``spoolable``) turns each page into text as it comes, so that no
    more than a page is ever held as values.
    """

    spoolable = True
    #: What the text is written in, for whoever colours it.
    form = "json"

    def document(self, operation: str, document: Any) -> None:
        self.screen.begin()
        document = self.selected(document)
        try:
            self.show(operation, document)
        except OSError:
            self.screen.forget()  # nobody reads any more
        finally:
            self.screen.flush()

    def pages(self, operation: str, pages: Pages) -> None:
        self.screen.begin()
        if self.expression is None and self.spoolable and len(pages.result_keys) == 1:
            key = pages.result_keys[0]
            if key.isidentifier():
                self._spooled(operation, key, pages)
                return
        self.document(operation, merge(pages, pages))

    def show(self, operation: str, document: Any) -> None:  # noqa: ARG002 - for a format with a title
        """Write ``document``, if there is anything to it."""
        if document != {}:
            self.put_all([self.text(document)])

    def text(self, document: Any) -> str:
        """``document`` in this format, with its final newline."""
        raise NotImplementedError

    def items(self, values: list[Any], first: bool) -> str:
        """The elements ``values`` of the collected list as they stand in ``text``; not empty."""
        raise NotImplementedError

    def frame(self, key: str, members: dict[str, Any]) -> tuple[str, str]:
        """What stands before and after the elements of the list ``key`` beside ``members``."""
        raise NotImplementedError

    def unit(self, text: str, index: int) -> tuple[int, int]:  # noqa: ARG002 - for a format in several writes
        """Start and end of what the reference would write at once, around ``index`` in ``text``."""
        return 0, len(text)

    def put_all(self, pieces: Iterable[str]) -> None:
        """Write ``pieces``, one by one unless a format has reasons to cut elsewhere."""
        for piece in pieces:
            self.put(piece)

    def put(self, text: str) -> None:
        """Write ``text``; if it cannot be encoded, only what the reference writes before it fails."""
        text = self.screen.painted(text, self.form)
        try:
            self.screen.write(text)
        except UnicodeEncodeError as error:
            start, end = self.unit(text, error.start)
            self.screen.write(text[:start])
            write_strictly(self.screen, text[start:end])

    def _spooled(self, operation: str, key: str, pages: Pages) -> None:
        spool, found, unread = Spool(), False, iter(pages)
        try:
            for page in unread:
                values = page.get(key)
                if isinstance(values, list):
                    found = True
                    if values:
                        spool.write(self.items(values, spool.empty))
                elif values is not None and not found:
                    self.document(operation, merge(pages, chain([page], unread)))
                    return
                elif values is not None and not isinstance(values, dict):
                    raise AwsShadowError(f'can only concatenate list (not "{type(values).__name__}") to list')
            members = dict(pages.non_aggregate)
            if pages.resume_token is not None:
                members["NextToken"] = pages.resume_token
            if found and not spool.empty:
                self._unroll(self.frame(key, members), spool.pieces())
            else:
                self.document(operation, {key: [], **members} if found else members)
        finally:
            spool.close()

    def _unroll(self, frame: tuple[str, str], pieces: Iterator[str]) -> None:
        try:
            self.put_all(chain(frame[:1], _readable(pieces), frame[1:]))
        except OSError:
            self.screen.forget()  # nobody reads any more
        finally:
            self.screen.flush()


def write_strictly(screen: Destination, text: str) -> None:
    """Write ``text``. Raises AwsShadowError with the codec's words if it cannot be encoded."""
    try:
        screen.write(text)
    except UnicodeEncodeError as error:
        raise AwsShadowError(str(error)) from error


def _readable(pieces: Iterator[str]) -> Iterator[str]:
    """``pieces``, so that a temporary file that cannot be read is not taken for a closed pipe."""
    try:
        yield from pieces
    except OSError as error:
        raise AwsShadowError(f"Unable to read the result back from its temporary file: {error}") from error
