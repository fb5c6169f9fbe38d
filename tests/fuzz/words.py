"""Values that are likely to hurt: the alphabets and documents the targets draw from."""

from typing import Any

from hypothesis import strategies as st

#: Text of any characters a command line can hold, lone surrogates included, with nasty ones more often.
CHARACTERS = st.one_of(
    st.sampled_from(
        list("\"'`,=[]{}()@:#-~$%&*!?|\\/<>. \t\n\r\x0b\x0c\x1b\x7f\x85\xa0\u2028\ufeff\uffff\U0001f600\udc80")
    ),
    st.characters(exclude_characters="\0"),
    st.sampled_from(list("abxyKV019eE+_")),
)
TEXT = st.text(CHARACTERS, max_size=40).filter(lambda text: "file://" not in text and "fileb://" not in text)

#: Where a file is named, it is one that is harmless to read.
NUMBERS = st.sampled_from(
    [
        "0",
        "-1",
        "1",
        "00",
        "0x1",
        "1_0",
        "1e3",
        "1e999",
        "nan",
        "-inf",
        "9" * 30,
        "9" * 5000,
        "\u0663",
        " 1 ",
        "1.5",
        "",
    ]
)

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**18, max_value=10**330),
    st.floats(),
    TEXT,
    st.sampled_from(["2024-01-01T00:00:00Z", "0001-01-01", "9999-12-31T23:59:59+14:00", "now", "12", "-1", "\ud800"]),
)


def documents(names: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """JSON values whose keys are drawn from ``names``."""
    return st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names | TEXT, inner, max_size=5),
        max_leaves=25,
    )
