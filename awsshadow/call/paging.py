"""The pages of a listing, fetched while they are read (behaviour: output 3.3, output 3.4)."""

from __future__ import annotations

from botocore.paginate import Paginator, TokenEncoder

from awsshadow.call.error_translation import Border

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from botocore.model import OperationModel

    Document = dict[str, Any]


class Pages:
    """Iterate once; each page is a document, cut where ``MaxItems`` says.

    ``result_keys`` are the JMESPath expressions of the lists that are joined. After the first page
    ``non_aggregate`` holds what is taken from that page alone, after the last ``resume_token`` what
    ``--starting-token`` takes, or None at the end of the listing.
    """

    def __init__(
        self, method: Callable[..., Document], config: Document, operation: OperationModel, parameters: Document
    ) -> None:
        self._tokens = config
        #: The page that was read last.
        self._last: Document | None = None
        with Border():
            self._pages = Paginator(method, config, operation).paginate(**parameters)
        self.result_keys: list[str] = [key.expression for key in self._pages.result_keys]

    @property
    def non_aggregate(self) -> Document:
        part: Document = self._pages.non_aggregate_part
        return part

    @property
    def resume_token(self) -> str | None:
        token: str | None = self._pages.resume_token
        return token

    @property
    def next_token(self) -> str | None:
        """What ``--starting-token`` takes to go on after the page that was read last; None where there is no more.

        None, too, for a listing whose tokens are more than one plain member.
        """
        sent, answered = self._tokens["input_token"], self._tokens["output_token"]
        if self._last is None or not (isinstance(sent, str) and isinstance(answered, str)):
            return None
        token = self._last.get(answered)
        return TokenEncoder().encode({sent: token}) if isinstance(token, str) and token else None

    def __iter__(self) -> Iterator[Document]:
        """Yield the pages. Raises errors of this package only, at the page they belong to."""
        pages = iter(self._pages)
        while True:
            with Border():
                try:
                    page: Document = next(pages)
                except StopIteration:
                    return
            page.pop("ResponseMetadata", None)
            self._last = page
            yield page
