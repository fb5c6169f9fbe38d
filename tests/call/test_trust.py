"""Calls over TLS: by a folder of certificates where there is one, and by the bundle where that says no."""

from __future__ import annotations

import inspect
import json
import ssl
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from botocore.httpsession import URLLib3Session

from awsshadow.call import trust
from awsshadow.call.trust_folder import TrustFolder
from awsshadow.errors import AwsShadowError
from tests.call.authorities import PADDING, Authorities
from tests.call.served import Endpoint, Reply

if TYPE_CHECKING:
    from awsshadow.call import ConnectedOperation

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no folder is made there")


class World:
    """An endpoint that speaks TLS, and the bundle that the environment names."""

    def __init__(self, endpoint: Endpoint, made: Authorities, folder: Path) -> None:
        self.endpoint, self.made = endpoint, made
        self.bundle, self.cache = folder / "bundle.pem", folder / "cache" / "awsshadow"
        self.cache.mkdir(mode=0o700, parents=True)
        self.handshakes = 0

    def trust(self, *names: str, padding: bytes = PADDING) -> TrustFolder:
        """Fill the bundle with these certificates; returns its folder, which is not there yet."""
        self.bundle.write_bytes(padding + self.made.parts(*names))
        return TrustFolder(str(self.bundle), str(self.cache))


@pytest.fixture
def world(endpoint: Endpoint, made: Authorities, environ: pytest.MonkeyPatch, tmp_path: Path) -> World:
    world = World(endpoint, made, tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.folder / "server.pem", made.folder / "server.key")

    def count(*_: object) -> None:
        world.handshakes += 1

    context.sni_callback = count
    endpoint.server.socket = context.wrap_socket(endpoint.server.socket, server_side=True)
    environ.setenv("AWS_ENDPOINT_URL_SAGEMAKER", endpoint.url.replace("http://127.0.0.1", "https://localhost"))
    environ.setenv("AWS_CA_BUNDLE", str(world.bundle))
    environ.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    environ.setenv("AWS_MAX_ATTEMPTS", "1")
    return world


def call(wire: Callable[..., ConnectedOperation], **options: object) -> str:
    """Why a call failed, or nothing."""
    try:
        wire("describe-endpoint", **options).call({"EndpointName": "e"})
    except AwsShadowError as error:
        return str(error)
    return ""


def test_the_first_call_makes_the_folder(world: World, wire: Callable[..., ConnectedOperation]) -> None:
    folder = world.trust("other", "root")
    assert call(wire) == ""
    assert folder.is_trusted()
    assert call(wire) == ""
    assert world.handshakes == 2


def test_the_folder_is_what_verifies(world: World, wire: Callable[..., ConnectedOperation]) -> None:
    folder = world.trust("other")
    assert "unable to get local issuer certificate" in call(wire)
    assert not folder.is_trusted()
    folder.build()
    for certificate in Path(folder.path).iterdir():
        certificate.unlink()
    name = world.made.openssl("x509", "-in", "root.pem", "-hash", "-noout").decode().strip()
    Path(folder.path, f"{name}.0").write_bytes(world.made.parts("root"))
    assert call(wire) == ""


def test_what_is_not_in_the_folder_is_looked_for_in_the_bundle(
    world: World, wire: Callable[..., ConnectedOperation]
) -> None:
    folder = world.trust("root")
    folder.build()
    for certificate in Path(folder.path).iterdir():
        certificate.unlink()
    world.endpoint.replies = [Reply(body=json.dumps({"Models": [], "NextToken": "t"})), Reply(body='{"Models": []}')]
    assert len(list(wire("list-models").pages({}))) == 2
    assert world.handshakes == 2  # one was refused, the other serves both pages
    assert len({seen.peer for seen in world.endpoint.seen}) == 1


def test_a_refused_certificate_is_told_of_as_without_the_folder(
    world: World, wire: Callable[..., ConnectedOperation]
) -> None:
    folder = world.trust("other")
    told = call(wire)
    folder.build()
    assert "SSL validation failed" in told
    assert call(wire) == told
    assert world.endpoint.seen == []


def test_another_host_is_told_of_as_without_the_folder(
    world: World, wire: Callable[..., ConnectedOperation], environ: pytest.MonkeyPatch
) -> None:
    environ.setenv("AWS_ENDPOINT_URL_SAGEMAKER", world.endpoint.url.replace("http:", "https:"))
    folder = world.trust("root")
    told = call(wire)
    folder.build()
    assert "doesn't match" in told
    assert call(wire) == told


def test_so_is_an_endpoint_that_is_not_there(
    world: World, wire: Callable[..., ConnectedOperation], environ: pytest.MonkeyPatch
) -> None:
    environ.setenv("AWS_ENDPOINT_URL_SAGEMAKER", "https://localhost:9")
    folder = world.trust("root")
    told = call(wire)
    folder.build()
    assert "Could not connect" in told
    assert call(wire) == told


def test_pages_share_a_connection(world: World, wire: Callable[..., ConnectedOperation]) -> None:
    world.trust("root").build()
    world.endpoint.replies = [Reply(body=json.dumps({"Models": [], "NextToken": "t"})), Reply(body='{"Models": []}')]
    assert len(list(wire("list-models").pages({}))) == 2
    assert world.handshakes == 1


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_no_folder_where_nothing_is_verified(world: World, wire: Callable[..., ConnectedOperation]) -> None:
    folder = world.trust("root")
    assert call(wire, verify_ssl=False) == ""
    assert not folder.is_trusted()


def test_no_folder_of_a_bundle_that_nothing_needs(
    world: World, wire: Callable[..., ConnectedOperation], environ: pytest.MonkeyPatch
) -> None:
    folder = world.trust("root")
    plain = Endpoint()
    environ.setenv("AWS_ENDPOINT_URL_SAGEMAKER", plain.url)
    assert call(wire) == ""
    assert not folder.is_trusted()
    plain.close()


def test_no_folder_of_a_small_bundle(world: World, wire: Callable[..., ConnectedOperation]) -> None:
    folder = world.trust("root", padding=b"")
    assert call(wire) == ""
    assert not folder.is_trusted()


def test_a_bundle_of_the_command_line_comes_first(
    world: World, wire: Callable[..., ConnectedOperation], tmp_path: Path
) -> None:
    given = tmp_path / "given.pem"
    given.write_bytes(PADDING + world.made.parts("root"))
    folder = world.trust("other")
    assert call(wire, ca_bundle=str(given)) == ""
    assert not folder.is_trusted()
    assert TrustFolder(str(given), str(world.cache)).is_trusted()


def test_the_private_method_is_as_it_was() -> None:
    """If this fails, calls are right but slower: see decision 8."""
    assert list(inspect.signature(URLLib3Session._setup_ssl_cert).parameters) == ["self", "conn", "url", "verify"]
    assert trust.FolderSession._setup_ssl_cert is not URLLib3Session._setup_ssl_cert
