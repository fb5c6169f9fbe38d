"""What the menu of the prompt offers, in which order, and what is written when it is taken."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("prompt_toolkit", reason="prompt-toolkit is not installed")

from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from awsshadow.prompt.completer import Words, fuzzy

#: What is offered for a text: what the line becomes, what is shown, its description.
Menu = Callable[[str], list[tuple[str, str, str]]]


@pytest.mark.parametrize(
    ("guess", "name", "expected"),
    [
        ("", "anything", (0, 0)),
        ("abc", "abc", (3, 0)),
        ("ac", "abc", (3, 0)),
        ("ac", "abcac", (2, 3)),
        ("lm", "list-models", (6, 0)),
        ("MOD", "list-models", (3, 5)),
        ("mn", "--model-name", (7, 2)),
        ("x", "abc", None),
        ("ca", "abc", None),
        ("abcd", "abc", None),
    ],
)
def test_fuzzy(guess: str, name: str, expected: tuple[int, int] | None) -> None:
    assert fuzzy(guess, name) == expected


@given(st.text(max_size=8), st.text(max_size=20))
def test_a_match_is_as_long_as_the_guess_at_least_and_lies_inside(guess: str, name: str) -> None:
    found = fuzzy(guess, name)
    if found and guess:
        assert len(guess.lower()) <= found[0] <= len(name.lower()) - found[1]


@pytest.fixture
def menu(environ: dict[str, str]) -> Menu:
    def ask(text: str) -> list[tuple[str, str, str]]:
        found = Words(environ).get_completions(Document(text, len(text)), CompleteEvent(text_inserted=True))
        return [(text[: len(text) + c.start_position] + c.text, c.display_text, c.display_meta_text) for c in found]

    return ask


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("sagemaker lsmodels", ["sagemaker list-models"]),
        ("sgmkr", ["sagemaker"]),
        ("sagemaker dscrbmdlcrd", [
            "sagemaker describe-model-card", "sagemaker describe-model-card-export-job",
        ]),
        ("sagemaker list-models --sort-by crti", ["sagemaker list-models --sort-by CreationTime"]),
        ("sagemaker list-models --sort-by=ct", ["sagemaker list-models --sort-by=CreationTime"]),
        ("sagemaker list-models --query Models[].marn", ["sagemaker list-models --query Models[].ModelArn"]),
        ("sagemaker list-models --query 'Models[].marn", ["sagemaker list-models --query 'Models[].ModelArn"]),
        ("sagemaker create-model --vpc-config sbn", ["sagemaker create-model --vpc-config Subnets=["]),
        ("sagemaker create-model --vpc-config Subnets=[a", [
            "sagemaker create-model --vpc-config Subnets=[a]",
        ]),
        ("--region usw2", ["--region us-west-2"]),
        ("sagemaker nothing x", []),
    ],
)  # fmt: skip
def test_letters_in_their_order_are_enough(menu: Menu, text: str, lines: list[str]) -> None:
    assert [line for line, *_ in menu(text)][: len(lines) or None] == lines


def test_required_options_come_first_and_say_so(menu: Menu) -> None:
    found = menu("sagemaker create-endpoint ")
    assert [shown for _, shown, _ in found[:2]] == ["--endpoint-name (required)", "--endpoint-config-name (required)"]
    assert found[0][2].startswith("[string] ")
    assert not any("(required)" in shown for _, shown, _ in found[2:])
    found = menu("sagemaker create-endpoint --endpoint-name x --end")
    assert found[0][1] == "--endpoint-config-name (required)"


def test_options_say_their_type(menu: Menu) -> None:
    about = {shown: text for _, shown, text in menu("sagemaker list-models --")}
    assert about["--max-items"].startswith("[integer] How many items to show")
    assert about["--debug"].startswith("[boolean] Write a log")
    assert about["--cli-read-timeout"].startswith("[int] ")


def test_to_be_asked_is_not_offered_again(menu: Menu) -> None:
    assert not [line for line, *_ in menu("sagemaker list-models --cli-a") if "auto-prompt" in line]


def test_names_of_files_are_written_as_a_shell_needs_them(menu: Menu, home: Path) -> None:
    (home / "two words").write_text("")
    (home / "it's").write_text("")
    base = "sagemaker create-model --cli-input-json "
    assert [line for line, *_ in menu(base + "file://tw")] == [base + "file://two\\ words"]
    assert [line for line, *_ in menu(base + "file://it")] == [base + "file://it\\'s"]
    assert [line for line, *_ in menu(base + "'file://tw")] == [base + "'file://two words"]
    assert [line for line, *_ in menu(base + '"file://tw')] == [base + '"file://two words']


def test_open_brackets_are_offered_to_be_closed(menu: Menu) -> None:
    found = menu("sagemaker create-endpoint-config --production-variants CoreDumpConfig={DestinationS3Uri=s3://b")
    assert found[-1][0].endswith("DestinationS3Uri=s3://b}")
    assert found[-1][2] == "Autoclose brackets"


def test_a_damaged_installation_offers_nothing(menu: Menu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("awsshadow.model.store.model_stamp", lambda _: None)
    assert menu("sagemaker list") == []


@given(text=st.text("sagemkr list-od'\"\\ {}[]=,.|`", max_size=40))
def test_any_text_has_a_menu(text: str) -> None:
    for found in Words({"HOME": "/nonexistent"}).get_completions(Document(text, len(text)), CompleteEvent()):
        assert found.start_position <= 0
