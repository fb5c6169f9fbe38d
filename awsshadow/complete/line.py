"""The command line up to the cursor, as words and the fragment that is being typed."""

from __future__ import annotations


def split_line(line: str, point: int) -> tuple[list[str], str]:
    """Split ``line`` at blanks, cut at ``point``: the whole words and the fragment after the last blank.

    Quotes and backslashes are read as a shell reads them; a quote that is still open belongs to the
    fragment. The first word, whatever it is, is the program.
    """
    words: list[str] = []
    word: list[str] = []
    quote, begun, skip = "", False, False
    for char in line[:point]:
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
            word, begun = [], False
        else:
            word.append(char)
    return words, "".join(word)
