"""Kinds of values: which ones are refused, and what a shell is offered for them."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from awsshadow.command_line.usage_errors import nearest
from awsshadow.commands.tree.console import Console
from awsshadow.model import find_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class OneOf(click.Choice):  # type: ignore[type-arg] # it has no argument before click 8.2
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse any other word."""
        if value in self.choices:
            return value
        similar = nearest(str(value), self.choices)
        meant = "\n\nMaybe you meant:\n\n" + "\n".join(f"  * {name}" for name in similar) if similar else ""
        return self.fail(f"invalid choice: '{value}' (choose from {', '.join(self.choices)}){meant}", param, ctx)


class OneOfDescribed(OneOf):
    """One of a few words that ``about`` describes."""

    def __init__(self, about: Mapping[str, str]) -> None:
        super().__init__(tuple(about))
        self._about = about

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """The words described."""
        return [CompletionItem(word, help=about) for word, about in self._about.items() if word.startswith(incomplete)]


class Text(click.ParamType):  # type: ignore[type-arg] # it has no argument before click 8.2
    """Any text. ``kind`` is what a shell offers: ``file``, ``dir``, ``region``, ``profile``, or several of these."""

    def __init__(self, kind: str) -> None:
        self.name = kind

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """One item that says what is to be offered."""
        return [CompletionItem(incomplete, type=self.name)]


class ValueOf(click.ParamType):  # type: ignore[type-arg] # as above
    """Any text; a shell is offered what it is for an option of an operation: ``describe-endpoint --endpoint-name``."""

    name = "value"

    def __init__(self, option: str) -> None:
        self._option = option

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """One item that says of which option the values are to be offered."""
        return [CompletionItem(incomplete, type=self.name, help=self._option)]


class Described(click.ParamType):  # type: ignore[type-arg] # as above
    """Any text; a shell offers the beginnings that ``about`` describes."""

    name = "text"

    def __init__(self, about: Mapping[str, str]) -> None:
        self._about = about

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """The words described."""
        return [CompletionItem(word, help=about) for word, about in self._about.items() if word.startswith(incomplete)]


class Listed(click.ParamType):  # type: ignore[type-arg] # as above
    """Any text; a shell offers the words of ``about`` behind each comma, but those that stand there already.

    The words of ``alone`` are offered as well, without a comma.
    """

    name = "text"

    def __init__(self, about: Mapping[str, str], alone: Mapping[str, str] | None = None) -> None:
        self._about = about
        self._alone = alone or {}

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """The whole value with each word that may come last."""
        before, comma, last = incomplete.rpartition(",")
        about = self._about if comma else {**self._alone, **self._about}
        free = (word for word in about if word.startswith(last) and word not in before.split(","))
        return [CompletionItem(before + comma + word, help=about[word]) for word in free]


class Operation(click.ParamType):  # type: ignore[type-arg] # as above
    """The name of an operation; ``or_file``: a file may stand in its place. Of some, a shell is offered those that
    begin with one of ``beginnings``."""

    name = "operation"

    def __init__(self, or_file: bool = False, beginnings: tuple[str, ...] = ("",)) -> None:
        self._or_file = or_file
        self._beginnings = beginnings

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """The operations of the model with what they do, and files."""
        console = ctx.find_object(Console)
        known = find_store(console.environ).summaries() if console is not None else {}
        fitting = (name for name in known if name.startswith(incomplete) and name.startswith(self._beginnings))
        found = [CompletionItem(name, help=known[name]) for name in fitting]
        return [*found, CompletionItem(incomplete, type="file")] if self._or_file else found


class Port(click.ParamType):  # type: ignore[type-arg] # as above
    """A TCP port."""

    name = "port"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Digits alone, not what else Python takes for a number."""
        if isinstance(value, int):
            return value
        if not (value.isascii() and value.isdigit() and int(value) < 65536):
            self.fail(f"not a port: {value!r}", param, ctx)
        return int(value)


class Count(click.ParamType):  # type: ignore[type-arg] # as above
    """A whole number from 1 to ``most``."""

    name = "count"

    def __init__(self, most: int) -> None:
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Digits alone, as for a port."""
        if isinstance(value, int):
            return value
        if not (value.isascii() and value.isdigit() and len(value) < 20 and 0 < int(value) <= self.most):
            self.fail(f"not a whole number from 1 to {self.most}: {value!r}", param, ctx)
        return int(value)


FILE = Text("file")
FOLDER = Text("dir")
REGION = Text("region")
PROFILE = Text("profile")
REGIONS = Text("regions")
PROFILES = Text("profiles")
