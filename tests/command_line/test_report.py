"""Errors as they reach standard error (behaviour: output 5.1, output 5.2)."""

from __future__ import annotations

import io

import pytest

from awsshadow.config.files import ConfigFiles
from awsshadow.config.settings import Settings
from awsshadow.errors import (
    AwsShadowError,
    ConfigurationError,
    EarlyUsageError,
    OtherServiceError,
    ParameterError,
    ServiceError,
    UnknownOptionsError,
    UsageError,
)
from awsshadow.invocation import Globals
from awsshadow.report import report
from awsshadow.streams import Streams


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def settings_for(environ: dict[str, str] | None = None, **options: object) -> Settings:
    given = Globals()
    vars(given).update(options)
    return Settings(given, environ or {}, ConfigFiles({"p": {"cli_error_format": "legacy"}}, {}))


def reported(error: Exception, settings: Settings | None = None, stderr: io.StringIO | None = None) -> tuple[int, str]:
    stderr = stderr or io.StringIO()
    code = report(error, "aws", settings, Streams(None, None, stderr))
    return code, stderr.getvalue()


CHOICE = "argument operation: Found invalid choice 'x'"
USAGE = UsageError(f"{CHOICE}\n", "usage: aws\n\n  aws help")
SERVICE = ServiceError(
    "An error occurred (ValidationException) when calling the CreateModel operation: no",
    {"Message": "no", "Code": "ValidationException"},
)


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (AwsShadowError("  bad\nthing \n"), 255, "bad\nthing"),
        (ValueError("odd"), 255, "odd"),
        (ParameterError("no"), 252, "An error occurred (ParamValidation): no"),
        (UsageError("usage: x\n\n"), 252, "An error occurred (ParamValidation): usage: x"),
        (USAGE, 252, f"An error occurred (ParamValidation): {CHOICE}\n\n\nusage: aws\n\n  aws help"),
        (ConfigurationError("c"), 253, "An error occurred (Configuration): c"),
        (ConfigurationError("r", "NoRegion"), 253, "An error occurred (NoRegion): r"),
        (SERVICE, 254, SERVICE.message),
    ],
)
@pytest.mark.parametrize("settings", [None, settings_for()])
def test_the_block(error: Exception, code: int, text: str, settings: Settings | None) -> None:
    assert reported(error, settings) == (code, f"\naws: [ERROR]: {text}\n")


@pytest.mark.parametrize(
    ("error", "warns", "warned"),
    [
        (ParameterError("no"), True, True),
        (ParameterError("no"), False, False),
        (EarlyUsageError("no"), True, False),
        (ValueError("no"), True, False),
    ],
)
def test_an_unknown_error_format_is_worth_a_line_before_the_command_is_known(
    error: Exception, warns: bool, warned: bool
) -> None:
    stderr = io.StringIO()
    settings = settings_for({"AWS_CLI_ERROR_FORMAT": "Bogus"})
    report(error, "aws", settings, Streams(None, None, stderr), warns)
    line = "Invalid cli_error_format: 'bogus'. Using 'enhanced' format.\n"
    assert stderr.getvalue().startswith(line if warned else "\naws: [ERROR]: ")


def test_an_empty_message_leaves_no_blank() -> None:
    assert reported(AwsShadowError("")) == (255, "\naws: [ERROR]:\n")


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        (settings_for(cli_error_format="legacy"), "\naws: [ERROR]: r\n"),
        (
            settings_for(cli_error_format="enhanced", profile="nope"),
            "\naws: [ERROR]: An error occurred (NoRegion): r\n",
        ),
        (settings_for(profile="p"), "\naws: [ERROR]: r\n"),
        (settings_for(profile="nope"), "\naws: [ERROR]: r\n"),
        (settings_for({"AWS_PROFILE": ""}), "\naws: [ERROR]: r\n"),
        (
            settings_for({"AWS_CLI_ERROR_FORMAT": ""}, profile="nope"),
            "\naws: [ERROR]: An error occurred (NoRegion): r\n",
        ),
        (settings_for({"AWS_CLI_ERROR_FORMAT": "odd"}), "\naws: [ERROR]: An error occurred (NoRegion): r\n"),
        (settings_for({"AWS_CLI_ERROR_FORMAT": "LEGACY"}), "\naws: [ERROR]: r\n"),
        (settings_for(cli_error_format="json"), '{\n    "Code": "NoRegion",\n    "Message": "r"\n}\n'),
        (settings_for({"AWS_CLI_ERROR_FORMAT": "yaml"}), "Code: NoRegion\nMessage: r\n"),
        (settings_for(cli_error_format="text"), "NoRegion\tr\n"),
    ],
)
def test_formats(settings: Settings | None, text: str) -> None:
    assert reported(ConfigurationError("r", "NoRegion"), settings) == (253, text)


def test_service_errors_keep_the_order_of_their_fields() -> None:
    text = '{\n    "Message": "no",\n    "Code": "ValidationException"\n}\n'
    assert reported(SERVICE, settings_for(cli_error_format="json")) == (254, text)


def test_the_table_is_titled() -> None:
    code, text = reported(ConfigurationError("r", "NoRegion"), settings_for(cli_error_format="table"))
    assert code == 253
    assert text.splitlines()[1].strip("| ") == "error"
    assert "NoRegion" in text


def test_structured_forms_hold_the_usage_with_its_newline() -> None:
    _, text = reported(USAGE, settings_for(cli_error_format="json"))
    assert text.endswith("'x'\\n\\n\\nusage: aws\\n\\n  aws help\\n\"\n}\n")


@pytest.mark.parametrize("error", [AwsShadowError("x"), UnknownOptionsError("Unknown options: x", "u")])
def test_errors_without_a_code_have_no_structured_form(error: Exception) -> None:
    plain = reported(error, settings_for())
    assert reported(error, settings_for(cli_error_format="json")) == plain


def test_errors_before_any_setting_are_always_enhanced() -> None:
    error = EarlyUsageError("both")
    text = "\naws: [ERROR]: An error occurred (ParamValidation): both\n"
    assert reported(error, settings_for({"AWS_CLI_ERROR_FORMAT": "json"})) == (252, text)
    assert reported(error, settings_for({"AWS_PROFILE": "nope"})) == (252, text)


def test_unknown_options_come_after_the_usage() -> None:
    error = UnknownOptionsError("Unknown options: --foo", "usage: aws\n  aws help")
    expected = "\nusage: aws\n  aws help\n\n\naws: [ERROR]: Unknown options: --foo\n"
    assert reported(error) == (252, expected)
    assert reported(error, stderr=Terminal()) == (252, expected)


def test_another_services_command_is_an_invalid_choice() -> None:
    error = OtherServiceError("s3", "argument command: Found invalid choice 's3'\n", "u")
    code, text = reported(error)
    assert code == 252
    assert "Found invalid choice 's3'" in text


def bytes_reported(error: Exception, settings: Settings | None) -> tuple[int, str]:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="utf-8", errors="backslashreplace", write_through=True)
    code = report(error, "aws", settings, Streams(None, None, stream))
    return code, written.getvalue().decode()


REASON = "'ascii' codec can't encode character '\\xe9' in position"


@pytest.mark.parametrize(
    ("error", "options", "lines"),
    [
        (ServiceError("é", {"Message": "é", "Code": "C"}), {}, 3),
        (ServiceError("é", {"Message": "é", "Code": "C"}), {"cli_error_format": "legacy"}, 2),
        (AwsShadowError("é"), {}, 2),
    ],
)
def test_an_encoding_asked_for_is_strict(error: Exception, options: dict[str, str], lines: int) -> None:
    code, text = bytes_reported(error, settings_for({"AWS_CLI_OUTPUT_ENCODING": "ascii"}, **options))
    assert code == 255
    assert text.startswith("\n" * lines + f"aws: [ERROR]: {REASON}")


def test_an_unknown_encoding_does_not_hinder_the_report() -> None:
    code, text = bytes_reported(AwsShadowError("é"), settings_for({"AWS_CLI_OUTPUT_ENCODING": "bogus"}))
    assert (code, text) == (255, "\naws: [ERROR]: é\n")


def test_without_standard_error_there_is_only_an_exit_code() -> None:
    assert report(AwsShadowError("x"), "aws", None, Streams(None, None, None)) == 1


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("legacy", "\n~aws: [ERROR]: r~\n~"),
        ("json", '{~\n    ~"Code"~: ~"NoRegion"~,\n    ~"Message"~: ~"r"~\n~}~\n~'),
        ("yaml", "Code: NoRegion\nMessage: r\n~"),
        ("text", "NoRegion\tr~\n~"),
    ],
)
def test_colours_are_reset_after_each_piece_once_a_coloured_table_was_made_ready(form: str, text: str) -> None:
    streams = Streams(None, None, io.StringIO())
    streams.coloured_tables = 1
    report(ConfigurationError("r", "NoRegion"), "aws", settings_for(cli_error_format=form), streams)
    assert streams.stderr is not None
    shown = streams.stderr.getvalue()  # type: ignore[attr-defined]
    assert shown == text.replace("~", "\x1b[0m")
