"""The door to the service, and the only importer of botocore at run time.

One client is built from the slice of one operation. What AWS CLI v2 does otherwise than botocore
is done with botocore's public means: configuration, components of the session, events.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.call.log_client import LogClient as LogClient
    from awsshadow.call.operation import ConnectedOperation as ConnectedOperation
    from awsshadow.call.paging import Pages as Pages
    from awsshadow.call.threads import Threads as Threads
    from awsshadow.call.transport import Transport as Transport
    from awsshadow.config.settings import Settings
    from awsshadow.invocation import Command
    from awsshadow.streams import Streams


def connect(
    command: Command,
    settings: Settings,
    environ: dict[str, str],
    streams: Streams,
    transport: Transport | None = None,
    own_process: bool = False,
    threads: Threads | None = None,
    parameters: dict[str, Any] | None = None,
) -> ConnectedOperation:
    """Build the client for the command's operation; see ``client.connect``.

    ``own_process`` says that the process is this program's, so that what a call seldom uses may be
    left for later (``deferred_imports``). ``threads`` that call at once, None where there is
    one, need all of it beforehand.
    """
    if own_process:
        from awsshadow.call.deferred_imports import DeferredImports, execute_deferred, find_out_what_is_missing

        find_out_what_is_missing()
        with DeferredImports():
            from awsshadow.call import client
        if threads is not None:
            execute_deferred()
    else:
        from awsshadow.call import client
    return client.connect(command, settings, environ, streams, transport, threads, parameters)


def connect_logs(
    command: Command, settings: Settings, environ: dict[str, str], transport: Transport | None = None
) -> LogClient:
    """Build a client for CloudWatch Logs; see ``log_client.connect``."""
    from awsshadow.call import log_client

    return log_client.connect(command, settings, environ, transport)


def caller_account(
    command: Command, settings: Settings, environ: dict[str, str], transport: Transport | None = None,
    threads: Threads | None = None,
) -> str:  # fmt: skip
    """The account that the credentials are of; see ``caller_identity.account``."""
    from awsshadow.call import caller_identity

    return caller_identity.account(command, settings, environ, transport, threads)
