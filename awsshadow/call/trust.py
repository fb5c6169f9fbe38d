"""Requests over TLS that are verified by a folder of certificates instead of the bundle it was made of.

botocore has no setting for a folder (decision 8). Here botocore's own ``before-send`` lets another session of
botocore's own class send the request. What it refuses to trust is sent again by the session botocore made, with
the whole bundle: so the bundle decides, and the message is the one that it leads to.
"""

from __future__ import annotations

import os
import socket
import ssl

from botocore.exceptions import SSLError
from botocore.httpsession import URLLib3Session, get_cert_path
from botocore.utils import get_environ_proxies

from awsshadow.call.session import may_have_proxies
from awsshadow.call.trust_folder import TrustFolder
from awsshadow.paths import cache_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from botocore.awsrequest import AWSPreparedRequest, AWSResponse
    from botocore.client import BaseClient
    from botocore.session import Session


def trust_by_folder(client: BaseClient, session: Session, bundle: str | None, environ: dict[str, str]) -> None:
    """Have ``client`` verify by a folder if there is one for its bundle, else make one once a call was answered.

    ``bundle`` is the one given on the command line.
    """
    cache, path = cache_folder(environ), _bundle(session, bundle)
    try:
        folder = TrustFolder(path, cache) if cache else None
    except OSError:
        return  # botocore will say what is wrong with it
    if folder is None or not folder.worthwhile:
        return
    events, service = client.meta.events, client.meta.service_model.service_id.hyphenize()
    if folder.is_trusted():
        events.register_last(f"before-send.{service}", FolderSender(_session(client, session, path, folder)).send)
    else:
        events.register_last(f"after-call.{service}", _Once(folder).build)


def _bundle(session: Session, given: str | None) -> str:
    """The path of the bundle that botocore would read."""
    for path in (given, session.get_config_variable("ca_bundle"), os.environ.get("REQUESTS_CA_BUNDLE")):
        if path is not None:
            return os.path.expanduser(path)
    default: str = get_cert_path(True)
    return default


def _session(client: BaseClient, session: Session, bundle: str, folder: TrustFolder) -> FolderSession:
    """A session like the one that botocore made for ``client``."""
    config = client.meta.config
    options = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
    if session.get_config_variable("tcp_keepalive"):
        options.append((socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1))
    made = FolderSession(
        verify=bundle,
        proxies=get_environ_proxies(client.meta.endpoint_url) if may_have_proxies() else {},
        timeout=(config.connect_timeout, config.read_timeout),
        max_pool_connections=config.max_pool_connections,
        socket_options=options,
    )
    made.folder = folder.path
    return made


class FolderSession(URLLib3Session):  # type: ignore[misc]
    """botocore's session, whose connections verify by ``folder``.

    The one method is private to botocore; if it goes, the session verifies by the bundle as any other.
    """

    folder: str

    def _setup_ssl_cert(self, conn: Any, url: str, verify: Any) -> None:
        super()._setup_ssl_cert(conn, url, verify)
        if conn.ca_certs:
            conn.ca_certs, conn.ca_cert_dir = None, self.folder


class FolderSender:
    """Receives ``before-send`` and answers it, until a certificate is refused."""

    def __init__(self, session: FolderSession) -> None:
        self._session: FolderSession | None = session

    def send(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse | None:
        """The answer, or None for botocore to get it. Raises what botocore's own sessions raise."""
        if self._session is None:
            return None
        try:
            return self._session.send(request)
        except SSLError as error:
            if not _refused(error):
                raise
            self._session = None
            return None


class _Once:
    """Receives ``after-call`` and makes the folder after the first."""

    def __init__(self, folder: TrustFolder) -> None:
        self._folder: TrustFolder | None = folder

    def build(self, **_: Any) -> None:
        if self._folder is not None:
            self._folder.build()
            self._folder = None


def _refused(error: BaseException | None) -> bool:
    """Whether ``error`` comes of a certificate that was not trusted."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__context__
    return error is not None
