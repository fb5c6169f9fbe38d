"""A hint that fails, and one that is cut off."""

import io

import pytest

from awsshadow import hints
from awsshadow.errors import AwsShadowError, CredentialsError
from awsshadow.hints.block import columns
from awsshadow.hints.rows import ERRORS
from awsshadow.invocation import Process
from awsshadow.streams import Streams


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("problem", [AwsShadowError("x"), KeyError("x"), KeyboardInterrupt()])
def test_nothing_takes_the_place_of_the_error(monkeypatch: pytest.MonkeyPatch, problem: BaseException) -> None:
    def fail(*_: object) -> list[str]:
        raise problem

    monkeypatch.setattr(hints, "_lines", fail)
    stderr = Terminal()
    process = Process("aws", "aws", {}, Streams(None, None, stderr), is_own=False)
    hints.show(AwsShadowError("y"), process, [], None)
    assert stderr.getvalue() == ""


def test_rows_do_not_stand_in_each_others_way() -> None:
    """A hint for a kind of error comes before those for what it is a kind of."""
    for place, (kind, _) in enumerate(ERRORS):
        before = [earlier for earlier, _ in ERRORS[:place] if earlier is not kind and issubclass(kind, earlier)]
        assert all(earlier is Exception for earlier in before), kind


@pytest.mark.parametrize(
    ("text", "wide"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("\u200d", 0), ("ｱ", 1), ("🎉", 2), ("", 0)]
)
def test_columns(text: str, wide: int) -> None:
    assert columns(text) == wide


def test_what_renews_a_session_can_be_installed() -> None:
    stderr = Terminal()
    process = Process("aws", "aws", {"TERM": "dumb"}, Streams(None, None, stderr), is_own=False)
    hints.show(CredentialsError("over", "login extra"), process, [], None)
    assert "Hint: Install what renews it, once: pip install 'awsshadow[login]'" in stderr.getvalue()
