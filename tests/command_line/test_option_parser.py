"""The syntax of words, as tables; the rules have numbers (behaviour: input 1.3 to 1.8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsshadow.command_line.option_parser import (
    FLAG,
    MANY,
    PERHAPS,
    ChoiceError,
    MissingError,
    Positional,
    Row,
    TokenError,
    read,
)

ROWS = {
    f"--{row.name}": row
    for row in (
        Row("name"),
        Row("number", number=int),
        Row("names", MANY),
        Row("wet", FLAG),
        Row("no-wet", FLAG, "wet", False),
        Row("kind", PERHAPS, constant="plain", choices=("plain", "fancy")),
        Row("stop", FLAG, stops=True),
    )
}
WORD = [Positional("word", optional=True)]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("--name a", {"name": "a"}),
        ("--name=a", {"name": "a"}),
        ("--name=", {"name": ""}),
        ("--name=a=b", {"name": "a=b"}),
        ("--name=-foo", {"name": "-foo"}),
        ("--name=--", {"name": []}),
        ("--name a --name b", {"name": "b"}),
        ("--name -", {"name": "-"}),
        ("--name -5", {"name": "-5"}),
        ("--name -5.5", {"name": "-5.5"}),
        ("--name -.5", {"name": "-.5"}),
        ("--name -٣", {"name": "-٣"}),
        ("--number 5", {"number": 5}),
        ("--nu -5", {"number": -5}),
        ("--names a b c", {"names": ["a", "b", "c"]}),
        ("--names a -5 help", {"names": ["a", "-5", "help"]}),
        ("--names", {"names": []}),
        ("--names=a", {"names": ["a"]}),
        ("--names=--", {"names": []}),
        ("--names a --names b", {"names": ["b"]}),
        ("--name a --names b", {"name": "a", "names": ["b"]}),
        ("--wet", {"wet": True}),
        ("--wet --no-wet", {"wet": False}),
        ("--no --w", {"wet": True}),
        ("--kind", {"kind": "plain"}),
        ("--kind fancy", {"kind": "fancy"}),
        ("--kind=--", {"kind": "plain"}),
        ("--k --wet", {"kind": "plain", "wet": True}),
    ],
)
def test_values(line: str, values: dict[str, object]) -> None:
    reading = read(line.split(), ROWS)
    assert reading.values == values
    assert reading.rest == []


def test_a_word_with_a_blank_is_a_value_even_behind_a_hyphen() -> None:
    assert read(["--name", "-f oo"], ROWS).values == {"name": "-f oo"}
    assert read(["--name", "--f oo"], ROWS).values == {"name": "--f oo"}
    assert read(["--name", "-5\n"], ROWS).values == {"name": "-5\n"}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("--name", "argument --name: expected one argument"),
        ("--name --wet", "argument --name: expected one argument"),
        ("--name -- foo", "argument --name: expected one argument"),
        ("--name -foo", "argument --name: expected one argument"),
        ("--name -1e5", "argument --name: expected one argument"),
        ("--wet=", "argument --wet: ignored explicit argument ''"),
        ("--we=true", "argument --wet: ignored explicit argument 'true'"),
        ("--number abc", "argument --number: invalid int value: 'abc'"),
        ("--number=", "argument --number: invalid int value: ''"),
        ("--kind odd", "argument --kind: Found invalid choice 'odd'"),
        ("--n x", "ambiguous option: --n could match --name, --number, --names, --no-wet"),
        ("--n=x", "ambiguous option: --n=x could match --name, --number, --names, --no-wet"),
        ("--number abc --n", "ambiguous option: --n could match --name, --number, --names, --no-wet"),
        (
            "--=x",
            "ambiguous option: --=x could match --name, --number, --names, --wet, --no-wet, --kind, --stop",
        ),
    ],
)
def test_errors(line: str, sentence: str) -> None:
    with pytest.raises(TokenError) as caught:
        read(line.split(), ROWS, WORD)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("line", "word", "rest"),
    [
        ("a", "a", []),
        ("a b", "a", ["b"]),
        ("a b --x c", "a", ["b", "--x", "c"]),
        ("--x a b", "a", ["--x", "b"]),
        ("--x=1 a", "a", ["--x=1"]),
        ("-x", None, ["-x"]),
        ("--wet a", "a", []),
        ("-- a", "a", []),
        ("a --", "a", []),
        ("--", None, []),
        ("-- --", "--", []),
        ("-- --name x", "--name", ["x"]),
        ("a -- -- b", "a", ["--", "b"]),
        ("--names=a b", "b", []),
    ],
)
def test_words_and_what_is_left(line: str, word: str | None, rest: list[str]) -> None:
    reading = read(line.split(), ROWS, WORD)
    assert reading.words.get("word") == word
    assert reading.rest == rest


def test_a_second_word_is_awaited_only_directly_after_the_first() -> None:
    two = [Positional("first", optional=True), Positional("second", optional=True)]
    assert read(["a", "b"], ROWS, two).words == {"first": "a", "second": "b"}
    apart = read(["a", "--wet", "b"], ROWS, two)
    assert apart.words == {"first": "a"}
    assert apart.rest == ["b"]


def test_an_option_that_stops_hides_later_errors_in_values_but_not_ambiguities() -> None:
    reading = read(["--wet", "--stop", "--number", "abc"], ROWS, [Positional("word")])
    assert reading.stopped is ROWS["--stop"]
    assert reading.values == {"wet": True, "stop": True}
    with pytest.raises(TokenError, match="invalid int value"):
        read(["--number", "abc", "--stop"], ROWS)
    with pytest.raises(TokenError, match="ambiguous"):
        read(["--stop", "--n"], ROWS)


def test_required() -> None:
    rows = {"--a": Row("a", required=True), "--b": Row("b", required=True)}
    with pytest.raises(MissingError, match="the following arguments are required: --a, --b, word"):
        read([], rows, [Positional("word")])
    with pytest.raises(MissingError) as caught:
        read(["--b="], rows)
    assert caught.value.names == ["--a"]


def test_a_choice_error_knows_the_choices() -> None:
    with pytest.raises(ChoiceError) as caught:
        read(["x"], ROWS, [Positional("word", ("y", "z"))])
    assert (caught.value.label, caught.value.word, tuple(caught.value.names)) == ("word", "x", ("y", "z"))


TOKENS = st.lists(
    st.one_of(
        st.sampled_from(["--name", "--na=", "--names", "--wet", "--number", "--kind", "--", "-", "-5", "a", "", "--x"]),
        st.text(max_size=6),
    ),
    max_size=8,
)


@given(TOKENS)
def test_every_line_is_read_or_refused(tokens: list[str]) -> None:
    try:
        reading = read(tokens, ROWS, WORD)
    except TokenError:
        return
    assert set(reading.rest) <= set(tokens)
    assert set(reading.values) <= {row.key for row in ROWS.values()}


@given(TOKENS)
def test_nothing_is_an_option_after_the_marker(tokens: list[str]) -> None:
    words = [token for token in tokens if token != "--"]
    reading = read(["--", *words], ROWS, WORD)
    assert reading.values == {}
    assert [*reading.words.values(), *reading.rest] == words
