"""The shorthand syntax: as a grammar, and as the value of options of every shape."""

import json

from hypothesis import strategies as st

from awsshadow.arguments import shorthand, validate, values
from awsshadow.errors import ShorthandError
from tests.fuzz import words, world
from tests.fuzz.target import Target, main, one_error

SHAPES = {
    "add-tags": ("TagList", "Tag"),
    "create-model": ("ContainerDefinition", "VpcConfig", "EnvironmentMap", "ContainerDefinitionList"),
    "create-endpoint-config": ("ProductionVariantList", "DataCaptureConfig"),
    "search": ("SearchExpression",),
}
SLICES = [(name, shape) for name, shapes in SHAPES.items() for shape in shapes]
LISTS = ("TagList", "ContainerDefinitionList", "ProductionVariantList")
NAMES = sorted({*world.members(*SHAPES), "Key", "Value"})
PIECE = st.one_of(
    st.sampled_from(["=", ",", "[", "]", "{", "}", "@=", "'", '"', "\\", " ", "\n", "\\,", "=[", "={"]),
    st.sampled_from(NAMES),
    words.TEXT,
    words.NUMBERS,
)
TEXTS = st.lists(PIECE, max_size=14).map("".join).filter(lambda text: "file" not in text)
VALUES = st.tuples(st.integers(0, len(SLICES) - 1), st.lists(TEXTS, min_size=1, max_size=3))


def check(value: tuple[int, list[str]]) -> None:
    number, given = value
    operation, shape = SLICES[number]
    shapes = world.slice_of(operation).shapes
    for text in given:
        try:
            parsed = shorthand.parse(text, lambda name: name)
            assert isinstance(parsed, dict)
            json.dumps(parsed)
        except ShorthandError as refused:
            if not 0 <= refused.offset <= len(text):
                raise ValueError(refused.offset) from refused
        except RecursionError:
            pass  # translated by whoever asks for a parameter
    with one_error():
        parameter = values.parameter("option", given if shape in LISTS else given[0], shape, shapes, {})
        validate(parameter, shape, shapes)


TARGET = Target("shorthand", VALUES, check)

if __name__ == "__main__":
    main(TARGET)
