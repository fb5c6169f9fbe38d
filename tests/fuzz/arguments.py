"""Argument lists: from the words of a command line to its parameters."""

from hypothesis import strategies as st

from awsshadow import arguments as stage
from awsshadow import command_line
from awsshadow.invocation import Command
from awsshadow.streams import Streams
from tests.fuzz import words, world
from tests.fuzz.target import Target, main, one_error
from tests.support.reading import understood

OPERATIONS = ["list-models", "create-model", "add-tags", "search", "create-endpoint-config", "describe-model"]
GLOBALS = [
    *("--debug", "--endpoint-url", "--no-verify-ssl", "--no-paginate", "--output", "--query", "--profile", "--region"),
    *("--version", "--color", "--no-sign-request", "--ca-bundle", "--cli-read-timeout", "--cli-connect-timeout"),
    *("--cli-binary-format", "--no-cli-pager", "--cli-auto-prompt", "--no-cli-auto-prompt", "--cli-error-format"),
    *("--help", "help", "wait", "endpoint-in-service", "sagemaker", "--", "-", "--=", "--query=", "s3"),
]
OPTIONS = sorted({"--" + row[0] for name in OPERATIONS for row in world.store().options("operations", name)})
SHORTHAND = st.sampled_from(["Key=a,Value=b", "{", "[", '[{"Key":"a","Value":"b"}]', "a=1,b=2", "x=[1,2],y={z=1}"])
WORD = st.one_of(st.sampled_from(OPTIONS), st.sampled_from(GLOBALS), words.NUMBERS, SHORTHAND, words.TEXT)


def check(argv: list[str]) -> None:
    environ = world.environ()
    with one_error():
        command_line.first_pass(argv, "aws")
        friendly = len(argv) % 2 == 1
        invocation = understood(command_line.steps(argv, "aws", environ, store=world.store(), friendly=friendly))
        if isinstance(invocation, Command):
            parameters, paginated = stage.resolve(invocation, environ, Streams(None, None, None))
            sent = {name: value for name, value in parameters.items() if not paginated or name != "PaginationConfig"}
            stage.validate(sent, invocation.slice.input_shape, invocation.slice.shapes)


FREE = st.lists(WORD, max_size=10)
CALLS = st.builds(lambda name, rest: ["sagemaker", name, *rest], st.sampled_from(OPERATIONS), FREE)
TARGET = Target("arguments", CALLS | CALLS | FREE, check)

if __name__ == "__main__":
    main(TARGET)
