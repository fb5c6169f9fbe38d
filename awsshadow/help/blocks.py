"""What a help page is made of, before anybody decides how it looks.

A page is a :class:`Document`: sections of blocks, blocks of spans. The model is turned into it by
``document``, Amazon's HTML by ``prose``; ``terminal``, ``markdown`` and ``man`` only show it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    #: Style (the bits below), text, and the address a link leads to or "".
    Span = tuple[int, str, str]

TEXT = 0
CODE = 1
BOLD = 2
ITALIC = 4

#: A link that begins so leads to the page of another command, whose path follows: ``sagemaker/wait``.
COMMAND_LINK = "command:"

#: Beyond this depth lists and definitions go on at the level they are at, so that no page, however
#: odd its model, can exhaust the stack of a renderer.
MAX_DEPTH = 40


class Block:
    """The base of everything that stands on lines of its own."""

    __slots__ = ()


class Paragraph(Block):
    """Running text."""

    __slots__ = ("spans",)

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans


class Literal(Block):
    """Text whose lines are shown as they are; ``label`` is the line that announces it, or ""."""

    __slots__ = ("label", "text")

    def __init__(self, text: str, label: str = "") -> None:
        self.text = text
        self.label = label


class Bullets(Block):
    """A list; each item is a list of blocks."""

    __slots__ = ("items", "ordered")

    def __init__(self, items: list[list[Block]], ordered: bool = False) -> None:
        self.items = items
        self.ordered = ordered

    @property
    def tight(self) -> bool:
        """Whether every item is one paragraph, so that no blank lines are needed between them."""
        return all(len(item) == 1 and isinstance(item[0], Paragraph) for item in self.items)


class Entry(Block):
    """A term and what is said about it: an option, a member, or a term Amazon defines.

    ``name`` is what people look for, ``--model-name`` or ``InitialInstanceCount``; "" for what has no name of its own.
    """

    __slots__ = ("children", "name", "term")

    def __init__(self, term: Sequence[Span], children: list[Block], name: str = "") -> None:
        self.term = term
        self.children = children
        self.name = name


class Note(Block):
    """An admonition; ``label`` is ``Note``, ``Warning`` or ``Danger``."""

    __slots__ = ("children", "label")

    def __init__(self, label: str, children: list[Block]) -> None:
        self.label = label
        self.children = children


class Section:
    """A heading and the blocks below it."""

    __slots__ = ("blocks", "title")

    def __init__(self, title: str, blocks: list[Block]) -> None:
        self.title = title
        self.blocks = blocks


class Document:
    """One page.

    ``lineage`` is the command path without the program: ``("sagemaker", "create-model")``.
    ``summary`` is one plain sentence without its full stop, or "".
    """

    __slots__ = ("lineage", "sections", "summary", "title")

    def __init__(self, lineage: tuple[str, ...], title: str, summary: str, sections: Sequence[Section]) -> None:
        self.lineage = lineage
        self.title = title
        self.summary = summary
        self.sections = sections


def text(words: str) -> Span:
    """A span of running text."""
    return (TEXT, words, "")


def code(words: str) -> Span:
    """A span of something typed or answered, letter by letter."""
    return (CODE, words, "")


def plain(spans: Sequence[Span]) -> str:
    """The text of ``spans`` without its styles."""
    return "".join(span[1] for span in spans)
