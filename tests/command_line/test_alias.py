"""The alias file (behaviour: input 5.1)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from awsshadow.errors import AwsShadowError, UsageError
from awsshadow.invocation import Help, Invocation, ShellAlias, Version
from tests.support.reading import command

ALIASES = """\
[toplevel]
lm = sagemaker list-models --max-results 2
west = sagemaker list-models --region us-west-2
multi =
  sagemaker list-models
  --output text
ext = !echo hi
extmore = ext --foo "a b"
loop = loop
ping = pong
pong = ping
bad = nosuch thing
empty =
quote = sagemaker "list
prof = sagemaker list-models --profile x
dbg = --debug sagemaker list-models
NoCase = sagemaker list-models
ver = sagemaker --version

[command sagemaker]
ls = list-endpoints --max-results 2
list-hubs = list-hubs --max-results 9
ext = !f() { echo "$@"; }; f
lost = nosuch
loop = loop
asked = list-models help

[command sagemaker list-models]
foo = --max-results 3 --region eu-west-3
bar = --sort-by Name
ext = !echo

[command sagemaker describe-model]
m = --model-name fromalias

[command sagemaker wait]
eis = endpoint-in-service --endpoint-name x
ext = !waited

[command sagemaker wait endpoint-deleted]
mine = --endpoint-name e
"""


def lay(home: Path, text: str) -> None:
    folder = home / ".aws" / "cli"
    folder.mkdir(parents=True)
    (folder / "alias").write_text(text, encoding="utf-8")


@pytest.fixture
def aliased(read: Callable[..., Invocation], home: Path) -> Callable[[str], Invocation]:
    lay(home, ALIASES)
    return lambda line: read(line.split())


@pytest.mark.parametrize(
    ("line", "operation", "given"),
    [
        ("lm", "list-models", {"max-results": "2"}),
        ("lm --max-results 4", "list-models", {"max-results": "4"}),
        ("multi", "list-models", {}),
        ("nocase", "list-models", {}),
        ("sagemaker ls --sort-by Name", "list-endpoints", {"sort-by": "Name", "max-results": "2"}),
        ("sagemaker list-hubs", "list-hubs", {"max-results": "9"}),
        ("sagemaker list-models foo", "list-models", {"max-results": "3"}),
        ("sagemaker list-models foo bar", "list-models", {"max-results": "3", "sort-by": "Name"}),
        ("sagemaker list-models foo --max-results 5", "list-models", {"max-results": "5"}),
        ("sagemaker describe-model m", "describe-model", {"model-name": "fromalias"}),
        ("sagemaker wait eis", "endpoint-in-service", {"endpoint-name": "x"}),
        ("sagemaker wait endpoint-deleted mine", "endpoint-deleted", {"endpoint-name": "e"}),
    ],
)
def test_internal(aliased: Callable[[str], Invocation], line: str, operation: str, given: dict[str, object]) -> None:
    invocation = command(aliased(line))
    assert invocation.lineage[-1] == operation
    assert dict(sorted(invocation.given.items())) == dict(sorted(given.items()))


@pytest.mark.parametrize(
    ("line", "region"),
    [
        ("west --region us-east-2", "us-west-2"),
        ("sagemaker list-models --region us-east-2", "us-east-2"),
        ("sagemaker list-models foo", "eu-west-3"),
    ],
)
def test_global_options_of_an_alias_win(aliased: Callable[[str], Invocation], line: str, region: str) -> None:
    assert command(aliased(line)).globals.region == region


@pytest.mark.parametrize(
    ("line", "timeouts"),
    [
        ("--cli-read-timeout 5 --cli-connect-timeout 6 sagemaker list-models", ("5", "6")),
        ("--cli-read-timeout 5 --cli-connect-timeout 6 plain", (None, None)),
        ("--cli-read-timeout 5 --cli-connect-timeout 6 patient", ("9", None)),
        ("patient --cli-read-timeout 5", ("9", None)),
        ("--cli-connect-timeout 6 sagemaker plain", (None, None)),
        ("outer", (None, None)),
    ],
)
def test_each_alias_sets_both_timeouts(
    read: Callable[..., Invocation], home: Path, line: str, timeouts: tuple[str | None, str | None]
) -> None:
    lay(
        home,
        "[toplevel]\nplain = sagemaker list-models\npatient = sagemaker list-models --cli-read-timeout 9\n"
        "outer = --cli-read-timeout 7 plain\n[command sagemaker]\nplain = list-models\n",
    )
    found = command(read(line.split())).globals
    assert (found.cli_read_timeout, found.cli_connect_timeout) == timeouts


def test_a_bundle_and_the_pager_are_chosen_before_an_alias_is_looked_at(
    read: Callable[..., Invocation], home: Path
) -> None:
    lay(home, "[toplevel]\nlm = sagemaker list-models --ca-bundle own.pem --no-cli-pager --no-verify-ssl\n")
    found = command(read(["lm"])).globals
    assert (found.ca_bundle, found.cli_pager, found.verify_ssl) == (None, True, False)
    assert command(read(["--ca-bundle", "typed.pem", "lm"])).globals.ca_bundle == "typed.pem"


def test_an_alias_may_wrap_the_command_of_its_name(read: Callable[..., Invocation], home: Path) -> None:
    lay(home, "[toplevel]\nsagemaker = sagemaker --region eu-west-1\nwest = sagemaker list-models --region us-west-2\n")
    assert command(read("list-models")).globals.region == "eu-west-1"
    assert command(read(["west"])).globals.region == "eu-west-1"


def test_wrapped_commands_lose_their_service(read: Callable[..., Invocation], home: Path) -> None:
    lay(home, "[command sagemaker]\nwait = wait\n[command wait]\neis = endpoint-in-service --endpoint-name x\n")
    assert command(read("wait eis")).given == {"endpoint-name": "x"}
    with pytest.raises(UsageError, match=r"usage: aws .options. wait <subcommand>"):
        read("wait")


@pytest.mark.parametrize(
    ("line", "shell"),
    [
        ("ext", "echo hi"),
        ("ext a b'c --region x", "echo hi a 'b'\"'\"'c'"),
        ("ext -- --region x", "echo hi --region x"),
        ("extmore c", "echo hi --foo 'a b' c"),
        ("sagemaker ext 1 2", 'f() { echo "$@"; }; f 1 2'),
        ("sagemaker list-models --max-results 1 ext --nope", "echo --max-results 1 --nope"),
        ("sagemaker wait ext x", "waited x"),
    ],
)
def test_external(aliased: Callable[[str], Invocation], line: str, shell: str) -> None:
    invocation = aliased(line)
    assert isinstance(invocation, ShellAlias)
    assert invocation.text == shell


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("bad", "argument command: Found invalid choice 'nosuch'"),
        ("empty", "the following arguments are required: command"),
        ("ext --output foo", "argument --output: Found invalid choice 'foo'"),
        ("sagemaker lost", "argument operation: Found invalid choice 'nosuch'"),
        ("sagemaker list-models baz", "argument subcommand: Found invalid choice 'baz'"),
        ("sagemaker lss", "argument operation: Found invalid choice 'lss'\n\nMaybe you meant:\n\n  * ls"),
        ("sagemaker describe-model", "the following arguments are required: --model-name"),
    ],
)
def test_usage_errors(aliased: Callable[[str], Invocation], line: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        aliased(line)
    assert caught.value.message.strip() == message


UNCLOSED = "No closing quotation when parsing"
RECURSION = "maximum recursion depth exceeded while calling a Python object"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("loop", RECURSION),
        ("ping", RECURSION),
        ("sagemaker loop", RECURSION),
        ("quote", f'Value of alias "quote" could not be parsed. Received error: {UNCLOSED}:\nsagemaker "list'),
        ("prof", 'Global parameter "--profile" detected in alias "prof" which is not supported in subcommand aliases.'),
        ("dbg", 'Global parameter "--debug" detected in alias "dbg" which is not supported in subcommand aliases.'),
    ],
)
def test_other_errors(aliased: Callable[[str], Invocation], line: str, message: str) -> None:
    with pytest.raises(AwsShadowError) as caught:
        aliased(line)
    assert caught.value.message == message
    assert caught.value.exit_code == 255


@pytest.mark.parametrize(
    ("section", "first", "longest"), [("toplevel", [], 482), ("command sagemaker", ["sagemaker"], 243)]
)
def test_a_chain_of_aliases_is_as_long_as_the_reference_allows(
    read: Callable[..., Invocation], home: Path, section: str, first: list[str], longest: int
) -> None:
    links = "".join(f"a{place} = a{place + 1}\n" for place in range(longest))
    last = "sagemaker list-models" if section == "toplevel" else "list-models"
    lay(home, f"[{section}]\n{links}a{longest} = {last}\n")
    assert command(read([*first, "a1"])).lineage == ("sagemaker", "list-models")
    with pytest.raises(AwsShadowError, match=RECURSION):
        read([*first, "a0"])


def test_help_and_version_through_an_alias(aliased: Callable[[str], Invocation]) -> None:
    for line, operation in (("sagemaker asked", "list-models"), ("sagemaker ls help", "list-endpoints")):
        invocation = aliased(line)
        assert isinstance(invocation, Help)
        assert invocation.lineage == ("sagemaker", operation)
    assert isinstance(aliased("ver"), Version)


def test_a_broken_file_stops_every_command(read: Callable[..., Invocation], home: Path) -> None:
    lay(home, "[toplevel\nbroken")
    with pytest.raises(AwsShadowError, match=r"Unable to parse config file: .*alias") as caught:
        read(["--version"])
    assert caught.value.exit_code == 255
