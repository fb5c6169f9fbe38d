"""The reference's command line: words in, what they ask for out. Nothing is run here.

A door: completion needs the tables of options beside it, and must not pay for the reader.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.command_line.parser import first_pass, steps

__all__ = ["first_pass", "steps"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from awsshadow.command_line import parser

        return getattr(parser, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
