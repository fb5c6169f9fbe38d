"""A model card as a PDF document: its content as lines of text, page by page (PDF 1.4, ISO 32000-1)."""

from __future__ import annotations

import json
import textwrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_COLUMNS, _LINES = 95, 60
_PAGE = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>"
)


def rendered(title: str, content: str) -> bytes:
    """The document; ``content`` is the JSON text of a card, laid out member by member."""
    try:
        text = json.dumps(json.loads(content), indent=2)
    except ValueError:
        text = content
    lines = [title, ""]
    for line in text.splitlines():
        lines += textwrap.wrap(line, _COLUMNS, drop_whitespace=False) or [""]
    return _document([lines[begin : begin + _LINES] for begin in range(0, len(lines), _LINES)])


def _document(pages: Sequence[Sequence[str]]) -> bytes:
    """Objects 1 to 3 are the catalogue, the pages and the font; then follow two for each page."""
    numbers = [4 + 2 * place for place in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    for number, lines in zip(numbers, pages, strict=True):
        objects += [_PAGE.format(number + 1).encode(), _stream(lines)]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()


def _stream(lines: Sequence[str]) -> bytes:
    """The text of a page, from its top; letters that the font has not are question marks."""
    shown = [line.encode("latin-1", "replace") for line in lines]
    for plain, quoted in ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)")):
        shown = [line.replace(plain, quoted) for line in shown]
    text = b"BT /F1 9 Tf 12 TL 36 800 Td\n" + b"".join(b"(" + line + b") Tj T*\n" for line in shown) + b"ET"
    return f"<< /Length {len(text)} >>\nstream\n".encode() + text + b"\nendstream"
