"""A client of CloudWatch Logs, of which logs are read."""

from __future__ import annotations

from botocore import xform_name
from botocore.loaders import Loader

from awsshadow.call.client import create_client, open_session, region_of
from awsshadow.call.error_translation import Border
from awsshadow.call.parsing import ParserFactory
from awsshadow.paths import user_data_paths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from botocore.client import BaseClient

    from awsshadow.call.threads import Threads
    from awsshadow.call.transport import Transport
    from awsshadow.config.settings import Settings
    from awsshadow.invocation import Command

    Document = dict[str, Any]

#: The service's name in botocore.
LOGS = "logs"


def connect(
    command: Command, settings: Settings, environ: dict[str, str], transport: Transport | None = None
) -> LogClient:
    """Build the client from the settings that are those of ``command``; see ``client.connect``."""
    return LogClient(client_of(LOGS, command, settings, environ, transport))


def client_of(
    service: str, command: Command, settings: Settings, environ: dict[str, str], transport: Transport | None = None,
    threads: Threads | None = None,
) -> BaseClient:  # fmt: skip
    """A client of another service, by its name in botocore; credentials that ``threads`` have are not looked for again.

    Its model is botocore's own, since few ask for it: no slice is made of it.
    """
    sandbox = transport is not None
    with Border():
        session = open_session(command, settings, sandbox, threads)
        region = region_of(session, command.globals.region, sandbox)
        paths = [*user_data_paths(environ), Loader.BUILTIN_DATA_PATH]
        loader = Loader(extra_search_paths=paths, include_default_search_paths=False)
        session.register_component("data_loader", loader)
        shapes = loader.load_service_model(service, "service-2")["shapes"]
        session.register_component("response_parser_factory", ParserFactory(shapes, None))
        client = create_client(session, command, region, environ, sandbox, service)
    if transport is not None:
        from awsshadow.call.transport import sender

        client.meta.events.register_first("before-send", sender(transport))
    return client


class LogClient:
    """Makes the calls of CloudWatch Logs. Raises only errors of this package; Ctrl-C passes through."""

    def __init__(self, client: BaseClient) -> None:
        self._client = client

    def ask(self, operation: str, parameters: Document) -> Document:
        """Send one request, with its retries, and return the document."""
        with Border():
            document: Document = getattr(self._client, xform_name(operation))(**parameters)
        document.pop("ResponseMetadata", None)
        return document
