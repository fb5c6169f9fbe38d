"""What the formats with a line an item share: which items a result has, page by page where that is the same.

The items are those of the result's one list: what ``--query`` yields, else the listing's own list. A query that
distributes over pages (``Models[?Cond].[A, B]``: only projections and filters over the one list that is joined)
is evaluated on each page, printed and forgotten; any other is evaluated once all pages are there, because
``length(Models)`` is one number, whatever the size of a page.
"""

from __future__ import annotations

from awsshadow.errors import AwsShadowError, InterruptedLines, NoStandardOutputError
from awsshadow.output.merge_pages import find, merge
from awsshadow.output.printing import Printer, write_strictly
from awsshadow.streams import is_reader_gone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Any

    from awsshadow.model import Slice
    from awsshadow.model.answer_shapes import AnswerShapes
    from awsshadow.output.destination import Destination
    from awsshadow.output.merge_pages import Pages
    from awsshadow.output.query import Expression

    #: A parsed expression: ``type``, ``children`` and, of some types, ``value``.
    Node = Mapping[str, Any]
    #: The name of a shape, or a list that no shape stands for.
    Type = str | tuple[str, Any] | None

_TOKEN = "NextToken"  # noqa: S105 - a member of a result, no secret
_ITSELF = {"type": "identity", "children": ()}
_OVER_ITEMS = ("projection", "filter_projection", "flatten")


class RowPrinter(Printer):
    """Prints a line or more an item, a page at a time; whoever reads has a page before the next is asked for."""

    prints_as_it_reads = True

    def __init__(self, screen: Destination, expression: Expression | None, color: str) -> None:
        """Raises NoStandardOutputError where there is nothing to write to."""
        super().__init__(screen, expression, color)
        if screen.is_closed:
            raise NoStandardOutputError

    def document(self, operation: str, document: Any) -> None:  # noqa: ARG002 - the interface of a printer
        token = document.get(_TOKEN) if isinstance(document, dict) else None
        if self.expression is None:
            key = self._listed(document)
            result = document if key is None else document[key]
            self._begin(key)
            # As with the other formats, an answer without members is no output.
            if result != {}:
                self._show(result)
        else:
            token = None
            self._begin(None)
            self._show(self.selected(document))
        self._note(token)

    def pages(self, operation: str, pages: Pages) -> None:  # noqa: ARG002 - the interface of a printer
        key = pages.result_keys[0] if len(pages.result_keys) == 1 else None
        if key is None or not self._distributes(key):
            document = merge(pages, pages)
            self._begin(None)
            self._show(self.selected(document))
        elif self._by_page(key, pages):
            return
        self._note(pages.resume_token)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if isinstance(error, KeyboardInterrupt) and not self.screen.on_terminal:
            raise InterruptedLines from error

    def begin(self, columns: list[str] | None) -> None:
        """Items follow; ``columns`` are the members that objects among them may have, None if that is not known."""

    def text(self, values: list[Any]) -> str:
        """The lines of some items.

        Raises AwsShadowError for one that cannot be shown, and ``written`` is then the text of those before it.
        """
        raise NotImplementedError

    def alone(self, result: Any) -> list[Any]:
        """The items of a result that is no list."""
        return [result]

    #: Of items that could not all be shown, the lines of those before the first that could not.
    written = ""

    def finish(self) -> str:
        """What stands behind, or in the place of, all items."""
        return ""

    def _begin(self, key: str | None) -> None:
        """``key``: the member of the answer whose items follow; None: those of the query, or the answer itself."""
        if key is not None:
            query: Node = {"type": "field", "value": key, "children": []}
        else:
            query = _ITSELF if self.expression is None else self.expression.parsed
        self.begin(columns_of(query, self.slice))

    def _by_page(self, key: str, pages: Pages) -> bool:
        """Print each page as it comes; whether the reader went away before the last."""
        self._begin(key if self.expression is None else None)
        found = False
        for page in pages:
            selected = find(key, page) if self.expression is None else self.selected(page)
            if selected is not None:
                found = True
                if not self._put(selected):
                    return True
        if not found and self.expression is not None:
            return not self._put(None)
        return not self._write(self.finish())

    def _show(self, result: Any) -> None:
        if self._put(result):
            self._write(self.finish())

    def _put(self, result: Any) -> bool:
        try:
            text = self.text(result if isinstance(result, list) else self.alone(result))
        except AwsShadowError:
            self._write(self.written)
            raise
        return self._write(text)

    def _write(self, text: str) -> bool:
        """Write and hand on; False when nobody reads any more, which is no error. Raises AwsShadowError for others."""
        try:
            if text:
                write_strictly(self.screen, self.screen.printable(text))
            self.screen.hand_on()
        except OSError as error:
            self.screen.forget()
            if is_reader_gone(error):
                return False
            raise AwsShadowError(f"Cannot write to standard output: {error.strerror or error}") from None
        return True

    def _listed(self, document: Any) -> str | None:
        """The member that is the list of a listing; None for any other answer."""
        if not isinstance(document, dict):
            return None
        paginator = self.slice.paginator if self.slice is not None else None
        key = paginator.get("result_key") if paginator else None
        if isinstance(key, str):
            return key if isinstance(document.get(key), list) else None
        lists = [name for name, value in document.items() if isinstance(value, list)]
        return lists[0] if len(lists) == 1 and set(document) <= {lists[0], _TOKEN} else None

    def _distributes(self, key: str) -> bool:
        return self.expression is None or distributes(self.expression.parsed, key)

    def _note(self, token: Any) -> None:
        if token is not None:
            self.screen.note(f"{_TOKEN}: {token}\n")


def distributes(query: Node, key: str) -> bool:
    """Whether a parsed query finds in all pages together what it finds in each, one after the other.

    ``key`` is the member whose lists are joined. What is done to each item may be anything.
    """
    if query["type"] == "field":
        return bool(query["value"] == key)
    return query["type"] in _OVER_ITEMS and distributes(query["children"][0], key)


def columns_of(query: Node, slice: Slice | AnswerShapes | None) -> list[str] | None:
    """The members of the objects that a parsed query finds in an answer, in the order of the query or of the model.

    None where it finds no objects, or which members they have is not known before they come.
    """
    last = query
    while last["type"] in ("projection", "filter_projection", "pipe", "subexpression"):
        last = last["children"][1]
    if last["type"] == "multi_select_dict":
        return [pair["value"] for pair in last["children"]]
    if slice is None or slice.output_shape is None:
        return None
    shapes = slice.all_shapes()
    found = _type_of(query, slice.output_shape, shapes)
    item = _item_of(found, shapes) or found
    shape = shapes[item] if isinstance(item, str) else {}
    return list(shape["members"]) if shape.get("type") == "structure" else None


def _type_of(query: Node, found: Type, shapes: Mapping[str, Any]) -> Type:
    """What a parsed query finds in a value of the type ``found``; None where more is needed to tell."""
    kind, children = query["type"], query["children"]
    if found is None or kind in ("identity", "current", "slice"):
        return found
    if kind == "field":
        return _member_of(found, query["value"], shapes)
    if kind in ("subexpression", "pipe", "index_expression"):
        for child in children:
            found = _type_of(child, found, shapes)
        return found
    if kind == "index":
        return _item_of(found, shapes)
    return _projected(query, found, shapes) if kind in _OVER_ITEMS else None


def _projected(query: Node, found: Type, shapes: Mapping[str, Any]) -> Type:
    """The type of the list that a projection or a flattening makes."""
    outer = _type_of(query["children"][0], found, shapes)
    item = _item_of(outer, shapes)
    if query["type"] == "flatten":
        inner = _item_of(item, shapes)
        return outer if inner is None else ("list", inner)
    item = _type_of(query["children"][1], item, shapes)
    return None if item is None else ("list", item)


def _member_of(found: Type, name: str, shapes: Mapping[str, Any]) -> Type:
    """The type of a member of a structure; None for what has no such member."""
    shape: Mapping[str, Any] = shapes[found] if isinstance(found, str) else {}
    reference = shape.get("members", {}).get(name)
    return None if reference is None else str(reference["shape"])


def _item_of(found: Type, shapes: Mapping[str, Any]) -> Type:
    """The type of the items of a list; None for what is no list."""
    if isinstance(found, tuple):
        inner: Type = found[1]
        return inner
    shape: Mapping[str, Any] = shapes[found] if found is not None else {}
    return str(shape["member"]["shape"]) if shape.get("type") == "list" else None
