"""Whether a text matches a pattern of the service model, which is written for Java.

All but nine of the model's patterns mean the same in Python. Those nine are rows here.
"""

from __future__ import annotations

import re

_SPACE = r"\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
#: Letters, marks, separators, symbols, numbers, punctuation: everything that is no control.
_VISIBLE = r"[^\x00-\x1f\x7f-\x9f\ud800-\uf8ff]"
_VISIBLE_NO_SPACE = rf"[^\x00-\x1f\x7f-\x9f\ud800-\uf8ff{_SPACE}]"

TRANSLATED = {
    r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)": rf"[\w{_SPACE}.:/=+\-@]*",
    r"([\p{L}\p{Z}\p{N}_.:/=+\-]*)": rf"[\w{_SPACE}.:/=+\-]*",
    # The model's own slip: an end of text that repeats. What is meant is the class before it.
    r"([\p{L}\p{Z}\p{N}_.:\/=+\-@]*)${1,128}": rf"[\w{_SPACE}.:/=+\-@]{{0,128}}",
    r"([\p{L}\p{Z}\p{N}_.:\/=+\-@]*)${1,256}": rf"[\w{_SPACE}.:/=+\-@]{{0,256}}",
    r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+": rf"{_VISIBLE_NO_SPACE}+",
    r"[\p{L}\p{M}\p{Z}\p{N}\p{P}]{0,1024}": rf"{_VISIBLE}{{0,1024}}",
    r"[\p{L}\p{M}\p{Z}\p{S}\p{N}\p{P}]*": rf"{_VISIBLE}*",
    # A pair of surrogates in Java is one character beyond the basic plane.
    r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*": (
        r"[\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff\t]*"
    ),
    r"arn:[\p{Alnum}\-]+:lambda:[\p{Alnum}\-]+:[0-9]{12}:function:.*": (
        r"arn:[a-zA-Z0-9\-]+:lambda:[a-zA-Z0-9\-]+:[0-9]{12}:function:.*"
    ),
}


def matches(pattern: str, text: str) -> bool:
    """Whether the whole ``text`` matches; a pattern Python cannot read refuses nothing."""
    try:
        return re.fullmatch(TRANSLATED.get(pattern, pattern), text) is not None
    except re.error:
        return True
