"""An invocation of one operation against a scripted endpoint."""

from __future__ import annotations

import inspect
import io
import os
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.call.session import TrustingEmitter
from awsshadow.config.files import read_config_files
from awsshadow.config.settings import Settings
from awsshadow.invocation import Call, Globals, Wait
from awsshadow.model import find_store, load
from awsshadow.streams import Streams
from tests.call.authorities import OTHER, PLAIN, Authorities
from tests.call.served import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

    from awsshadow.call import ConnectedOperation, Threads, Transport
    from tests.call.served import Connect


class AskingEmitter(TrustingEmitter):
    """Asks of each handler what botocore's own would: that it takes any keywords."""

    def _verify_accept_kwargs(self, handler: Any) -> bool:
        assert inspect.getfullargspec(handler).varkw, handler
        return True


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    made = Endpoint()
    yield made
    made.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Authorities:
    """Three authorities, one of them in other forms too, and a server's certificate signed by ``root``."""
    made = Authorities(tmp_path_factory.mktemp("authorities"))
    made.root("root")
    made.root("other", OTHER)
    made.root("namesake")
    made.signed("server", "root", "/CN=localhost")
    made.openssl("x509", "-in", "root.pem", "-trustout", "-addtrust", "serverAuth", "-out", "trusted.pem")
    made.openssl("x509", "-in", "root.pem", "-trustout", "-addreject", "serverAuth", "-out", "rejected.pem")
    # The same key and name as ``root``, signed by ``other`` and for no longer than yesterday.
    made.signed("crossed", "other", PLAIN, ca=True, key="root")
    made.signed("expired", "other", PLAIN, ca=True, key="root", expired=True)
    return made


@pytest.fixture
def environ(endpoint: Endpoint, slices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment with nothing of the machine in it but static credentials and a region."""
    for name in list(os.environ):
        if name.upper().startswith(("AWS_", "BOTO", "HTTP", "NO_PROXY", "REQUESTS_", "ALL_PROXY")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(slices))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ENDPOINT_URL_SAGEMAKER", endpoint.url)
    monkeypatch.setattr("awsshadow.call.session.TrustingEmitter", AskingEmitter)
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setattr("awsshadow.waiting.rounds.sleep", lambda _: None)
    return monkeypatch


@pytest.fixture
def wire(environ: pytest.MonkeyPatch) -> Connect:

    def make(
        name: str,
        *,
        part: str = "operations",
        transport: Transport | None = None,
        stderr: TextIO | None = None,
        threads: Threads | None = None,
        parameters: dict[str, Any] | None = None,
        **options: object,
    ) -> ConnectedOperation:
        from awsshadow.call import connect

        given, env = Globals(), dict(os.environ)
        for option, value in options.items():
            assert hasattr(given, option)
            setattr(given, option, value)
        slice = load(find_store(env), part, name)
        lineage = ("sagemaker", "wait", name) if part == "waiters" else ("sagemaker", name)
        invocation = (Wait if part == "waiters" else Call)(given, lineage, slice)
        settings = Settings(given, env, read_config_files(env))
        streams = Streams(io.StringIO(), io.StringIO(), stderr or io.StringIO())
        return connect(invocation, settings, env, streams, transport, threads=threads, parameters=parameters)

    return make
