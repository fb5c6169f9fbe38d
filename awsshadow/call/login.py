"""Credentials of an ``aws login`` session, without the library that renews them (behaviour: input 4.4).

botocore's provider refuses to look at a session unless the optional ``awscrt`` is installed,
because renewing one takes an elliptic-curve signature. A session that is still valid needs none.
"""

from __future__ import annotations

from datetime import UTC, datetime

from botocore.credentials import CredentialProvider, Credentials, JSONFileCache, LoginTokenLoader
from botocore.exceptions import LoginRefreshRequired, LoginTokenLoadError
from botocore.utils import get_login_token_cache_directory
from dateutil.parser import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from botocore.session import Session

_NEEDED = ("accessToken", "refreshToken", "dpopKey", "clientId")


class LoginProvider(CredentialProvider):  # type: ignore[misc]
    """Reads the session that the profile's ``login_session`` names from the cache of ``aws login``."""

    METHOD = "login"

    def __init__(self, session: Session, profile: str) -> None:
        super().__init__(session)
        self._profile = profile

    def load(self) -> Credentials | None:
        """The session's credentials, None when the profile has no such session.

        Raises LoginTokenLoadError when it was never begun, LoginRefreshRequired when it is over.
        """
        name = self.session.full_config.get("profiles", {}).get(self._profile, {}).get("login_session")
        if name is None:
            return None
        token = LoginTokenLoader(JSONFileCache(get_login_token_cache_directory())).load_token(name)
        key = _checked(token, name)
        if parse(key["expiresAt"]) <= datetime.now(UTC):
            raise LoginRefreshRequired()
        return Credentials(
            key["accessKeyId"],
            key["secretAccessKey"],
            key["sessionToken"],
            method=self.METHOD,
            account_id=key.get("accountId"),
        )


def _checked(token: dict[str, Any] | None, name: str) -> dict[str, str]:
    if token is None:
        raise LoginTokenLoadError(
            error_msg=f"Unable to load a existing login session for session {name}, "
            "Please reauthenticate with 'aws login'."
        )
    if any(field not in token for field in _NEEDED):
        raise LoginTokenLoadError(
            error_msg="Failed to load access token from token cache, missing one or more required fields."
        )
    key: dict[str, str] = token["accessToken"]
    return key
