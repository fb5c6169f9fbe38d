"""``--query``: any text as an expression, and any expression on any document."""

import io
import json
from typing import Any

from hypothesis import strategies as st

from awsshadow import output
from awsshadow.streams import Streams
from tests.fuzz import words
from tests.fuzz.target import Target, main, one_error

FUNCTIONS = (
    "abs avg contains ceil ends_with floor join keys length map max max_by merge min min_by not_null reverse sort"
    " sort_by starts_with sum to_array to_number to_string type values nope"
)
PIECE = st.one_of(
    st.sampled_from(list("[]{}().,*@&|!<>=:?`'\"-$#")),
    st.sampled_from(["[]", "[?", "[*]", "||", "&&", "==", "!=", "[0]", "[::0]", "[-1:]", "9" * 5000]),
    st.sampled_from(["a", "b", "Models", "`1`", "`{`", "`[1,2]`", "`nan`", "'x'", '"a b"', '"\\u12"', '"\\']),
    st.sampled_from([name + "(" for name in FUNCTIONS.split()]),
    words.TEXT,
)
FORMATS = st.sampled_from(["json", "text", "table", "yaml", "yaml-stream"])
NAMES = st.sampled_from(["a", "b", "Models"])
VALUES = st.tuples(st.lists(PIECE, max_size=10).map("".join), words.documents(NAMES), FORMATS)


def check(value: tuple[str, Any, str]) -> None:
    text, document, format = value
    document = json.loads(json.dumps(document))
    stdout = io.StringIO()
    with one_error():
        expression = output.compile_query(text)
        with output.printer(format, expression, "off", Streams(None, stdout, None), None) as printer:
            printer.document("DescribeModel", document)


TARGET = Target("queries", VALUES, check)

if __name__ == "__main__":
    main(TARGET)
