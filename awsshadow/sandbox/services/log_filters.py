"""Filter patterns of CloudWatch Logs for unstructured events: terms, phrases, ``?`` and ``-``, regular expressions.

All plain terms have to be in a line; of those with ``?`` one; none of those with ``-`` (CloudWatch Logs user guide,
"Filter pattern syntax for metric filters, subscription filters, filter log events, and Live Tail").
"""

from __future__ import annotations

import re

from awsshadow.sandbox.contract.service_errors import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

INVALID = "InvalidParameterException"
_TERM = re.compile(r'\s*([?-]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]+)%|([^\s"]+))(?=\s|$)')


def compiled(pattern: str) -> Callable[[str], bool]:
    """Whether a line meets a pattern. Raises Refusal for a pattern that is none, or of structured events."""
    text = pattern.strip()
    if text[:1] in ("{", "["):
        raise Refusal(
            INVALID, "The awsshadow sandbox filters by terms only; patterns of JSON and columns are not there."
        )
    wanted: dict[str, list[Callable[[str], bool]]] = {"": [], "?": [], "-": []}
    place = 0
    while place < len(text):
        match = _TERM.match(text, place)
        if match is None:
            raise Refusal(INVALID, f"Invalid character(s) in term '{text[place:].strip()[:100]}'")
        sign, phrase, expression, word = match.groups()
        wanted[sign].append(_test(phrase, expression, word))
        place = match.end()

    def meets(line: str) -> bool:
        some = not wanted["?"] or wanted[""] or any(test(line) for test in wanted["?"])
        return bool(some) and all(t(line) for t in wanted[""]) and not any(t(line) for t in wanted["-"])

    return meets


def _test(phrase: str | None, expression: str | None, word: str | None) -> Callable[[str], bool]:
    if expression is not None:
        try:
            form = re.compile(expression)
        except re.error as error:
            raise Refusal(INVALID, f"Invalid regular expression '{expression[:100]}': {error}") from error
        return lambda line: form.search(line) is not None
    text = re.sub(r"\\(.)", r"\1", phrase) if phrase is not None else word or ""
    return lambda line: text in line
