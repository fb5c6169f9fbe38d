"""Whole command lines: which parser takes what, and which error comes first (behaviour: input 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awsshadow import command_line
from awsshadow.errors import (
    AwsShadowError,
    EarlyUsageError,
    OtherServiceError,
    UnknownOptionsError,
    UsageError,
)
from awsshadow.invocation import Call, Globals, Help, Invocation, Skeleton, Version, Wait
from tests.support.reading import command

if TYPE_CHECKING:
    from collections.abc import Callable

USAGE = """\
usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help"""


def refused(read: Callable[..., Invocation], line: str | list[str], kind: type[UsageError] = UsageError) -> UsageError:
    with pytest.raises(kind) as caught:
        read(line)
    return caught.value


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ("list-models", {}),
        ("list-models --max-results 3", {"max-results": "3"}),
        ("list-models --max-items 3 --page-size=5", {"page-size": 5, "max-items": 3}),
        ("list-models --starting-token 3", {"starting-token": "3"}),
        ("describe-model --mod m", {"model-name": "m"}),
        ("describe-endpoint --endpoint-n foo", {"endpoint-name": "foo"}),
        ("delete-tags --resource-arn a --tag-keys a --region r b", {"resource-arn": "a", "tag-keys": ["a", "b"]}),
        ("delete-tags --tag-keys a help --resource-arn a", {"resource-arn": "a", "tag-keys": ["a", "help"]}),
        ("delete-tags --tag-keys --resource-arn a", {"resource-arn": "a", "tag-keys": []}),
        ("describe-model -- --model-name foo", {"model-name": "foo"}),
        ("-- list-models", {}),
        ("list-models --", {}),
        ("--max-results=3 list-models", {"max-results": "3"}),
        (
            "update-endpoint --retain-dep --no-retain-d --endpoint-config-name c --endpoint-name e",
            {"endpoint-name": "e", "endpoint-config-name": "c", "retain-deployment-config": False},
        ),
        (
            "update-pipeline-version --pipeline-arn a --pipeline-version-id 7",
            {"pipeline-arn": "a", "pipeline-version-id": 7},
        ),
        ("delete-image-version --image-name i --version-n 3", {"image-name": "i", "version-number": "3"}),
        ("describe-model --cli-input-json {}", {"cli-input-json": "{}"}),
        ("describe-model --generate-cli-skeleton", {"generate-cli-skeleton": "input"}),
        ("describe-model --generate-cli-skeleton yaml-input", {"generate-cli-skeleton": "yaml-input"}),
        ("stop-pipeline-execution --pipeline-execution-arn a", {"pipeline-execution-arn": "a"}),
    ],
)
def test_calls(read: Callable[..., Invocation], line: str, given: dict[str, object]) -> None:
    found = command(read(line))
    assert isinstance(found, Skeleton if "generate-cli-skeleton" in given else Call)
    assert list(found.given.items()) == list(given.items())
    assert found.lineage == ("sagemaker", found.slice.name)


def test_an_empty_word_is_no_leftover(read: Callable[..., Invocation]) -> None:
    assert isinstance(read(["sagemaker", "list-models", ""]), Call)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("--region a list-models --reg b", {"region": "b"}),
        ("list-models --r x", {"region": "x"}),
        ("list-models --no-p", {"paginate": False}),
        ("list-models --no-verify-ssl --no-sign-request", {"verify_ssl": False, "sign_request": False}),
        ("list-models --no-cli-pager --debug", {"cli_pager": False, "debug": True}),
        ("list-models --output yaml-stream --color on", {"output": "yaml-stream", "color": "on"}),
        ("list-models --cli-read-timeout abc", {"cli_read_timeout": "abc"}),
        ("list-models --cli-connect-timeout 5", {"cli_connect_timeout": "5"}),
        ("list-models --endpoint-url=http://x --profile p", {"endpoint_url": "http://x", "profile": "p"}),
        ("list-models --query a --ca-bundle b", {"query": "a", "ca_bundle": "b"}),
        ("list-models --cli-binary-format base64", {"cli_binary_format": "base64"}),
        ("list-models --cli-error-format json", {"cli_error_format": "json"}),
        ("list-models --cli-auto-prompt", {"cli_auto_prompt": True}),
        ("list-models --no-cli-auto-prompt", {"no_cli_auto_prompt": True}),
        ("list-models --region=--", {"region": ""}),
    ],
)
def test_global_options(read: Callable[..., Invocation], line: str, values: dict[str, object]) -> None:
    assert vars(command(read(line)).globals) == {**vars(Globals()), **values}


REQUIRED = "the following arguments are required"
OPERATION = "argument operation: Found invalid choice"
SUBCOMMAND = "argument subcommand: Found invalid choice"
SKELETON = "argument --generate-cli-skeleton: Found invalid choice"
MAYBE = "\nMaybe you meant:\n\n"
NEGATIVE = "--no-verify-ssl, --no-paginate, --no-sign-request, --no-cli-pager, --no-cli-auto-prompt"
WITH_C = (
    "--color, --ca-bundle, --cli-read-timeout, --cli-connect-timeout, "
    "--cli-binary-format, --cli-auto-prompt, --cli-error-format"
)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("--max-results 3 list-models", f"{OPERATION} '3'\n"),
        ("describe-model --bogus", f"{REQUIRED}: --model-name"),
        ("describe-model --output foo", "argument --output: Found invalid choice 'foo'\n"),
        ("bogus --output foo", "argument --output: Found invalid choice 'foo'\n"),
        ("", f"{REQUIRED}: operation"),
        ("--help", f"{REQUIRED}: operation"),
        ("describe-model --model-name", "argument --model-name: expected one argument"),
        ("list-models --no-paginate=", "argument --no-paginate: ignored explicit argument ''"),
        ("list-models --page-size abc", "argument --page-size: invalid int value: 'abc'"),
        ("list-models --sort x", "ambiguous option: --sort could match --sort-by, --sort-order"),
        ("list-models --max 3", "ambiguous option: --max could match --max-results, --max-items"),
        ("list-models --no=x", f"ambiguous option: --no=x could match {NEGATIVE}"),
        ("list-models --c", f"ambiguous option: --c could match {WITH_C}"),
        ("describe-model --generate input", f"{REQUIRED}: --model-name"),
        ("describe-model --cli-input-json={}", f"{REQUIRED}: --model-name"),
        ("describe-model --generate-cli-skeleton output", f"{REQUIRED}: --model-name"),
        ("describe-model --generate-cli-skeleton foo", f"{SKELETON} 'foo'\n"),
        ("describe-model --generate-cli-skeleton help", f"{SKELETON} 'help'\n"),
        ("describe-model --generate-cli-skeleton outpu", f"{SKELETON} 'outpu'\n{MAYBE}  * output"),
        ("create-monitoring-schedule", f"{REQUIRED}: --monitoring-schedule-name, --monitoring-schedule-config"),
        ("describe-model -- -- --model-name foo", f"{REQUIRED}: --model-name"),
        ("describe-model help foo", f"{REQUIRED}: --model-name"),
        ("LIST-MODELS", f"{OPERATION} 'LIST-MODELS'\n"),
        (
            "describe-modl",
            f"{OPERATION} 'describe-modl'\n{MAYBE}  * describe-model\n  * describe-model-card\n  * describe-job",
        ),
        ("hel", f"{OPERATION} 'hel'\n{MAYBE}  * help"),
        ("wait foo", f"{SUBCOMMAND} 'foo'\n"),
        ("wait help endpoint-deleted", f"{SUBCOMMAND} 'help'\n"),
        ("wait --foo help", f"{SUBCOMMAND} 'help'\n"),
        ("wait endpoint-in-service", f"{REQUIRED}: --endpoint-name"),
    ],
)
def test_usage_errors(read: Callable[..., Invocation], line: str, message: str) -> None:
    error = refused(read, line)
    assert error.message == message
    assert error.usage == USAGE
    assert error.exit_code == 252


@pytest.mark.parametrize(
    ("line", "unknown"),
    [
        ("list-models foo bar --nope x", "bar, --nope, x, foo"),
        ("list-models foo help", "help, foo"),
        ("list-models --nope=x y", "--nope=x, y"),
        ("list-models --help", "--help"),
        ("list-models --paginate", "--paginate"),
        ("list-models -- foo", "foo"),
        ("describe-model --model-name x -- y z", "z, y"),
        ("describe-model --model-name x -- --", "--"),
        ("describe-model -- --model-name x --region us-west-2", "--region, us-west-2"),
        ("delete-tags --resource-arn a --tag-keys=a b", "b"),
        ("delete-tags --resource-arn a --tag-keys a -5 -b", "-b"),
        ("list-hubs --max-items 3", "--max-items, 3"),
        ("update-endpoint --endpoint-name e --endpoint-config-name c --retain-deployment-config true", "true"),
        ("wait endpoint-in-service --endpoint-name x --bogus", "--bogus"),
    ],
)
def test_unknown_options(read: Callable[..., Invocation], line: str, unknown: str) -> None:
    error = refused(read, line, UnknownOptionsError)
    assert error.message == f"Unknown options: {unknown}"
    assert error.usage == USAGE
    assert error.code is None
    assert isinstance(error, UnknownOptionsError)
    assert error.words == unknown.split(", ")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ([], "the following arguments are required: command"),
        (["--help"], "the following arguments are required: command"),
        ([""], "argument command: Found invalid choice ''\n"),
        (["--max-results", "3", "sagemaker", "list-models"], "argument command: Found invalid choice '3'\n"),
        (["sagemaker", "--foo bar"], "argument operation: Found invalid choice '--foo bar'\n"),
        (["sagemakr"], "argument command: Found invalid choice 'sagemakr'\n\nMaybe you meant:\n\n  * sagemaker"),
        (["configur"], "argument command: Found invalid choice 'configur'\n\nMaybe you meant:\n\n  * configure"),
    ],
)
def test_errors_at_the_top(read: Callable[..., Invocation], argv: list[str], message: str) -> None:
    error = refused(read, argv)
    assert error.message == message
    assert not isinstance(error, OtherServiceError)


def test_names_are_matched_exactly(read: Callable[..., Invocation]) -> None:
    error = refused(read, ["sagemaker", " list-models"])
    assert error.message == f"{OPERATION} ' list-models'\n{MAYBE}  * list-models"


def test_options_may_stand_before_the_command_with_an_equals_sign(read: Callable[..., Invocation]) -> None:
    assert command(read(["--max-results=3", "sagemaker", "list-models"])).given == {"max-results": "3"}


@pytest.mark.parametrize(
    ("argv", "message", "usage"),
    [
        (["sagemaker", "x", "--profile"], "argument --profile: expected one argument", True),
        (["--version", "--debug=1"], "argument --debug: ignored explicit argument '1'", True),
        (["--=x"], "ambiguous option: --=x could match --profile, --debug", True),
        (
            ["--cli-auto-prompt", "--no-cli-auto-prompt", "--version"],
            "Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at the same time.",
            False,
        ),
    ],
)
def test_errors_before_everything(read: Callable[..., Invocation], argv: list[str], message: str, usage: bool) -> None:
    error = refused(read, argv, EarlyUsageError)
    assert error.message == message
    assert error.usage == ("usage: aws [--profile PROFILE] [--debug]" if usage else None)


def test_the_first_pass_sees_debug_wherever_it_stands() -> None:
    assert command_line.first_pass(["sagemaker", "x", "--deb"], "aws")
    assert not command_line.first_pass(["sagemaker", "--", "--debug"], "aws")


@pytest.mark.parametrize(
    "argv",
    [
        ["--version"],
        ["--vers"],
        ["sagemaker", "foo", "--version"],
        ["--version", "--output", "foo"],
        ["sagemaker", "--version", "nope"],
        ["sagemaker", "delete-image-version", "--image-name", "i", "--version", "3"],
        ["sagemaker", "wait", "image-version-created", "--image-name", "i", "--version", "3"],
    ],
)
def test_version(read: Callable[..., Invocation], argv: list[str]) -> None:
    assert isinstance(read(argv), Version)


@pytest.mark.parametrize("argv", [["--output", "foo", "--version"], ["--version", "--c"], ["foo", "--version"]])
def test_version_comes_after_errors_to_its_left_and_ambiguities(
    read: Callable[..., Invocation], argv: list[str]
) -> None:
    refused(read, argv)


def test_a_waiters_own_version_needs_a_marker(read: Callable[..., Invocation]) -> None:
    invocation = read(["sagemaker", "--", "wait", "image-version-created", "--image-name", "i", "--version", "3"])
    assert command(invocation).given == {"image-name": "i", "version": "3"}


@pytest.mark.parametrize(
    ("line", "lineage"),
    [
        (["help"], ()),
        (["help", "help"], ()),
        (["help", "--foo"], ()),
        ("help", ("sagemaker",)),
        ("help anything", ("sagemaker",)),
        ("--region x help", ("sagemaker",)),
        ("list-models help", ("sagemaker", "list-models")),
        ("describe-model help", ("sagemaker", "describe-model")),
        ("describe-model --region x help", ("sagemaker", "describe-model")),
        ("describe-model help --region x", ("sagemaker", "describe-model")),
        ("describe-model --model-name x help", ("sagemaker", "describe-model")),
        ("list-models help foo", ("sagemaker", "list-models")),
        ("list-models --max-results 3 help foo", ("sagemaker", "list-models")),
        ("list-models --bogus help", ("sagemaker", "list-models")),
        ("list-models -- help", ("sagemaker", "list-models")),
        ("wait help", ("sagemaker", "wait")),
        ("wait endpoint-in-service help", ("sagemaker", "wait", "endpoint-in-service")),
    ],
)
def test_help(read: Callable[..., Invocation], line: str | list[str], lineage: tuple[str, ...]) -> None:
    invocation = read(line)
    assert isinstance(invocation, Help)
    assert invocation.lineage == lineage


def test_only_topics_follow_help(read: Callable[..., Invocation]) -> None:
    assert refused(read, ["help", "sagemaker"]).message == "argument subcommand: Found invalid choice 'sagemaker'\n"
    topic = refused(read, ["help", "config-vars"], OtherServiceError)
    assert isinstance(topic, OtherServiceError)
    assert topic.command == "help"


@pytest.mark.parametrize(
    ("line", "lineage"),
    [
        (["--help"], ()),
        (["-h"], ()),
        ("--help", ("sagemaker",)),
        ("-h list-models", ("sagemaker", "list-models")),
        ("describe-model --help", ("sagemaker", "describe-model")),
        ("describe-model --bogus --help", ("sagemaker", "describe-model")),
        ("wait --help", ("sagemaker", "wait")),
        ("wait endpoint-deleted -h", ("sagemaker", "wait", "endpoint-deleted")),
    ],
)
def test_at_a_terminal_help_may_be_asked_for_as_elsewhere(
    read: Callable[..., Invocation], line: str | list[str], lineage: tuple[str, ...]
) -> None:
    invocation = read(line, friendly=True)
    assert isinstance(invocation, Help)
    assert invocation.lineage == lineage


def test_at_a_terminal_mistakes_stay_mistakes(read: Callable[..., Invocation]) -> None:
    with pytest.raises(UsageError, match="invalid choice 'nope'"):
        read("nope --help", friendly=True)
    with pytest.raises(UnknownOptionsError, match="--help"):
        read("list-models x -- y --help", friendly=True)


def test_wait(read: Callable[..., Invocation]) -> None:
    invocation = read("wait --endpoint-name=x endpoint-in-service")
    assert isinstance(invocation, Wait)
    assert invocation.lineage == ("sagemaker", "wait", "endpoint-in-service")
    assert invocation.given == {"endpoint-name": "x"}
    error = refused(read, "wait")
    expected = "usage: aws [options] sagemaker wait <subcommand> [parameters]\naws: [ERROR]: too few arguments"
    assert (error.message, error.usage) == (expected, None)
    error = refused(read, "wait --foo --bar")
    assert (error.message, error.usage, error.code) == ("Unknown options: --foo,--bar", None, "ParamValidation")


@pytest.mark.parametrize("command", ["s3", "s3api", "ec2", "configure", "deploy", "configservice"])
def test_other_services_are_known_but_not_ours(read: Callable[..., Invocation], command: str) -> None:
    error = refused(read, [command, "something", "--region", "x"], OtherServiceError)
    assert isinstance(error, OtherServiceError)
    assert error.command == command
    assert error.message == f"argument command: Found invalid choice '{command}'\n"


def test_folders_are_not_commands(read: Callable[..., Invocation]) -> None:
    assert not isinstance(refused(read, ["codedeploy"]), OtherServiceError)


def test_the_check_comes_between_the_global_options_and_the_operation(read: Callable[..., Invocation]) -> None:
    def check(given: Globals) -> None:
        raise AwsShadowError(f"checked {given.region}")

    with pytest.raises(AwsShadowError, match="checked r"):
        read("bogus --region r", check=check)
    with pytest.raises(AwsShadowError, match="checked None"):
        read("help", check=check)
    with pytest.raises(UsageError):
        read(["bogus"], check=check)
    assert isinstance(read("--version", check=check), Version)


WORDS = st.sampled_from(
    ["sagemaker", "help", "wait", "list-models", "describe-model", "delete-tags", "endpoint-in-service", "s3", "x"]
    + ["--region", "--output", "json", "--version", "--model-name", "--tag-keys", "--max-items", "3", "-5", "--", "-"]
    + ["--no", "--no-paginate", "--generate-cli-skeleton", "output", "--m=1"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=8))
def test_every_line_is_understood_or_refused(read: Callable[..., Invocation], words: list[str]) -> None:
    try:
        invocation = read(words)
    except UsageError:
        return
    assert isinstance(invocation, Call | Wait | Skeleton | Help | Version)
