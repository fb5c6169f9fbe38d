"""Pages into one document, the way botocore's ``build_full_result`` does it (behaviour: output 3.3).

The result keys of the service model are plain names of lists. A paginator file of the user's own
may name several, dotted ones and other expressions, and a service may put anything under them.
"""

from __future__ import annotations

from awsshadow.errors import AwsShadowError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any, Protocol

    class Pages(Protocol):
        """The pages of one paginated call; what the output stage asks of ``call.Pages``."""

        #: JMESPath expressions of what is collected, nearly always one plain name.
        result_keys: list[str]

        @property
        def non_aggregate(self) -> Mapping[str, Any]:
            """Members taken from the first page; known once it has been read."""

        @property
        def resume_token(self) -> str | None:
            """Where to go on if the user asked for fewer items; known after the last page."""

        def __iter__(self) -> Iterator[dict[str, Any]]: ...


def find(expression: str, document: Any) -> Any:
    """What the result key ``expression`` names in ``document``, None if nothing."""
    if expression.isidentifier():
        return document.get(expression)
    from jmespath import search

    return search(expression, document)


def place(document: dict[str, Any], expression: str, value: Any) -> None:
    """Put ``value`` at the dotted path ``expression``, making the objects on the way."""
    *path, last = expression.split(".")
    for name in path:
        document = document.setdefault(name, {})
    document[last] = value


def merge(pages: Pages, unread: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """One document of the ``unread`` ones of ``pages``.

    Lists are joined, numbers added, strings concatenated; the other members come from the first
    page, and a token is added if there is more. Raises AwsShadowError when two pages do not fit.
    """
    result: dict[str, Any] = {}
    for page in unread:
        for key in pages.result_keys:
            _collect(result, key, find(key, page))
    _overlay(result, pages.non_aggregate)
    if pages.resume_token is not None:
        result["NextToken"] = pages.resume_token
    return result


def _collect(result: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        return
    existing = find(key, result)
    if existing is None:
        place(result, key, value[:] if isinstance(value, list) else value)
    elif isinstance(value, list) and isinstance(existing, list):
        existing.extend(value)
    elif isinstance(value, (list, int, float, str)):
        place(result, key, _sum(existing, value))


def _sum(existing: Any, value: Any) -> Any:
    if isinstance(value, list):
        raise AwsShadowError(f"'{type(existing).__name__}' object has no attribute 'extend'")
    try:
        return existing + value
    except TypeError as error:
        raise AwsShadowError(str(error)) from error


def _overlay(result: dict[str, Any], members: Mapping[str, Any]) -> None:
    for key, value in members.items():
        if isinstance(value, dict) and key in result:
            _overlay(result[key], value)
        else:
            result[key] = value
