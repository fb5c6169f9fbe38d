"""Addresses with a password in them, as they are shown to a person or in a log."""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Mapping

_STRUCK_OUT = "***"
#: What ends the part of an address that a password can stand in, or the address itself in a text.
_BREAKING = frozenset("/?#\\[]'\"<> \t\r\n")
#: Fewer characters may be a part of anything.
_SHORTEST_PIECE = 3
#: How the names of variables end that hold an address.
_ENDS_OF_NAMES = ("_PROXY", "_URL", "_URI", "_ENDPOINT")


def without_passwords(text: str, pieces: Collection[str] = ()) -> str:
    """``text`` with ``***`` for the password of each address in it: ``http://user:***@host``.

    ``pieces`` of passwords are struck out wherever they stand as words, see ``pieces_of_password``.
    """
    if "@" in text:
        for pattern in _patterns():
            text = pattern.sub(rf"\g<1>{_STRUCK_OUT}", text)
    return _of_pieces(tuple(sorted(pieces, key=len, reverse=True))).sub(_STRUCK_OUT, text) if pieces else text


def pieces_of_password(address: str) -> list[str]:
    """What stands between the characters of ``address``'s password that should have been encoded; empty without any.

    To a parser the address ends at the first of them, so that a message may repeat a piece of the password as the
    port, the host or the path. What looks like a port may be the first: rather too much is found than too little.
    """
    from re import split

    pieces = split(r"[^\w%.~+-]+", _broken_password(address))
    return [piece for piece in pieces if len(piece) >= _SHORTEST_PIECE]


def without_user(address: str) -> str:
    """``address`` without the name and the password that may stand in it."""
    scheme, separator, rest = address.partition("://") if "://" in address else ("", "", address)
    if _broken_password(address):
        return f"{scheme}{separator}{rest.rpartition('@')[2]}"
    host, slash, path = rest.partition("/")
    return f"{scheme}{separator}{host.rpartition('@')[2]}{slash}{path}"


def _broken_password(address: str) -> str:
    """The password of ``address``, as it was meant, if a parser reads another or none; else nothing."""
    from re import match

    found = match(r"(?s)\s*(?>(?:[A-Za-z][A-Za-z0-9+.-]*:(?=//))?/*)[^/\s:@]*:(.+)@", address)
    return found[1] if found is not None and _BREAKING & set(found[1]) else ""


def addresses_in(environ: Mapping[str, str]) -> list[str]:
    """What stands in ``environ`` where an address is expected."""
    return [
        value
        for name, value in environ.items()
        if "@" in value and (name.upper().endswith(_ENDS_OF_NAMES) or name.startswith("AWS_ENDPOINT_URL_"))
    ]


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


@lru_cache(maxsize=4)
def _of_pieces(pieces: tuple[str, ...]) -> re.Pattern[str]:
    from re import IGNORECASE, compile, escape

    return compile(rf"(?<!\w)(?:{'|'.join(map(escape, pieces))})(?!\w)", IGNORECASE)
