"""``--query``: compiled early, evaluated late, with jmespath's own words."""

import io
import subprocess
import sys

import pytest

from awsshadow import output
from awsshadow.errors import AwsShadowError, ParameterError
from awsshadow.streams import Streams
from tests.output.answers import show
from tests.support.interpreter import unmeasured

AFTER_A = 'Unexpected token: b: Parse error at column 2, token "b" (UNQUOTED_IDENTIFIER), for expression:\n"a b"\n   ^'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Invalid JMESPath expression: cannot be empty."),
        ("[", 'Invalid jmespath expression: Incomplete expression:\n"["\n  ^'),
        ("a b", AFTER_A),
        ("a-b", "Bad jmespath expression: Unknown token '-':\na-b\n ^"),
        ('"x', 'Bad jmespath expression: Unclosed " delimiter:\n"x\n^'),
    ],
)  # fmt: skip
def test_an_expression_that_is_none(text: str, reason: str) -> None:
    with pytest.raises(ParameterError) as caught:
        output.compile_query(text)
    assert caught.value.message == f"Bad value for --query {text}: {reason}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nosuch(@)", "Unknown function: nosuch()"),
        ("length()", "Expected 1 argument for function length(), received 0"),
        ("not_null()", "Expected at least 1 argument for function not_null(), received 0"),
        ("abs(B)", "In function abs(), invalid type for value: x, expected one of: ['number'], received: \"string\""),
    ],
)
@pytest.mark.parametrize("format", ["json", "text", "table", "yaml", "yaml-stream"])
def test_an_expression_that_fails(format: str, text: str, message: str) -> None:
    with pytest.raises(AwsShadowError) as caught:
        show(format, {"A": 1, "B": "x"}, text)
    assert (type(caught.value), caught.value.message) == (AwsShadowError, message)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nope", "null\n"),
        ("`foo`", '"foo"\n'),
        ("`{bad`", '"{bad"\n'),
        ("{b:A,a:A}", '{\n    "b": 1,\n    "a": 1\n}\n'),
    ],
)
def test_what_is_printed(text: str, expected: str) -> None:
    assert show("json", {"A": 1}, text) == expected


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("&a", ""),
        ("[&a]", "[\n    "),
        ("{a: A, b: {c: [`1`, &a]}}", '{\n    "a": 1,\n    "b": {\n        "c": [\n            1,\n            '),
    ],
)
def test_json_breaks_off_where_an_expression_stands(text: str, written: str) -> None:
    stream = io.StringIO()
    with pytest.raises(AwsShadowError) as caught:
        show("json", {"A": 1}, text, stdout=stream)
    assert (caught.value.message, stream.getvalue()) == ("Encountered unrecognized type in JSON encoder.", written)


@pytest.mark.parametrize("format", ["yaml", "yaml-stream"])
@pytest.mark.parametrize("text", ["&a", "[&a]", "{a: A, b: &a}"])
def test_yaml_names_the_expression_that_it_cannot_write(format: str, text: str) -> None:
    with pytest.raises(AwsShadowError, match=r"^cannot represent an object: <jmespath"):
        show(format, {"A": 1}, text)


def test_off_evaluates_nothing() -> None:
    assert show("off", {"A": 1}, "nosuch(@)") == ""


@pytest.mark.parametrize("format", ["", "bad", "JSON"])
def test_a_format_that_does_not_exist(format: str) -> None:
    with pytest.raises(AwsShadowError) as caught:
        output.printer(format, None, "auto", Streams(None, None, None), None)
    assert caught.value.message == f"Unknown output type: {format}"


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("json", '{\n    "Message": "no: x",\n    "Code": "E"\n}\n'),
        ("yaml", "Code: E\nMessage: 'no: x'\n"),
        ("text", "E\tno: x\n"),
    ],
)
def test_errors(format: str, expected: str) -> None:
    assert "".join(output.error_pieces(format, {"Message": "no: x", "Code": "E"})) == expected


@pytest.mark.parametrize("format", sorted(output.FORMATS))
def test_a_printer_loads_no_third_party(format: str) -> None:
    """No query: no jmespath. No format needs PyYAML. No terminal: no subprocess."""
    code = (
        "import sys, io\n"
        "from awsshadow import output\n"
        "from awsshadow.streams import Streams\n"
        f"with output.printer({format!r}, None, 'auto', Streams(None, io.StringIO(), None), 'less') as printer:\n"
        "    printer.document('DescribeModel', {'A': ['a: b', '2020-01-01', 'x\\ty']})\n"
        "print(*sorted({'jmespath', 'yaml', 'subprocess', 'tempfile', 'shlex', 'typing'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=unmeasured(), capture_output=True, text=True, check=True)
    assert done.stdout == "\n"
