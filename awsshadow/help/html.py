"""A page as one HTML file that needs nothing else."""

from __future__ import annotations

import html

from awsshadow.help.blocks import BOLD, CODE, ITALIC, Bullets, Entry, Literal, Note, Paragraph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from awsshadow.help.blocks import Block, Document, Span

_STYLE = (
    "body{max-width:60em;margin:2em auto;padding:0 1em;font:16px/1.5 sans-serif}"
    "dd{margin-left:1.5em}pre{background:#f4f4f4;padding:.6em;overflow-x:auto}"
    "aside{border-left:4px solid #888;padding-left:1em}li>p,dd>p{margin:.3em 0}"
)
_TAGS = ((CODE, "code"), (BOLD, "strong"), (ITALIC, "em"))
#: What a link may lead to: nothing that runs.
_SCHEMES = ("https://", "http://")


def render(document: Document) -> str:
    """The whole file."""
    title = escape(" ".join(document.lineage) or document.title)
    parts = [
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>',
        f"<style>{_STYLE}</style></head><body>\n<h1>{escape(document.title)}</h1>\n",
    ]
    for section in document.sections:
        parts.append(f"<h2>{escape(section.title)}</h2>\n{_blocks(section.blocks)}")
    return "".join(parts) + "</body></html>\n"


def escape(words: str) -> str:
    """``words`` as text between or inside tags."""
    # Apostrophes stay: attributes are in double quotes.
    return html.escape(words, quote=False).replace('"', "&quot;")


def inline(spans: Sequence[Span]) -> str:
    """Running text with its marks."""
    parts = []
    for style, words, url in spans:
        out = escape(words)
        for bit, tag in _TAGS:
            if style & bit:
                out = f"<{tag}>{out}</{tag}>"
        parts.append(f'<a href="{escape(url)}">{out}</a>' if url.startswith(_SCHEMES) else out)
    return "".join(parts)


def _blocks(blocks: Sequence[Block]) -> str:
    return "".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{inline(block.spans)}</p>\n"
    if isinstance(block, Entry):
        return f"<dl><dt>{inline(block.term)}</dt><dd>{_blocks(block.children)}</dd></dl>\n"
    if isinstance(block, Bullets):
        tag = "ol" if block.ordered else "ul"
        return f"<{tag}>" + "".join(f"<li>{_blocks(item)}</li>" for item in block.items) + f"</{tag}>\n"
    if isinstance(block, Note):
        return f"<aside><strong>{block.label}</strong>{_blocks(block.children)}</aside>\n"
    assert isinstance(block, Literal)
    label = f"<p>{escape(block.label)}</p>\n" if block.label else ""
    return f"{label}<pre>{escape(block.text)}</pre>\n"
