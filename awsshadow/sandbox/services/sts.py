"""STS: who is calling, and credentials of roles, which are good for the sandbox alone.

Nothing is kept: what a session is goes along in its token, which the client sends back with every call.
"""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode

from awsshadow.sandbox.contract.service_errors import Refusal
from awsshadow.sandbox.engine.request import random_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.sandbox.services.served import ServiceRequest

INVALID = "ValidationError"

#: The user whose keys ``sandbox run`` and ``serve`` give to clients.
_USER = "sandbox"
_USER_ID = "AIDAAWSSHADOWSANDBOX0"
#: What the tokens of this sandbox begin with.
_MARK = "AWSSHADOW"
#: Seconds that credentials last when nothing is asked for: STS API reference, ``DurationSeconds``.
_HOUR, _HALF_DAY = 3600, 43_200


def caller(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``GetCallerIdentity``: the sandbox's user, or the role whose session token came along."""
    account = request.resources.account
    session = _session(request)
    if session is None:
        return {"UserId": _USER_ID, "Account": account, "Arn": request.arn("iam", f"user/{_USER}", region=False)}
    path = f"assumed-role/{session['role']}/{session['name']}"
    user = f"{session['id']}:{session['name']}"
    return {"UserId": user, "Account": account, "Arn": request.arn("sts", path, region=False)}


def assume_role(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``AssumeRole``. Any role is there; it counts as one of the sandbox's account."""
    return {**_assumed(request), "SourceIdentity": request.params.get("SourceIdentity")}


def assume_role_with_web_identity(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``AssumeRoleWithWebIdentity``; the token is read, and not verified."""
    claims = _claims(request.params["WebIdentityToken"])
    audience = claims.get("aud")
    return {
        **_assumed(request),
        "SubjectFromWebIdentityToken": str(claims.get("sub", "sandbox-subject")),
        "Audience": str(audience[0] if isinstance(audience, list) and audience else audience or "sandbox-audience"),
        "Provider": request.params.get("ProviderId") or str(claims.get("iss", "sandbox-provider")),
    }


def session_token(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``GetSessionToken``: credentials of the same caller."""
    return {"Credentials": _credentials(request, _HALF_DAY, None)}


def access_key_info(request: ServiceRequest) -> dict[str, Any]:
    """Answer ``GetAccessKeyInfo``: every key is one of the sandbox's account."""
    return {"Account": request.resources.account}


def _assumed(request: ServiceRequest) -> dict[str, Any]:
    arn, name = request.params["RoleArn"], request.params["RoleSessionName"]
    words = arn.split(":")
    if len(words) != 6 or words[2] != "iam" or not words[5].startswith("role/"):
        raise Refusal(INVALID, f"{arn} is invalid")
    role = words[5].rpartition("/")[2]
    id = _role_id(role)
    session = {"role": role, "name": name, "id": id}
    user = request.arn("sts", f"assumed-role/{role}/{name}", region=False)
    return {
        "Credentials": _credentials(request, _HOUR, session),
        "AssumedRoleUser": {"AssumedRoleId": f"{id}:{name}", "Arn": user},
        "PackedPolicySize": 0 if "Policy" in request.params or "PolicyArns" in request.params else None,
    }


def _role_id(role: str) -> str:
    """The same one for the same role: letters and digits, as many as the service's have."""
    letters = "".join(c for c in role.upper() if c.isalnum() and c.isascii())
    return f"AROA{letters[:17]:0<17}"


def _credentials(request: ServiceRequest, seconds: int, session: dict[str, str] | None) -> dict[str, Any]:
    """Clients throw credentials away by their own clocks, so these end by the time of this machine."""
    ends = int(time.time()) + request.params.get("DurationSeconds", seconds)
    token = urlsafe_b64encode(json.dumps(session).encode()).decode().rstrip("=")
    return {
        "AccessKeyId": random_text("ASIA#16"),
        "SecretAccessKey": random_text("@32") + random_text("@8"),
        "SessionToken": f"{_MARK}{token}",
        "Expiration": ends,
    }


def _session(request: ServiceRequest) -> dict[str, str] | None:
    """The role's session whose token came along, None for the user."""
    token = request.headers.get("x-amz-security-token", "")
    session = _decoded(token.removeprefix(_MARK)) if token.startswith(_MARK) else None
    fits = session is not None and all(isinstance(session.get(name), str) for name in ("role", "name", "id"))
    return session if fits else None


def _claims(token: str) -> dict[str, Any]:
    """What a JSON web token says, nothing when it is none."""
    parts = token.split(".")
    return (_decoded(parts[1]) if len(parts) == 3 else None) or {}


def _decoded(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


OPERATIONS = {
    "GetCallerIdentity": caller,
    "AssumeRole": assume_role,
    "AssumeRoleWithWebIdentity": assume_role_with_web_identity,
    "GetSessionToken": session_token,
    "GetAccessKeyInfo": access_key_info,
}
READING = frozenset(OPERATIONS)
