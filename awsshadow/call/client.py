"""From settings to a client, in the reference's order of complaints (behaviour: input 1.1).

region syntax (255) > profile exists (255) > credential look-up (255) > services (255) > region present (253) >
retries and other settings (255). The profile comes first where it would have to say the region. Missing
credentials are only noticed when a request is signed.
"""

from __future__ import annotations

from botocore import UNSIGNED
from botocore.config import Config
from botocore.credentials import CredentialResolver
from botocore.exceptions import NoRegionError
from botocore.serialize import TIMESTAMP_PRECISION_LEGACY
from botocore.utils import ensure_boolean, validate_region_name

from awsshadow import __version__
from awsshadow.call.credentials import STAND_IN, full_chain
from awsshadow.call.error_translation import Border
from awsshadow.call.events import register_builtin
from awsshadow.call.loader import SliceLoader
from awsshadow.call.operation import ConnectedOperation, counted
from awsshadow.call.parsing import parser_factory
from awsshadow.call.redaction import SECRETS
from awsshadow.call.retries import Retries, forget_maximum
from awsshadow.call.session import ThriftySession, may_have_proxies, names_proxies
from awsshadow.call.threads import Known
from awsshadow.call.timestamps import iso_clock
from awsshadow.errors import AwsShadowError, UnknownProfileError
from awsshadow.names import REGION_VARIABLES, SANDBOX_REGION, SERVICE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from botocore.awsrequest import AWSPreparedRequest
    from botocore.client import BaseClient
    from botocore.session import Session

    from awsshadow.call.threads import Threads
    from awsshadow.call.transport import Transport
    from awsshadow.config.settings import Settings
    from awsshadow.invocation import Command, Globals
    from awsshadow.streams import Streams

#: The name that requests carry, whatever name the program was called by.
AGENT = "awsshadow"

#: Where AWS CLI v2 and botocore read a setting from differently: name -> config key, environment
#: variables, default, conversion. None as environment: the reference has no such variable.
_VARIABLES: dict[str, tuple[Any, ...]] = {
    "profile": (None, ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"], None, None),
    "region": ("region", list(REGION_VARIABLES), None, None),
    "retry_mode": ("retry_mode", "AWS_RETRY_MODE", "standard", None),
    "max_attempts": ("max_attempts", "AWS_MAX_ATTEMPTS", 3, int),
    "tcp_keepalive": ("tcp_keepalive", None, None, ensure_boolean),
    "defaults_mode": (None, None, "legacy", None),
    "api_versions": (None, None, {}, None),
    "sts_regional_endpoints": (None, None, "regional", None),
}

#: The events of botocore's built-in handlers that can matter to SageMaker.
_EVENTS = ("before-parameter-build", "before-call", "request-created", "choose-signer")

_RETRY_MODES = ("standard", "adaptive")
_DEFAULT_TIMEOUT = 60
#: How many connections botocore keeps.
_USUAL_CONNECTIONS = 10


def connect(
    command: Command,
    settings: Settings,
    environ: dict[str, str],
    streams: Streams,
    transport: Transport | None = None,
    threads: Threads | None = None,
    parameters: dict[str, Any] | None = None,
) -> ConnectedOperation:
    """Build the client for the command's operation; no request to the service is made.

    ``threads`` will share it, None where nobody does: they mind throttling together (``fanout``), so that a call does
    not do so by itself, and have their credentials in common. ``transport`` answers the requests in place of the
    network. ``parameters`` are those that it will be called with, None where they are not known yet. botocore reads
    the process's own environment; ``environ`` must be a copy of it. Raises AwsShadowError and ConfigurationError.
    """
    SECRETS.learn_from(environ)
    with Border():
        is_damaged = command.slice.whole is not None
        counts = not is_damaged and parameters is not None and counted(parameters, command.slice) is not None
        loader = SliceLoader(command.slice, environ, counts)
        if command.globals.debug:
            from awsshadow.call.debug import start_log

            start_log(streams.stderr, settings, command.slice.all_shapes())
        session = open_session(command, settings, transport is not None, threads)
        region = region_of(session, command.globals.region, transport is not None)
        if not settings.profile_exists:
            raise UnknownProfileError(settings.complaint, settings.profile or "")
        session.register_component("data_loader", loader)
        if is_damaged:
            from awsshadow.call import damaged_model

            damaged_model.watch(session.get_component("event_emitter"), loader.model, SERVICE)
        timestamp = None if settings.get("cli_timestamp_format") == "wire" else iso_clock()
        session.register_component("response_parser_factory", parser_factory(command.slice, loader.model, timestamp))
        client = create_client(session, command, region, environ, transport is not None, threads=threads)
        if threads is not None and transport is None and command.globals.sign_request:
            found = session.get_credentials()
            if found is not None:
                threads.credentials[command.globals.profile] = found
    if streams.is_tty("stderr"):
        from awsshadow.call.foreign_answers import watch

        watch(client, streams)
    if transport is not None:
        from awsshadow.call.transport import sender

        client.meta.events.register_first(f"before-send.{SERVICE}", sender(transport))
    return ConnectedOperation(client, command.slice, transport, counts)


def open_session(command: Command, settings: Settings, sandbox: bool, threads: Threads | None = None) -> Session:
    """A session that reads settings where AWS CLI v2 does; ``sandbox``: nobody's credentials are looked for.

    Those that the ``threads`` have in common are not looked for again.
    """
    options = command.globals
    profile, variables = options.profile or None, dict(_VARIABLES)
    if sandbox and settings.profile is None:  # a name that no file has is asked for nowhere
        profile, variables["profile"] = None, (None, None, None, None)
    session = ThriftySession(variables, profile)
    # Of the clients that credentials are got with, too.
    session.set_default_client_config(
        Config(read_timeout=_timeout(options.cli_read_timeout), connect_timeout=_timeout(options.cli_connect_timeout))
    )
    if options.region:
        session.set_config_variable("region", options.region)
    session.user_agent_name = AGENT
    session.user_agent_version = __version__
    session.user_agent_extra = "md/command#" + ".".join(command.lineage)
    if sandbox:  # nothing leaves the process, so nobody's credentials are looked at
        session.register_component("credential_provider", CredentialResolver([]))
    elif threads is not None and options.profile in threads.credentials:
        known = Known(threads.credentials[options.profile])
        session.register_component("credential_provider", CredentialResolver([known]))
    else:
        session.lazy_register_component("credential_provider", lambda: full_chain(session))
    events = session.get_component("event_emitter")
    register_builtin(events, _EVENTS)
    SECRETS.register(events)
    if names_proxies():
        from awsshadow.call import proxies

        proxies.watch(events)
    events.register_first("request-created", forget_maximum)
    events.register(f"creating-serializer.{SERVICE}", _whole_seconds)
    return session


def _whole_seconds(serializer_kwargs: dict[str, Any], **_: Any) -> None:
    """Timestamps are sent as integers, fractions cut off (behaviour: output 6.3)."""
    serializer_kwargs["timestamp_precision"] = TIMESTAMP_PRECISION_LEGACY


def _text_headers(request: AWSPreparedRequest, **_: Any) -> None:
    """Header values as text: urllib3 2 fails to join bytes when an answer redirects with 303."""
    for name, value in request.headers.items():
        if isinstance(value, bytes):
            request.headers[name] = value.decode("latin-1")


def create_client(
    session: Session,
    command: Command,
    region: str | None,
    environ: dict[str, str],
    sandbox: bool,
    service: str = SERVICE,
    threads: Threads | None = None,
) -> BaseClient:
    """A client for ``service``. Raises what is wrong with settings, in the reference's order."""
    options = command.globals
    keys = {}
    if sandbox:
        keys = dict(zip(("aws_access_key_id", "aws_secret_access_key"), STAND_IN, strict=True))
    elif options.sign_request and session.get_credentials() is None:
        # Nothing was found, and the session would only look everywhere once more.
        session.register_component("credential_provider", CredentialResolver([]))
    services = options.endpoint_url is None and "services" in session.get_scoped_config()
    try:
        if region is None:
            raise NoRegionError()
        mode, attempts = _retry_settings(session)
    except (NoRegionError, ValueError, AwsShadowError) as error:
        if services or isinstance(error, AwsShadowError):
            _rehearse(session, region or SANDBOX_REGION, None if services else "http://localhost", options, **keys)
        raise
    client = session.create_client(
        service,
        region_name=region,
        verify=options.ca_bundle if options.verify_ssl else False,
        endpoint_url=options.endpoint_url,
        config=_config(command, mode, attempts, threads),
        **keys,
    )
    client.meta.events.register(f"before-send.{client.meta.service_model.service_id.hyphenize()}", _text_headers)
    if options.verify_ssl and not sandbox and client.meta.endpoint_url.startswith("https:"):
        from awsshadow.call.trust import trust_by_folder

        trust_by_folder(client, session, options.ca_bundle, environ)
    new = environ.get("AWS_NEW_RETRIES_2026", "").lower() == "true"
    Retries(attempts, new, threads is not None, command.slice.whole is not None).register(client)
    return client


def _rehearse(session: Session, region: str, endpoint_url: str | None, options: Globals, **keys: str) -> None:
    """Create a client of which nothing is wrong but the settings that are complained of before region and retries."""
    config = Config(
        signature_version=None if options.sign_request else UNSIGNED,
        retries={"mode": _RETRY_MODES[0], "total_max_attempts": 1},
        read_timeout=_DEFAULT_TIMEOUT,
        connect_timeout=_DEFAULT_TIMEOUT,
    )
    session.create_client(SERVICE, region_name=region, verify=False, endpoint_url=endpoint_url, config=config, **keys)


def region_of(session: Session, given: str | None, sandbox: bool) -> str | None:
    """The region ``given``, the configured one, or that of the machine, which is asked before all credentials.

    A given one that is empty is the client's region, but nobody's whom credentials are got from.
    """
    region: str | None = session.get_config_variable("region") if given is None else given
    if region is None:
        if sandbox:
            region = SANDBOX_REGION
        else:
            from awsshadow.call.whole_answers import RegionProvider

            region = RegionProvider(session).provide()
        if region is not None:
            session.set_config_variable("region", region)
    validate_region_name(region)
    return region


def _retry_settings(session: Session) -> tuple[str, int]:
    """Retry mode and attempts in total. Raises AwsShadowError, or ValueError for no number."""
    mode, attempts = session.get_config_variable("retry_mode"), session.get_config_variable("max_attempts")
    if attempts < 1:
        raise AwsShadowError(
            f'Value provided to "max_attempts": {attempts} must be an integer greater than or equal to one.'
        )
    if mode not in _RETRY_MODES:
        raise AwsShadowError(f'Invalid value provided to "mode": "{mode}" must be one of: "standard" or "adaptive"')
    return mode, attempts


def _config(command: Command, mode: str, attempts: int, threads: Threads | None) -> Config:
    options, slice = command.globals, command.slice
    return Config(
        signature_version=None if options.sign_request else UNSIGNED,
        read_timeout=_timeout(options.cli_read_timeout),
        connect_timeout=_timeout(options.cli_connect_timeout),
        retries={"mode": mode, "total_max_attempts": attempts},
        max_pool_connections=max(0 if threads is None else threads.count, _USUAL_CONNECTIONS),
        proxies=None if may_have_proxies() else {},
        # Parameters were validated before; only a listing gets more of them after that.
        parameter_validation=slice.paginator is not None,
    )


def _timeout(text: str | None) -> int | None:
    """Seconds, None for no limit. Raises ValueError for text that is no integer."""
    return _DEFAULT_TIMEOUT if text is None else int(text) or None
