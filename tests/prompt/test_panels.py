"""Documentation and sample output for a half-typed line."""

import pytest

pytest.importorskip("prompt_toolkit", reason="prompt-toolkit is not installed")

from awsshadow.complete.partial_line import Line
from awsshadow.prompt import panels


def line(environ: dict[str, str], text: str) -> Line:
    return Line(text.split(), environ)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("", "AWSSHADOW"),
        ("sagemaker", "SAGEMAKER"),
        ("sagemaker list-models", "LIST-MODELS"),
        ("sagemaker wait endpoint-deleted", "ENDPOINT-DELETED"),
        ("sagemaker nothing", "SAGEMAKER"),
    ],
)
def test_the_page_is_that_of_the_command(environ: dict[str, str], text: str, begins: str) -> None:
    page, offset = panels.documentation(line(environ, text), 78)
    assert page.strip()
    assert offset == 0
    if begins != "AWSSHADOW":
        assert begins.lower() in page[:400].lower()


def test_the_page_is_scrolled_to_the_option_at_hand(environ: dict[str, str]) -> None:
    page, offset = panels.documentation(line(environ, "sagemaker list-models --sort-by"), 78)
    assert page[offset:].lstrip().startswith("--sort-by (string)")
    page, offset = panels.documentation(line(environ, "sagemaker list-models --sort-by Name --name-contains x"), 78)
    assert page[offset:].lstrip().startswith("--name-contains (string)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sagemaker describe-model --query ModelName", '"ModelName"\n'),
        ("sagemaker describe-model --query ModelName --output text", "ModelName\n"),
        ("sagemaker delete-model", ""),
        ("sagemaker", ""),
        ("", ""),
    ],
)
def test_sample_output(environ: dict[str, str], text: str, expected: str) -> None:
    assert panels.sample(line(environ, text)) == expected


@pytest.mark.parametrize("option", ["--query Models[", "--output nothing"])
def test_what_is_wrong_with_it_is_said(environ: dict[str, str], option: str) -> None:
    assert "n" in panels.sample(line(environ, f"sagemaker list-models {option}"))
