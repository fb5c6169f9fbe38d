"""Credentials of an ``aws login`` session: read from its cache, renewed in time, for roles too (behaviour: input 4.6).

botocore's own provider does nothing without the optional ``awscrt``, and says other things than the reference. A
session that lasts needs no more than its file; what a renewal needs is imported when one is due (decision 19).
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from tempfile import mkstemp

from botocore import UNSIGNED
from botocore.config import Config
from botocore.credentials import (
    AssumeRoleProvider,
    CanonicalNameCredentialSourcer,
    ContainerProvider,
    CredentialProvider,
    EnvProvider,
    InstanceMetadataProvider,
    JSONFileCache,
    ProfileProviderBuilder,
    RefreshableCredentials,
)
from botocore.exceptions import LoginTokenLoadError
from botocore.utils import generate_login_cache_key, get_login_token_cache_directory
from dateutil.parser import parse

from awsshadow.call.dpop_key import load_key
from awsshadow.call.redaction import SECRETS
from awsshadow.errors import CredentialsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from botocore.client import BaseClient
    from botocore.credentials import CredentialResolver
    from botocore.session import Session

#: Seconds before the end of a session within which it is renewed. That botocore asks earlier changes nothing.
_MARGIN = 300

_NEEDED = ("accessToken", "refreshToken", "dpopKey", "clientId")

#: What the service calls a refusal -> what the reference says of it.
_REFUSALS = {
    "TOKEN_EXPIRED": "Your session has expired. Please reauthenticate using 'aws login'.",
    "USER_CREDENTIALS_CHANGED": (
        "Unable to refresh login credentials because of a change in your password. "
        "Please reauthenticate with your new password using 'aws login'."
    ),
    "INSUFFICIENT_PERMISSIONS": (
        "Unable to create or refresh login credentials due to insufficient permissions. "
        "You may be missing permission for the 'signin:CreateOAuth2Token' action."
    ),
}
_REFUSED = "An unspecified error happened when resolving AWS credentials or refreshing a login session profile."

_NO_LIBRARY = (
    "Your session has expired, and what renews it is not installed: pip install 'awsshadow[login]', "
    "or reauthenticate using 'aws login'."
)


def read_logins(resolver: CredentialResolver, session: Session, profile: str, cache: JSONFileCache) -> None:
    """Have ``resolver`` read sessions as it is done here: that of ``profile``, and those that its role comes from."""
    providers = (
        LoginProvider(session, profile),
        AssumeRoleProvider(
            load_config=lambda: session.full_config,
            client_creator=session.create_client,
            cache=cache,
            profile_name=profile,
            credential_sourcer=CanonicalNameCredentialSourcer(
                [
                    EnvProvider(),
                    resolver.get_provider(ContainerProvider.METHOD),
                    resolver.get_provider(InstanceMetadataProvider.METHOD),
                ]
            ),
            profile_provider_builder=_Profiles(session, cache=cache),
        ),
    )
    for provider in providers:
        resolver.insert_after(provider.METHOD, provider)
        resolver.remove(provider.METHOD)  # the first of the name, which is botocore's


class _Profiles(ProfileProviderBuilder):  # type: ignore[misc]
    """The providers of a profile that is the source of a role."""

    def __init__(self, session: Session, cache: JSONFileCache) -> None:
        super().__init__(session, cache=cache)
        self._of = session

    def providers(self, profile_name: str, disable_env_vars: bool = False) -> list[CredentialProvider]:
        """botocore's, but for that of a login session."""
        login = LoginProvider(self._of, profile_name)
        found = super().providers(profile_name, disable_env_vars)
        return [login if provider.METHOD == login.METHOD else provider for provider in found]


class LoginProvider(CredentialProvider):  # type: ignore[misc]
    """Reads the session that the profile's ``login_session`` names from the cache of ``aws login``."""

    METHOD = "login"

    def __init__(self, session: Session, profile: str) -> None:
        super().__init__(session)
        self._profile = profile

    def load(self) -> RefreshableCredentials | None:
        """The session's credentials, which may be over until they are used; None when the profile has no session.

        Raises LoginTokenLoadError when it was never begun, KeyError when its file is damaged.
        """
        name = self.session.full_config.get("profiles", {}).get(self._profile, {}).get("login_session")
        if name is None:
            return None
        login = _Login(name, self.session)
        found = _credentials(login.read())
        return RefreshableCredentials(
            **{**found, "expiry_time": parse(found["expiry_time"])},
            refresh_using=login.renew,
            method=self.METHOD,
        )


class _Login:
    """One session: its file, and how it is renewed."""

    def __init__(self, name: str, session: Session) -> None:
        self._name = name
        self._session = session
        self._folder = get_login_token_cache_directory()
        self._key = generate_login_cache_key(name)

    def read(self) -> dict[str, Any]:
        """What ``aws login``, or the last renewal, left."""
        cache = JSONFileCache(self._folder)
        if self._key not in cache:
            raise LoginTokenLoadError(
                error_msg=f"Unable to load a existing login session for session {self._name}, "
                "Please reauthenticate with 'aws login'."
            )
        token: dict[str, Any] = cache[self._key]
        SECRETS.learn_from_document(token)
        if any(field not in token for field in _NEEDED):
            raise LoginTokenLoadError(
                error_msg="Failed to load access token from token cache, missing one or more required fields."
            )
        return token

    def renew(self) -> dict[str, Any]:
        """Credentials that last, from the file if somebody has just renewed them, else from the service.

        Raises CredentialsError for a session that cannot be renewed, and whatever a call may raise.
        """
        token = self.read()
        key = load_key(token["dpopKey"])  # first, whether it will be needed or not: a damaged one is noticed now
        left = _seconds_left(token)
        if left > _MARGIN:
            return _credentials(token)
        try:
            from awsshadow.call.proof import proof
        except ImportError:
            if left > 0:
                return _credentials(token)
            raise CredentialsError(_NO_LIBRARY, "login extra") from None
        client = self._session.create_client("signin", config=Config(signature_version=UNSIGNED))

        def prove(params: dict[str, Any], **_: Any) -> None:
            params["headers"]["DPoP"] = proof(key, params["url"])

        client.meta.events.register("before-call.signin.CreateOAuth2Token", prove)
        asked = {
            "clientId": token["clientId"],
            "refreshToken": token["refreshToken"],
            "grantType": "refresh_token",
        }
        try:
            answer = _method(client, "CreateOAuth2Token")(tokenInput=asked)
        except client.exceptions.AccessDeniedException as error:
            raise CredentialsError(_REFUSALS.get(error.response.get("error", ""), _REFUSED), "login") from error
        if "tokenOutput" not in answer:
            raise LoginTokenLoadError(error_msg="Failed to refresh an access token.")
        self._keep(token, answer["tokenOutput"])
        return _credentials(token)

    def _keep(self, token: dict[str, Any], output: dict[str, Any]) -> None:
        """Put what was got into ``token`` and its file, whose other members stay."""
        ends = datetime.now(UTC) + timedelta(seconds=output["expiresIn"])
        got = output["accessToken"]
        token["accessToken"] = {
            **{name: got[name] for name in ("accessKeyId", "secretAccessKey", "sessionToken")},
            "accountId": token["accessToken"]["accountId"],
            "expiresAt": ends.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        token["refreshToken"] = output["refreshToken"]
        _write(os.path.join(self._folder, f"{self._key}.json"), json.dumps(token))


def _method(client: BaseClient, operation: str) -> Callable[..., dict[str, Any]]:
    """The method for ``operation``, whose name in Python depends on the version of botocore."""
    names = client.meta.method_to_api_mapping
    made: Callable[..., dict[str, Any]] = getattr(client, next(name for name in names if names[name] == operation))
    return made


def _credentials(token: dict[str, Any]) -> dict[str, Any]:
    """What botocore calls the members of a session."""
    keys = token["accessToken"]
    return {
        "access_key": keys["accessKeyId"],
        "secret_key": keys["secretAccessKey"],
        "token": keys["sessionToken"],
        "expiry_time": keys["expiresAt"],
        "account_id": keys["accountId"],
    }


def _seconds_left(token: dict[str, Any]) -> float:
    ends: datetime = parse(token["accessToken"]["expiresAt"])
    return (ends - datetime.now(UTC)).total_seconds()


def _write(path: str, text: str) -> None:
    """Replace the file at ``path``, a link stays one: whoever reads it sees the old text or the new one.

    Only the owner can read it. Raises OSError, which names ``path`` if any file, and leaves what was there.
    """
    target = os.path.realpath(path)
    temporary = None
    try:
        descriptor, temporary = mkstemp(dir=os.path.dirname(target), suffix=".tmp")
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)
        if error.filename is None:
            raise
        raise OSError(error.errno, error.strerror, path) from error
