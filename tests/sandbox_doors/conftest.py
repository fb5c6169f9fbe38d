"""A sandbox that answers with what it was asked, so that the doors are tested by themselves."""

import json
import time

import pytest

from awsshadow import __version__
from awsshadow.sandbox.server import Server, serving


class Answer:
    def __init__(self, body, status=200, delay=0.0, cut=False):
        self.status = status
        self.headers = {"Content-Type": "application/x-amz-json-1.1", "x-awsshadow-sandbox": __version__}
        self.body = body
        self.delay = delay
        self.cut = cut


class Echo:
    """Answers the call itself; a body may order a delay, a cut or a defect."""

    pace = 0.0

    def __init__(self):
        self.calls = []

    def answer(self, target, body, region, base_url=None):
        self.calls.append((target, body, region, base_url))
        wish = json.loads(body or b"{}")
        if wish.get("defect"):
            raise RuntimeError("a secret of the inside")
        said = json.dumps({"target": target, "region": region, "length": len(body)}).encode()
        return Answer(said, delay=wish.get("delay", 0.0), cut=wish.get("cut", False))

    def close(self):
        pass


@pytest.fixture(scope="module")
def listening():
    """A server and the rows of its log, for all tests of a module."""
    rows = []
    with serving(Server(Echo(), "eu-west-1", log=lambda *row: rows.append(row))) as server:
        yield server, rows


@pytest.fixture
def server(listening):
    server, rows = listening
    server.sandbox = Echo()
    rows.clear()
    return server


@pytest.fixture
def echo(server):
    return server.sandbox


@pytest.fixture
def log(server, listening):
    return listening[1]


def eventually(holds):
    """Whether something that another thread does happens soon."""
    for _ in range(500):
        if holds():
            return True
        time.sleep(0.01)
    return False
