"""A sandbox that answers with what it was asked, so that the doors are tested by themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from awsshadow.sandbox.contract.protocol import CONTENT_TYPE, Answer
from awsshadow.sandbox.serving.http_server import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What the server tells its log: operation, status, seconds.
Row = tuple[str, int, float]


class Echo:
    """Answers the call itself; a body may order a delay, a cut or a defect."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, bytes, str, str]] = []

    def answer(self, target: str, body: bytes, region: str, base_url: str = "") -> Answer:
        self.calls.append((target, body, region, base_url))
        wish = json.loads(body or b"{}")
        if wish.get("defect"):
            raise RuntimeError("a secret of the inside")
        said = json.dumps({"target": target, "region": region, "length": len(body)}).encode()
        return Answer(
            200, {"Content-Type": CONTENT_TYPE}, said, delay=wish.get("delay", 0.0), cut=wish.get("cut", False)
        )


@pytest.fixture(scope="module")
def listening() -> Iterator[tuple[Server, list[Row]]]:
    """A server and the rows of its log, for all tests of a module."""
    rows: list[Row] = []
    with serving(Server(Echo(), "eu-west-1", log=lambda *row: rows.append(row))) as server:
        yield server, rows


@pytest.fixture
def server(listening: tuple[Server, list[Row]]) -> Server:
    server, rows = listening
    server.sandbox = Echo()
    rows.clear()
    return server


@pytest.fixture
def echo(server: Server) -> Echo:
    assert isinstance(server.sandbox, Echo)
    return server.sandbox


@pytest.fixture
def log(server: Server, listening: tuple[Server, list[Row]]) -> list[Row]:
    return listening[1]
