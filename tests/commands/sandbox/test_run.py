"""``awsshadow sandbox run`` and ``serve``: how their words are read. What they do is tested in ``serving``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.errors import ParameterError
from awsshadow.sandbox.serving import endpoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.commands.conftest import Own


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the endpoint is asked for; nothing is started."""
    calls: list[Any] = []

    def run(command: Sequence[str], options: endpoint.EndpointOptions, _: object) -> int:
        calls.append((list(command), options))
        return 7

    monkeypatch.setattr(endpoint, "run", run)
    monkeypatch.setattr(endpoint, "serve", lambda options, _, shell, write: calls.append((shell, options, write)))
    return calls


@pytest.mark.parametrize(
    ("words", "wished", "command"),
    [
        ("sandbox run -- aws s3 ls", {}, "aws s3 ls"),
        ("sandbox run aws --region x", {}, "aws --region x"),
        ("sandbox run aws sagemaker create-model help", {}, "aws sagemaker create-model help"),
        ("sandbox run -- help", {}, "help"),
        ("sandbox run --region eu-west-1 -- sh -c x -- y", {"region": "eu-west-1"}, "sh -c x -- y"),
        ("--region eu-west-1 sandbox run -- sh --region x", {"region": "eu-west-1"}, "sh --region x"),
        ("--region a sandbox run --region b -- x", {"region": "b"}, "x"),
        ("sandbox run --region=eu-west-1 sh -- --state", {"region": "eu-west-1"}, "sh -- --state"),
        ("sandbox run --state a --clock step -- x", {"folder": "a", "clock": "step"}, "x"),
        ("sandbox run -- -x", {}, "-x"),
    ],
)
def test_where_the_command_begins(own: Own, asked: list[Any], words: str, wished: dict[str, str], command: str) -> None:
    assert own(*words.split())[0] == 7
    [(given, options)] = asked
    assert given == command.split()
    assert {"folder": None, "clock": None, "faults": None, "region": None, **wished}.items() <= vars(options).items()


def test_serve(own: Own, asked: list[Any]) -> None:
    own("sandbox", "serve", "--port", "4599", "--shell", "fish", "--log", AWSSHADOW_SANDBOX="box")
    [(shell, options, write)] = asked
    assert (shell, options.folder, options.port) == ("fish", "box", 4599)
    assert options.log is not None
    assert callable(write)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("run --clock sundial -- true", "not a clock: 'sundial'"),
        ("run --faults /no/such/file -- true", "Cannot read /no/such/file"),
    ],
)
def test_a_value_that_cannot_be_used(own: Own, words: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        own("sandbox", *words.split())
