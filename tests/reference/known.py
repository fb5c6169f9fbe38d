"""Differences that ``docs/compatibility.md`` lists and that drawn commands come upon now and then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from awsshadow.model.sensitive import STRUCK_OUT
from tests.support.cases import FACETS

if TYPE_CHECKING:
    from tests.support.cases import Case
    from tests.support.facts import Facts

DEPTH = "maximum recursion depth exceeded"


def known(case: Case, got: Facts) -> str | None:
    """What makes ``got`` differ from what the case expects, if that is one of the listed differences and nothing else.

    None also where they do not differ.
    """
    expected = case["expect"]
    differing = [facet for facet in FACETS if got.get(facet) != expected.get(facet)]
    one, other = expected["stderr"], got["stderr"]
    if differing and DEPTH in one and DEPTH in other and {"rc", "stderr"}.issuperset(differing):
        return "how Python says that its stack is full"
    if differing != ["stderr"]:
        return None
    shown = ".*".join(map(re.escape, other.split(STRUCK_OUT)))
    if STRUCK_OUT in other and re.fullmatch(shown, one, re.DOTALL):
        return "what is sensitive is struck out of messages"
    return None
