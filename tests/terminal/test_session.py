"""The recorded session in README.md is what the commands print today."""

from __future__ import annotations

import html
import re

from benchmarks.terminal_session import PICTURE, SHOWN, picture


def words(drawing: str) -> list[str]:
    """What the lines of a picture say, from top to bottom."""
    rows: dict[float, str] = {}
    for y, text in re.findall(r'<text class="[^"]*" x="[^"]*" y="([^"]*)"[^>]*>(.*?)</text>', drawing):
        rows[float(y)] = rows.get(float(y), "") + html.unescape(text).replace("\xa0", " ")
    return [re.sub(r"\s+", "", rows[y]) for y in sorted(rows)]


def test_the_picture_shows_what_is_printed() -> None:
    kept = PICTURE.read_text(encoding="utf-8")
    assert words(kept) == words(picture()), "python -m benchmarks.terminal_session draws it again"
    for line in SHOWN:
        assert f"awsshadow{line}".replace(" ", "") in "".join(words(kept))


def test_nothing_is_fetched_to_look_at_it() -> None:
    assert set(re.findall(r"https?://[\w.]+", PICTURE.read_text(encoding="utf-8"))) <= {
        "http://www.w3.org", "https://www.textualize.io",
    }  # fmt: skip
