"""Input documents: JSON and YAML, well-formed and not, merged and validated."""

import json
from typing import Any

import yaml
from hypothesis import strategies as st

from awsshadow.arguments import documents, validate
from tests.fuzz import words, world
from tests.fuzz.target import Target, main, one_error

OPERATIONS = ["create-model", "search", "add-tags", "list-models"]
NAMES = st.sampled_from(world.members(*OPERATIONS))
OBJECTS = st.dictionaries(NAMES | words.TEXT, words.documents(NAMES), max_size=6)
YAML_PIECES = st.sampled_from(
    [
        *("\n", "  ", "- ", ": ", "? ", "&a ", "*a", "|\n", ">-\n ", "!!", "!!int ", "!!binary ", "!!set ", "!!omap "),
        *("!!timestamp ", "!!python/name:os ", "<<: ", "---\n", "...\n", "%YAML 1.1\n", "%YAML 9.9\n", "%TAG ! x\n"),
        *(
            "{",
            "}",
            "[",
            "]",
            ",",
            "'",
            '"',
            "#",
            "\t",
            "0x",
            "0o7",
            "1_0",
            "1:30",
            ".inf",
            "2024-01-01",
            "~",
            "y",
            "=",
        ),
        *("\\x", "\\u12", "@", "`", "\0", "\ufeff", "\x85", "2001-99-99", "0b", "+", "-", "!!float x", "!!bool x"),
    ]
)
BROKEN = st.lists(YAML_PIECES | NAMES | words.TEXT, max_size=20).map("".join)
TEXTS = st.one_of(
    OBJECTS.map(json.dumps),
    OBJECTS.map(lambda value: json.dumps(value)[:-3]),
    OBJECTS.map(lambda value: yaml.safe_dump(json.loads(json.dumps(value, default=str)), allow_unicode=True)),
    BROKEN,
    st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")),
)
VALUES = st.tuples(st.sampled_from(OPERATIONS), st.sampled_from(["cli-input-json", "cli-input-yaml"]), TEXTS).filter(
    lambda value: not value[2].startswith("file")
)


def check(value: tuple[str, str, str]) -> None:
    operation, option, text = value
    slice = world.slice_of(operation)
    parameters: dict[str, Any] = {}
    with one_error():
        documents.merge(parameters, {option: text}, {}, {})
        validate(parameters, slice.input_shape, slice.shapes)


TARGET = Target("documents", VALUES, check)

if __name__ == "__main__":
    main(TARGET)
