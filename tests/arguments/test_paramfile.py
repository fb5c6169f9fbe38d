from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsshadow.arguments.paramfile import contents
from awsshadow.errors import AwsShadowError, ParameterError, UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.arguments.conftest import Resolve


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))  # the home of Windows
    monkeypatch.setenv("WORD", "sub")
    monkeypatch.delenv("UNSET", raising=False)
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "$UNSET", "sub/b.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("file://a.txt", "a.txt"),
        ("fileb://a.txt", b"a.txt"),
        ("file://~/a.txt", "a.txt"),
        ("file://$WORD/b.txt", "sub/b.txt"),
        ("file://~/${WORD}/b.txt", "sub/b.txt"),
        ("file://$UNSET", "$UNSET"),
        ("FILE://a.txt", "FILE://a.txt"),
        (" file://a.txt", " file://a.txt"),
        ("http://a.txt", "http://a.txt"),
        ("a file://a.txt", "a file://a.txt"),
    ],
)
def test_contents(folder: Path, value: str, expected: str | bytes) -> None:
    assert contents(value, {}) == expected


def test_text_has_universal_newlines_and_keeps_its_end_and_its_mark(folder: Path) -> None:
    (folder / "n").write_bytes("\ufeffa\r\nb\rc\n".encode())
    assert contents("file://n", {}) == "\ufeffa\nb\nc\n"
    assert contents("fileb://n", {}) == "\ufeffa\r\nb\rc\n".encode()


def test_the_encoding_can_be_named(folder: Path) -> None:
    (folder / "l1").write_bytes(b"\xe9")
    assert contents("file://l1", {"AWS_CLI_FILE_ENCODING": "latin-1"}) == "\xe9"
    with pytest.raises(AwsShadowError, match=r"^unknown encoding: bogus$"):
        contents("file://l1", {"AWS_CLI_FILE_ENCODING": "bogus"})
    with pytest.raises(UnreadableFile) as caught:
        contents("file://l1", {"AWS_CLI_FILE_ENCODING": "utf-8"})
    assert caught.value.message == (
        "Unable to load paramfile (l1), text contents could not be decoded.  "
        "If this is a binary file, please use the fileb:// prefix instead of the file:// prefix."
    )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("file://nope", "[Errno 2] No such file or directory: 'nope'"),
        ("fileb://$WORD/nope", "[Errno 2] No such file or directory: 'sub/nope'"),
        ("file://sub", "[Errno 21] Is a directory: 'sub'"),
    ],
)
def test_what_cannot_be_read(folder: Path, value: str, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        contents(value, {})
    assert caught.value.message == f"Unable to load paramfile {value}: {reason}"


def test_the_option_is_named_unless_the_file_is_inside_shorthand(folder: Path, resolved: Resolve) -> None:
    reason = "Unable to load paramfile file://nope: [Errno 2] No such file or directory: 'nope'"
    with pytest.raises(ParameterError) as caught:
        resolved("describe-model", {"model-name": "file://nope"})
    assert caught.value.message == f"Error parsing parameter '--model-name': {reason}"
    with pytest.raises(AwsShadowError) as bare:
        resolved("add-tags", {"resource-arn": "a", "tags": ["Key@=file://nope,Value=b"]})
    assert bare.value.message == reason
    assert bare.value.exit_code == 255


def test_a_list_is_read_from_a_file_only_if_that_is_its_one_word(folder: Path, resolved: Resolve) -> None:
    (folder / "k.json").write_text('["a", "b"]', encoding="utf-8")
    found, _, _ = resolved("delete-tags", {"resource-arn": "a", "tag-keys": ["file://k.json"]})
    assert found["TagKeys"] == ["a", "b"]
    found, _, _ = resolved("delete-tags", {"resource-arn": "a", "tag-keys": ["file://k.json", "x"]})
    assert found["TagKeys"] == ["file://k.json", "x"]


def test_files_inside_values_are_read_where_an_at_sign_asks(folder: Path, resolved: Resolve) -> None:
    tags = ["Key@=file://a.txt,Value=file://a.txt"]
    found, _, _ = resolved("add-tags", {"resource-arn": "a", "tags": tags})
    assert found["Tags"] == [{"Key": "a.txt", "Value": "file://a.txt"}]
    found, _, _ = resolved("add-tags", {"resource-arn": "a", "tags": ['[{"Key": "file://a.txt"}]']})
    assert found["Tags"] == [{"Key": "file://a.txt"}]
