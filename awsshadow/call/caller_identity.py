"""Which account the credentials are of: STS GetCallerIdentity."""

from __future__ import annotations

from awsshadow.call.log_client import LogClient, client_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.call.threads import Threads
    from awsshadow.call.transport import Transport
    from awsshadow.config.settings import Settings
    from awsshadow.invocation import Command

#: The service's name in botocore.
STS = "sts"


def account(
    command: Command, settings: Settings, environ: dict[str, str], transport: Transport | None = None,
    threads: Threads | None = None,
) -> str:  # fmt: skip
    """The number of the account, asked with the settings that are those of ``command``.

    The credentials are those that ``threads`` have, so that nobody types a code twice. Raises what a call raises.
    """
    client = LogClient(client_of(STS, command, settings, environ, transport, threads))
    return str(client.ask("GetCallerIdentity", {})["Account"])
