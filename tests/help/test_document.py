"""What a page of an invented service says, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.help.blocks import Document, Note, Paragraph, Section
from awsshadow.help.document import document
from awsshadow.help.global_options import GLOBAL_OPTIONS
from awsshadow.own_commands import OWN_COMMANDS
from tests.help.outline import letters, outline

if TYPE_CHECKING:
    from awsshadow.model.store import Store

GLOBAL_SYNOPSIS = [
    *("[--debug]", "[--endpoint-url <value>]", "[--no-verify-ssl]", "[--no-paginate]", "[--output <value>]"),
    *("[--query <value>]", "[--profile <value>]", "[--region <value>]", "[--version <value>]", "[--color <value>]"),
    *("[--no-sign-request]", "[--ca-bundle <value>]", "[--cli-read-timeout <value>]"),
    *("[--cli-connect-timeout <value>]", "[--cli-binary-format <value>]", "[--no-cli-pager]", "[--cli-auto-prompt]"),
    *("[--no-cli-auto-prompt]", "[--cli-error-format <value>]"),
]


#: A shape in itself is written out twice; the third time it is said to recur.
LAYERS = [
    "| [",
    "|   {",
    '|     "Above": [',
    "|       {",
    '|         "Above": [',
    "|           { ... recursive ... }",
    "|           ...",
    "|         ],",
    '|         "Of": "Rye"|"Wheat"',
    "|       }",
    "|       ...",
    "|     ],",
    '|     "Of": "Rye"|"Wheat"',
    "|   }",
    "|   ...",
    "| ]",
]


def section(page: Document, title: str) -> Section:
    return next(s for s in page.sections if s.title == title)


def lines_of(page: Document, title: str) -> list[str]:
    lines = outline(page)
    start = lines.index(f"# {title}") + 1
    end = next((i for i in range(start, len(lines)) if lines[i].startswith("# ")), len(lines))
    return lines[start:end]


def words_of(page: Document, title: str) -> list[str]:
    return list(letters(section(page, title).blocks))


def test_an_operation_has_the_sections_of_the_reference_page(bakery: Store) -> None:
    page = document(("sagemaker", "bake-bread"), bakery, "aws")
    assert page.title == "bake-bread"
    assert page.summary == "Bakes a loaf"
    assert [s.title for s in page.sections] == ["Description", "Synopsis", "Options", "Global Options", "Output"]


def test_synopsis(bakery: Store) -> None:
    page = document(("sagemaker", "bake-bread"), bakery, "aws")
    assert [line[2:] for line in lines_of(page, "Synopsis")[1:]] == [
        "bake-bread",
        "--loaf-name <value>",
        "[--client-token <value>]",
        "[--flour <value>]",
        "[--sliced | --no-sliced]",
        "[--crust <value>]",
        "[--toppings <value>]",
        "[--layers <value>]",
        "[--labels <value>]",
        "[--filling <value>]",
        "[--cli-input-json | --cli-input-yaml]",
        "[--generate-cli-skeleton <value>]",
        *GLOBAL_SYNOPSIS,
    ]


def test_options_with_members_marks_and_forms(bakery: Store) -> None:
    page = document(("sagemaker", "bake-bread"), bakery, "aws")
    assert lines_of(page, "Options") == [
        "--loaf-name (string) [required]",
        "--client-token (string)",
        "--flour (string)",
        "--sliced | --no-sliced (boolean)",
        "--crust (structure)",
        "  Colour -> (string) [required]",
        "  Cracks -> (list)",
        "    (integer)",
        "  Inner -> (structure)",
        "    Numbers -> (list)",
        "      (integer)",
        "Shorthand Syntax:",
        "| Colour=string,Cracks=integer,integer,Inner={Numbers=[integer,integer]}",
        "JSON Syntax:",
        "| {",
        '|   "Colour": "Rye"|"Wheat",',
        '|   "Cracks": [integer, ...],',
        '|   "Inner": {',
        '|     "Numbers": [integer, ...]',
        "|   }",
        "| }",
        "--toppings (list)",
        "  (string)",
        "Syntax:",
        '| "string" "string" ...',
        "--layers (list)",
        "  (structure)",
        "    Above -> (list)",
        "      (structure)",
        "        Of -> (string)",
        "    Of -> (string)",
        "Shorthand Syntax:",
        "| ( ... recursive ... ),Of=string ...",
        "JSON Syntax:",
        *LAYERS,
        "--labels (map)",
        "  key -> (string)",
        "  value -> (string)",
        "Shorthand Syntax:",
        "| KeyName1=string,KeyName2=string",
        "| ",
        "| Where valid key names are:",
        "|   Rye",
        "|   Wheat",
        "JSON Syntax:",
        '| {"Rye"|"Wheat": "string"',
        "|   ...}",
        "--filling (tagged union structure)",
        "  Sweet -> (structure)",
        "  Sour -> (integer)",
        "Shorthand Syntax:",
        "| Sweet={},Sour=integer",
        "JSON Syntax:",
        "| {",
        '|   "Sweet": {',
        "| ",
        "|   },",
        '|   "Sour": integer',
        "| }",
        "--cli-input-json | --cli-input-yaml (string)",
        "--generate-cli-skeleton (string)",
    ]


def test_documentation_of_the_member_wins_then_values_then_limits(bakery: Store) -> None:
    page = document(("sagemaker", "bake-bread"), bakery, "aws")
    words = words_of(page, "Options")
    assert words[:6] == [
        *("--loaf-name (string) [required]", "What to call it.", "Constraints:"),
        *("min: 1", "max: 9", "pattern: [a-z]+"),
    ]
    assert words[6:8] == ["--client-token (string)", "A name."]
    start = words.index("--flour (string)")
    assert words[start : start + 5] == ["--flour (string)", "The kind of flour.", "Possible values:", "Rye", "Wheat"]


def test_a_union_says_that_one_key_may_be_set(bakery: Store) -> None:
    page = document(("sagemaker", "bake-bread"), bakery, "aws")
    words = "".join(words_of(page, "Options"))
    assert "Only one of the following top level keys can be set: Sweet, Sour." in words


def test_the_description_keeps_notes_and_names_the_api_page(bakery: Store) -> None:
    blocks = section(document(("sagemaker", "bake-bread"), bakery, "aws"), "Description").blocks
    assert isinstance(blocks[1], Note)
    assert isinstance(blocks[-1], Paragraph)
    *_, (_, words, url) = blocks[-1].spans
    assert words == "AWS API Documentation"
    assert url == "https://docs.aws.amazon.com/goto/WebAPI/bakery-2020-01-01/BakeBread"


def test_output_members_are_not_marked_as_required_at_the_top(bakery: Store) -> None:
    page = document(("sagemaker", "bake-bread"), bakery, "aws")
    assert lines_of(page, "Output") == ["LoafArn -> (string)"]


def test_no_output_is_said(bakery: Store) -> None:
    page = document(("sagemaker", "close-shop"), bakery, "aws")
    assert words_of(page, "Output") == ["None"]


def test_a_paginated_operation_hides_the_services_own_paging(bakery: Store) -> None:
    page = document(("sagemaker", "list-loaves"), bakery, "aws")
    assert lines_of(page, "Options") == [
        "--cli-input-json | --cli-input-yaml (string)",
        "--starting-token (string)",
        "--page-size (integer)",
        "--max-items (integer)",
        "--generate-cli-skeleton (string)",
    ]
    assert words_of(page, "Description")[-1].endswith("must select from the results of: Loaves")
    words = words_of(page, "Options")
    start = words.index("--page-size (integer)")
    assert words[start + 2 : start + 5] == ["Constraints:", "min: 1", "max: 100"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "loaf-baked",
            (
                "Wait until JMESPath query LoafStatus returns Done when polling with bake-bread. It will poll every 30 "
                "seconds until a successful state has been reached. This will exit with a return code of 255 after 7 "
                "failed checks."
            ),
        ),
        (
            "loaf-gone",
            (
                "Wait until Eaten is thrown when polling with bake-bread. It will poll every 5 seconds until a "
                "successful state has been reached. This will exit with a return code of 255 after 2 failed checks."
            ),
        ),
    ],
)
def test_a_waiter_says_what_it_waits_for(bakery: Store, name: str, sentence: str) -> None:
    page = document(("sagemaker", "wait", name), bakery, "aws")
    assert words_of(page, "Description")[0] == sentence
    assert words_of(page, "Output") == ["None"]


def test_the_service_lists_its_commands_in_order_with_what_they_do(bakery: Store) -> None:
    page = document(("sagemaker",), bakery, "aws")
    commands = words_of(page, "Available Commands")
    assert commands[:3] == ["bake-bread - Bakes a loaf", "close-shop - Closes", "list-loaves - Lists loaves"]
    assert commands[3].startswith("wait - ")


def test_wait_lists_the_waiters(bakery: Store) -> None:
    page = document(("sagemaker", "wait"), bakery, "aws")
    assert words_of(page, "Available Commands") == ["loaf-baked", "loaf-gone"]


@pytest.mark.parametrize(("program", "own"), [("aws", False), ("awsshadow", True)])
def test_the_root_shows_its_own_commands_only_under_its_own_name(bakery: Store, program: str, own: bool) -> None:
    page = document((), bakery, program)
    assert page.title == program
    assert words_of(page, "Synopsis")[0] == f"{program} [options] <command> <subcommand> [parameters]"
    commands = [words.split(" ")[0] for words in words_of(page, "Available Commands")]
    assert commands == ["sagemaker", *(OWN_COMMANDS if own else ())]


def test_an_unknown_command_is_a_key_error(bakery: Store) -> None:
    with pytest.raises(KeyError):
        document(("sagemaker", "bake-cake"), bakery, "aws")


def test_every_global_option_of_the_synopsis_is_explained(bakery: Store) -> None:
    page = document(("sagemaker", "close-shop"), bakery, "aws")
    assert [line.split(" ")[0] for line in lines_of(page, "Global Options")] == [
        f"--{row[0]}" for row in GLOBAL_OPTIONS
    ]
