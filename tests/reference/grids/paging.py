"""Options of paging over pages that end in every way."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from tests.reference.grids.scenes import FORMATS, LIST, case
from tests.support.cases import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.cases import Case


def paging() -> Iterator[Case]:
    """Each option over pages that fit; each kind of pages with a few options."""
    options = (
        "", "--max-items 1", "--max-items 2", "--max-items 3", "--max-items 4", "--max-items 99", "--max-items 0",
        "--max-items -1",
        "--max-items x", "--max-items", "--max-items=", "--max-items 1.5", "--page-size 2", "--page-size 0",
        "--page-size x", "--page-size -1",
        "--page-size 101", "--starting-token t1", "--starting-token=", "--starting-token None",
        "--starting-token t1___1",
        "--starting-token eyJOZXh0VG9rZW4iOiAidDEiLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==",
        "--starting-token eyJhIjogMX0=",
        "--starting-token eyJOZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ== --max-items 1",
        "--starting-token bnVsbA==",
        "--starting-token W10=", "--starting-token eyJOZXh0VG9rZW4iOiAidDEiLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAieCJ9",
        "--no-paginate", "--no-paginate --next-token t", "--next-token t1", "--next-token=", "--max-results 2",
        "--max-results 2 --max-items 1",
        "--next-token t1 --starting-token t1", "--max-items 1 --no-paginate", "--page-size 2 --no-paginate",
        "--page-size 2 --max-results 3",
        "--starting-token t --no-paginate", "--next-token t1 --max-items 1", "--max-results 1 --no-paginate",
        "--max-items 1 --page-size 1",
        "--query NextToken", "--query NextToken --max-items 1", "--query @ --max-items 3",
        "--query Endpoints[?EndpointName=='c']",
        "--query Endpoints[*].[EndpointName,EndpointStatus]", "--query Endpoints[].EndpointName",
        "--query length(Endpoints)",
        "--query Endpoints[0]", "--query bad[", "--query Endpoints[].EndpointName --max-items 2", "--query Nope",
        "--query [Nope]",
        "--query Endpoints[?EndpointName=='c']|[0]", "--query {n:Endpoints[].EndpointName}", "--query sum(Endpoints)",
        "--query *",
    )  # fmt: skip
    pages: list[list[object]] = [
        [c["body"] for c in found["responses"]] for found in load() if found["id"] == "paginate-hand-0001"
    ]
    pages += [
        [{"Endpoints": [], "NextToken": "t1"}, {"Endpoints": [{"EndpointName": "z"}]}], [{"Endpoints": []}], [{}],
        [{"NextToken": "t"}, {}],
        [{"Endpoints": None, "NextToken": "t"}, {"Endpoints": [{"EndpointName": "z"}]}],
        [{"Endpoints": [{"EndpointName": "a"}], "NextToken": ""}],
        [{"Endpoints": [{"EndpointName": "a"}], "NextToken": "t"}],
        [{"Endpoints": [{"EndpointName": "a"}], "NextToken": "t"}, "[]"],
        [{"Endpoints": [{"EndpointName": "a"}], "NextToken": 5}, {"Endpoints": []}],
        [{"Endpoints": [None, {}], "NextToken": {}}, {}],
    ]  # fmt: skip
    for words, format in itertools.product(options, FORMATS[:-1]):
        yield case([*LIST, *(w for w in words.split(" ") if w), "--output", format], *pages[0])
    for words, wrong in itertools.product(
        options, ("--creation-time-after Unknown=1", "--name-contains=", "--max-results 0")
    ):
        yield case([*LIST, *(w for w in words.split(" ") if w), *wrong.split(" ")], *pages[0])
    extras = ("", "--max-items 1", "--query Endpoints[].EndpointName", "--no-paginate")
    for bodies, format, words in itertools.product(pages[1:], FORMATS[:-1], extras):
        yield case([*LIST, *words.split(), "--output", format], *bodies)
