"""The environment in which an AWS client finds the sandbox and cannot find AWS."""

from __future__ import annotations

from awsshadow.names import REGION_VARIABLES, SANDBOX_VARIABLE
from awsshadow.sandbox.serving.http_guard import LOOPBACK, host_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: Names the folder of a sandbox.
VARIABLE = SANDBOX_VARIABLE

#: In place of real credentials: clients refuse to send without any. They are secret to nobody.
KEY = "sandbox"

_ENDPOINT = "AWS_ENDPOINT_URL"

#: Names a profile of the configuration files.
_PROFILES = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")

#: Where a client could find real credentials, another account or another endpoint.
_REMOVED = (
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_CREDENTIAL_EXPIRATION",
    "AWS_CREDENTIAL_FILE",
    "BOTO_CONFIG",
    *_PROFILES,
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    "AWS_EC2_METADATA_SERVICE_ENDPOINT",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    # Clients refuse these together with an endpoint of one's own.
    "AWS_USE_FIPS_ENDPOINT",
    "AWS_USE_DUALSTACK_ENDPOINT",
)


def child_environment(
    environ: Mapping[str, str], url: str, folder: str, region: str, config_file: str, credentials_file: str
) -> dict[str, str]:
    """``environ`` changed so that whatever runs in it reaches the endpoint ``url`` and not AWS.

    The two files take the place of the user's own: their profiles are the sandbox's, so that the name of one may
    stay. Endpoints the user chose for other services are kept when they are on this machine.
    """
    changed = {**environ, **variables(environ, url, folder, region)}
    for name in removed(environ):
        if name not in _PROFILES or not changed.get(name):
            changed.pop(name, None)
    changed["AWS_CONFIG_FILE"] = config_file
    changed["AWS_SHARED_CREDENTIALS_FILE"] = credentials_file
    return changed


def variables(environ: Mapping[str, str], url: str, folder: str, region: str) -> dict[str, str]:
    """The variables to set, by name."""
    direct = _without_proxy(environ)
    return {
        _ENDPOINT: url,
        f"{_ENDPOINT}_SAGEMAKER": url,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": KEY,
        **dict.fromkeys(REGION_VARIABLES, region),
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": direct,
        "no_proxy": direct,
        VARIABLE: folder,
    }


def removed(environ: Mapping[str, str]) -> list[str]:
    """The names of the variables to take away, whether they are set or not."""
    return [*_REMOVED, *sorted(name for name, value in environ.items() if _leads_away(name, value))]


def _leads_away(name: str, value: str) -> bool:
    """Whether a variable that exists for many services gives one a token, or an endpoint elsewhere."""
    if name.startswith(_ENDPOINT + "_"):
        return name != _ENDPOINT + "_SAGEMAKER" and host_name(_host(value)) not in LOOPBACK
    return name.startswith("AWS_BEARER_TOKEN_")


def _without_proxy(environ: Mapping[str, str]) -> str:
    """The hosts that are reached directly: those of before and the loopback ones."""
    before = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    hosts = [host.strip() for host in before.split(",") if host.strip()]
    if "*" in hosts:
        return before
    return ",".join([*hosts, *(host for host in ("127.0.0.1", "localhost", "::1") if host not in hosts)])


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]
