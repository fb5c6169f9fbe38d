"""The credential chain: botocore's, with AWS CLI v2's cache (behaviour: input 4.4, input 4.5)."""

from __future__ import annotations

import json
import os
from functools import partial

from botocore.credentials import (
    ContainerProvider,
    CredentialResolver,
    EnvProvider,
    InstanceMetadataProvider,
    JSONFileCache,
    create_credential_resolver,
)
from botocore.exceptions import ConnectionClosedError
from botocore.handlers import BUILTIN_HANDLERS
from botocore.utils import resolve_imds_endpoint_mode

from awsshadow.call.events import register_builtin
from awsshadow.call.parsing import cut_short
from awsshadow.call.redaction import SECRETS
from awsshadow.paths import make_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from botocore.session import Session

#: Services that credentials are got with, and their calls, of which some are not signed.
_SERVICES = ("sts", "sso", "sso-oidc", "signin")
_SIGNING = tuple(f"choose-signer.{service}." for service in _SERVICES)

#: Settings of the machine's metadata service whose values are refused when the chain is built.
_CHECKED = ("metadata_service_timeout", "metadata_service_num_attempts")

#: What a request to the sandbox is signed with when nothing is configured.
STAND_IN = ("AKIAAWSSHADOWSANDBOX", "awsshadow-sandbox")


def full_chain(session: Session) -> CredentialResolver:
    """The providers in the reference's order.

    Nothing comes before the environment, so when that has a key the others are not even built:
    two of them would set up TLS for a service that nobody is going to ask.
    """
    if session.instance_variables().get("profile") is None and os.environ.get("AWS_ACCESS_KEY_ID"):
        for name in _CHECKED:
            session.get_config_variable(name)
        if session.get_config_variable("ec2_metadata_service_endpoint") is None:
            resolve_imds_endpoint_mode(session)
            return CredentialResolver([EnvProvider()])
    return _every_provider(session)


def _every_provider(session: Session) -> CredentialResolver:
    """Every provider. Role credentials are kept where the reference keeps them, so a role assumed
    by one program is not assumed again by the other."""
    events = session.get_component("event_emitter")
    register_builtin(events, {name for name, *_ in BUILTIN_HANDLERS if name.startswith(_SIGNING)})
    for service in _SERVICES:
        events.register(f"needs-retry.{service}", partial(_again_if_broken_off, session.get_config_variable))
    _learn_container_token()
    folder = os.path.expanduser(os.path.join("~", ".aws", "cli", "cache"))
    cache = _PrivateCache(folder, _as_json)
    resolver = create_credential_resolver(session, cache=cache)
    from awsshadow.call.whole_answers import insist

    insist(*map(resolver.get_provider, (ContainerProvider.METHOD, InstanceMetadataProvider.METHOD)))
    profile = session.get_config_variable("profile") or "default"
    if _signs_in(session.full_config.get("profiles", {}), profile):
        from awsshadow.call.login import read_logins

        read_logins(resolver, session, profile, cache)
    return resolver


def _again_if_broken_off(
    setting: Callable[[str], Any],
    response: tuple[Any, dict[str, Any]] | None,
    attempts: int,
    **_: Any,
) -> int | None:
    """Receives ``needs-retry``: botocore takes what came of an answer for the whole.

    Raises ConnectionClosedError after the last attempt.
    """
    if response is None or not cut_short(response[0].status_code, response[0].headers, response[0].content):
        return None
    if attempts >= setting("max_attempts"):
        raise ConnectionClosedError(endpoint_url=response[0].url)
    return 0


def _learn_container_token() -> None:
    """A container's service may repeat the token that it was sent; botocore's events do not show that request."""
    path = os.environ.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
    if path:
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                SECRETS.learn(file.read())
        except OSError:
            pass  # who needs it says so


def _signs_in(profiles: dict[str, dict[str, str]], name: str | None) -> bool:
    """Whether the profile, or one that its role comes from, has a session of ``aws login``."""
    seen: set[str] = set()
    while name in profiles and name not in seen:
        if "login_session" in profiles[name]:
            return True
        seen.add(name)
        name = profiles[name].get("source_profile")
    return False


class _PrivateCache(JSONFileCache):  # type: ignore[misc]
    """botocore's cache, whose files are readable by their owner only, in a folder that is too."""

    def __setitem__(self, key: str, value: Any) -> None:
        make_private(self._working_dir)
        super().__setitem__(key, value)


def _as_json(response: Any) -> str:
    """The reference writes times as ISO text; botocore's own form it could not read everywhere."""
    return json.dumps(response, default=lambda value: value.isoformat())
