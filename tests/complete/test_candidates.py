"""Commands, options and plain values. The rules are the reference's; what it does not offer is marked."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awsshadow.complete.candidates import candidates
from awsshadow.names import argument_name
from tests.complete.conftest import Complete
from tests.support import models

GLOBALS = [
    "--debug",
    "--endpoint-url",
    "--no-verify-ssl",
    "--no-paginate",
    "--output",
    "--query",
    "--profile",
    "--region",
    "--version",
    "--color",
    "--no-sign-request",
    "--ca-bundle",
    "--cli-read-timeout",
    "--cli-connect-timeout",
    "--cli-binary-format",
    "--no-cli-pager",
    "--cli-auto-prompt",
    "--no-cli-auto-prompt",
    "--cli-error-format",
]
LIST_MODELS = [
    "--sort-by",
    "--sort-order",
    "--next-token",
    "--max-results",
    "--name-contains",
    "--creation-time-before",
    "--creation-time-after",
    "--cli-input-json",
    "--cli-input-yaml",
    "--starting-token",
    "--page-size",
    "--max-items",
    "--generate-cli-skeleton",
]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", []),
        ("aws", []),
        ("aws sagem", ["sagemaker"]),
        ("aws sagemaker list-mod", [
            "list-model-bias-job-definitions", "list-model-card-export-jobs", "list-model-card-versions",
            "list-model-cards", "list-model-explainability-job-definitions", "list-model-metadata",
            "list-model-package-groups", "list-model-packages", "list-model-quality-job-definitions", "list-models",
        ]),
        ("aws sagemaker list-models --sort-by Name --s", ["--sort-order", "--starting-token"]),
        ("aws sagemaker list-models --opt=value --s", ["--sort-by", "--sort-order", "--starting-token"]),
        ("aws sagemaker list-models --region us-e", ["us-east-1", "us-east-2"]),
        ("aws --region us-e", ["us-east-1", "us-east-2"]),
        ("aws --region us-east-1 sagemaker list-models --n", [
            "--next-token", "--name-contains", "--no-verify-ssl", "--no-paginate", "--no-sign-request",
            "--no-cli-pager", "--no-cli-auto-prompt",
        ]),
        ("aws sagemaker list-models --no-paginate --deb", ["--debug"]),
        ("aws sagemaker list-models --name-cont x --name", []),
        ("aws sagemaker update-endpoint --ret", ["--retain-all-variant-properties", "--retain-deployment-config"]),
        ("aws sagemaker update-endpoint --retain-deployment-config --no-ret", [
            "--no-retain-all-variant-properties", "--no-retain-deployment-config",
        ]),
        ("aws sagemaker wait endpoint", ["endpoint-deleted", "endpoint-in-service"]),
        ("aws sagemaker wait endpoint-in-service --end", ["--endpoint-name", "--endpoint-url"]),
        ("aws sagemaker nothing ", []),
        ("aws sagemaker nothing --", []),
        ("aws sagemaker wait nothing --", []),
        ("aws sagemaker list-models stray --", []),
        ("aws s3 ", []),
        ("aws s3 sagemaker list-models --", []),
        # From here on the reference has nothing to say.
        ("aws sagemaker list-models --sort-by ", ["Name", "CreationTime"]),
        ("aws sagemaker list-models --sort-by=N", ["--sort-by=Name"]),
        ("aws sagemaker list-models --output y", ["yaml", "yaml-stream"]),
        ("aws sagemaker list-models --output=y", ["--output=yaml", "--output=yaml-stream"]),
        ("aws sagemaker list-models --color ", ["on", "off", "auto"]),
        ("aws sagemaker list-models --region=us-e", ["--region=us-east-1", "--region=us-east-2"]),
        ("aws sagemaker list-models --nothing=", []),
        ('aws sagemaker list-models --sort-by "Na', ["Name"]),
        ("aws sagemaker create-model --generate-cli-skeleton o", ["output"]),
        ("FOO=1 BAR='x y' awsshadow sagemaker wait image-c", ["image-created"]),
        ("awsshadow comp", ["completion"]),
        ("awsshadow completion ", ["bash", "zsh", "fish", "powershell"]),
        ("awsshadow doctor ", []),
        ("aws comp", []),
        ("/usr/local/bin/aws doc", []),
    ],
)  # fmt: skip
def test_lines(complete: Complete, line: str, expected: list[str]) -> None:
    assert complete(line) == expected


@pytest.mark.parametrize("end", ["", "-", "--"])
def test_options_come_in_table_order_hidden_paging_included(complete: Complete, end: str) -> None:
    assert complete(f"aws sagemaker list-models {end}") == LIST_MODELS + GLOBALS


@pytest.mark.parametrize("line", ["aws --", "aws sagemaker --", "aws sagemaker wait --"])
def test_without_an_operation_there_are_the_global_options(complete: Complete, line: str) -> None:
    assert complete(line) == GLOBALS


def test_operations_come_in_the_order_of_the_model_and_wait_after_them(complete: Complete) -> None:
    found = complete("aws sagemaker ")
    operations = models.installed().service["operations"]
    assert found == [*map(argument_name, operations), "wait", "help"]
    assert len(found) > 400


def test_the_cursor_may_stand_in_the_middle(complete: Complete) -> None:
    line = "aws sagemaker list-models --sort-by Name --output json"
    assert complete(line, point=line.index("Name") + 1) == ["Name"]
    assert complete(line, point=len("aws sagem")) == ["sagemaker"]


def test_a_value_may_be_absent_or_one_of_many(complete: Complete) -> None:
    skeletons = complete("aws sagemaker create-model --generate-cli-skeleton ")
    assert skeletons[:3] == ["input", "output", "yaml-input"]
    assert "--model-name" in skeletons
    tags = complete("aws sagemaker add-tags --tags Key=a,Value=b ")
    assert tags[:3] == ["Key=", "Value=", "--resource-arn"]
    assert "--tags" not in tags


def test_profiles_come_from_both_files_in_their_order(complete: Complete, home: Path) -> None:
    (home / ".aws").mkdir()
    (home / ".aws" / "config").write_text("[default]\n[profile zebra]\n[profile ant]\n[services x]\n")
    (home / ".aws" / "credentials").write_text("[keys]\naws_access_key_id = a\n")
    assert complete("aws sagemaker list-models --profile ") == ["default", "zebra", "ant", "keys"]
    assert complete("aws --profile=z") == ["--profile=zebra"]


def test_a_broken_config_file_means_no_profiles(complete: Complete, home: Path) -> None:
    (home / ".aws").mkdir()
    (home / ".aws" / "config").write_text("no section\n")
    assert complete("aws --profile ") == []


@pytest.fixture
def folder(home: Path) -> Path:
    for name in ("sub", ".hidden"):
        (home / name).mkdir()
    for name in ("ab", "a c", "b"):
        (home / name).write_text("")
    return home


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("file://", ["file://.hidden/", "file://a c", "file://ab", "file://b", "file://sub/"]),
        ("fileb://a", ["fileb://a c", "fileb://ab"]),
        ("file://~", ["file://~/"]),
        ("file://~/s", ["file://~/sub/"]),
        ("file://missing/x", []),
        ("'file://a ", ["file://a c"]),
    ],
)
def test_paths(complete: Complete, folder: Path, fragment: str, expected: list[str]) -> None:
    assert complete(f"aws sagemaker create-model --model-name {fragment}") == expected
    assert complete(f"aws sagemaker create-model --tags Key=a,Value=b {fragment}") == expected


@pytest.mark.skipif(sys.platform == "win32", reason="a backslash escapes on a line of a POSIX shell")
def test_bundles_are_paths_too(complete: Complete, folder: Path) -> None:
    assert complete(f"aws --ca-bundle {folder}/s") == [f"{folder}/sub/"]


@pytest.mark.skipif(sys.platform == "win32", reason="no file has such a name there")
def test_a_name_a_terminal_would_obey_is_not_offered(complete: Complete, home: Path) -> None:
    (home / "a\x1b[2J").write_text("")
    assert complete("aws sagemaker create-model --model-name file://a") == []


def test_descriptions_follow_a_tab(complete: Complete) -> None:
    found = complete("aws sagemaker list-mo", described=True)
    assert all(row.count("\t") == 1 for row in found)
    (row,) = complete("aws sagemaker create-model --no-enable", described=True)
    assert row == "--no-enable-network-isolation\tThe opposite of --enable-network-isolation"
    (row,) = complete("aws sagemaker create-model --cli-input-y", described=True)
    assert row == "--cli-input-yaml\tThe same as --cli-input-json, written as YAML"
    (row,) = complete("aws sagemaker list-models --no-pag", described=True)
    assert row == "--no-paginate\tSend one request and show its page of results, even when there are more pages"
    (row,) = complete("aws sagemaker list-models --generate", described=True)
    assert row == "--generate-cli-skeleton\tPrint a sample document and send nothing"
    assert complete("aws --region us-east-1", described=True) == ["us-east-1\tUS East (N. Virginia)"]


def test_without_botocore_there_is_silence(complete: Complete, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("awsshadow.model.store.model_stamp", lambda _: None)
    assert complete("aws sagemaker list-mo") == []


PIECES = st.sampled_from(
    ["aws", "sagemaker", "create-endpoint-config", "list-models", "wait", "--production-variants", "--query", "--tags"]
    + [
        "--sort-by",
        "--region",
        "Models[].",
        "VariantName=",
        "CoreDumpConfig={",
        "file://",
        "|",
        "{",
        "[",
        "?",
        "'",
        '"',
    ]
    + [
        "`",
        "\\",
        ",",
        "=",
        " ",
        " ",
        " ",
        "--",
        "sort_by(Models, &",
        ")",
        "]",
        "}",
        ".",
        "a",
        "\x00",
        "é",
        "\U0001f600",
    ]
)


@settings(max_examples=300)
@given(parts=st.lists(PIECES, max_size=14), noise=st.text(max_size=6), point=st.integers(-3, 150))
def test_any_line_gives_candidates_that_extend_the_fragment(
    slices_environ: dict[str, str], parts: list[str], noise: str, point: int
) -> None:
    from awsshadow.complete.cursor import cut_line

    cut = cut_line("".join(parts) + noise, point)
    for text, about in candidates(cut.words[1:], cut.fragment, slices_environ, {}):
        assert text.startswith(cut.fragment)
        assert isinstance(about, str)


@pytest.fixture(scope="module")
def slices_environ(slices: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(slices), "HOME": "/nonexistent"}


def test_formats_of_our_own_are_offered_but_not_under_the_name_aws(complete: Complete) -> None:
    formats = ["json", "text", "table", "yaml", "yaml-stream", "off"]
    assert complete("aws sagemaker list-models --output ") == formats
    assert complete("awsshadow sagemaker list-models --output ") == [*formats, "jsonl", "csv", "tsv"]
    assert complete("awsshadow sagemaker list-models --output=j", described=True) == [
        "--output=json",
        "--output=jsonl\tA line of JSON for each item, as the pages come",
    ]
