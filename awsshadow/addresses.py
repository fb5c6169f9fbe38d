"""Addresses with a password in them, as they are shown to a person or in a log."""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_STRUCK_OUT = "***"


def without_passwords(text: str) -> str:
    """``text`` with ``***`` for the password of each address in it: ``http://user:***@host``."""
    if "@" not in text:
        return text
    for pattern in _patterns():
        text = pattern.sub(rf"\g<1>{_STRUCK_OUT}", text)
    return text


@lru_cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    from re import compile

    return (
        # Up to the last sign in it that ends a password, for what should be encoded often is not. A port is none.
        compile(r"(://[^/\s:@'\"]*:)(?!\d+(?:[/?#\s'\"]|$))[^\s'\"]*(?=@)"),
        compile(r"(://[^/\s:@'\"]*:)[^/\s'\"]*(?=@)"),
        # Without two slashes, or without a scheme: no address, but shown as the one that was meant.
        compile(r"((?:^|(?<=[\s'\"=]))(?:https?:)?/{0,2}(?!arn:)[^\s:@/'\"]*:)[^\s'\":/]+(?=@)"),
    )
