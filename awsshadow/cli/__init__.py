"""The command line: the only part that knows click. Words in, an Invocation out; nothing is run here."""

from awsshadow.cli.parse import first_pass, parse

__all__ = ["first_pass", "parse"]
