"""A page as a file that a browser shows."""

from __future__ import annotations

import os
import tempfile
import webbrowser

from awsshadow.help.html import render

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.help.blocks import Document


def open_page(document: Document) -> str:
    """Write the page to a temporary file, hand it to the default browser, and return its path.

    The file stays: the browser reads it after this program has ended. Raises OSError.
    """
    name = "-".join(document.lineage) or document.title
    handle, path = tempfile.mkstemp(prefix=f"{name}-", suffix=".html")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(render(document))
    webbrowser.open(f"file://{path}")
    return path
