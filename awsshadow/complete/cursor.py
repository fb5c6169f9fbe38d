"""The command line up to the cursor, as words and the fragment that is being typed."""

from __future__ import annotations


class Cut:
    """A command line cut at the cursor.

    ``words`` are the whole words, the program first; ``fragment`` is what stands after the last blank,
    without its quotes; ``begin`` is where in the line it begins and ``quote`` the quote still open.
    """

    __slots__ = ("begin", "fragment", "quote", "words")

    def __init__(self, words: list[str], fragment: str, begin: int, quote: str) -> None:
        self.words = words
        self.fragment = fragment
        self.begin = begin
        self.quote = quote


def cut_line(line: str, point: int) -> Cut:
    """Split ``line`` at blanks, cut at ``point`` (in characters).

    Quotes and backslashes are read as a shell reads them; a quote that is still open belongs to the
    fragment. The first word, whatever it is, is the program.
    """
    words: list[str] = []
    word: list[str] = []
    quote, begun, skip, begin = "", False, False, 0
    for i, char in enumerate(line[: max(point, 0)]):
        if skip:
            word.append(char)
            skip = False
        elif char == "\\" and quote != "'":
            skip = begun = True
        elif quote:
            if char == quote:
                quote = ""
            else:
                word.append(char)
        elif char in "'\"":
            quote, begun = char, True
        elif char.isspace():
            if word or begun:
                words.append("".join(word))
            word, begun, begin = [], False, i + 1
        else:
            word.append(char)
    return Cut(words, "".join(word), begin, quote)
