"""Whether a fake response (``--generate-cli-skeleton output``) can do without a client (behaviour: input 3.3).

The reference builds one, although nothing is sent, and so complains of a region, a profile or a
setting that is wrong. Building one costs botocore's import. Where it could only succeed there is
nothing to complain of: so everything that is set must be something this module knows.
"""

from __future__ import annotations

import os

from awsshadow.names import REGION_VARIABLES, SERVICE
from awsshadow.paths import user_data_paths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from awsshadow.config.settings import Settings

_ENDPOINTS = ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SAGEMAKER")
_BUNDLES = ("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE")
_REMOVE = str.maketrans("", "", ".:-")
#: Variables and keys of a profile that no client is refused for.
_HARMLESS = {
    *_ENDPOINTS, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN",
    *REGION_VARIABLES, "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_PAGER", "AWS_DEFAULT_OUTPUT",
    "AWS_CLI_ERROR_FORMAT", "AWS_CLI_AUTO_PROMPT", "AWS_CLI_OUTPUT_ENCODING", "AWS_CLI_FILE_ENCODING",
    "AWS_EC2_METADATA_DISABLED",
    "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CA_BUNDLE", "AWS_EXECUTION_ENV", "AWS_SDK_UA_APP_ID",
}  # fmt: skip
_HARMLESS_KEYS = {
    "region", "output", "cli_pager", "cli_timestamp_format", "cli_binary_format", "cli_error_format", "cli_auto_prompt",
    "cli_history", "cli_help_output", "parameter_validation", "aws_access_key_id", "aws_secret_access_key",
    "aws_session_token",
}  # fmt: skip


def needs_no_client(settings: Settings, environ: Mapping[str, str]) -> bool:
    """Whether a client built from ``settings`` and ``environ`` could not be refused."""
    region = settings.get("region") or ""
    plain = region.replace("-", "").isalnum() and not region.startswith("-") and not region.endswith("-")
    given = settings.globals
    urls = [given.endpoint_url] + [environ.get(name) for name in _ENDPOINTS]
    bundles = [given.ca_bundle] + [environ.get(name) for name in _BUNDLES]
    return (
        plain
        and not region.isdigit()
        and settings.profile_exists
        and not any(map(_has_rules, user_data_paths(dict(environ))))
        and all(name in _HARMLESS for name in environ if name.startswith("AWS_"))
        and all(key in _HARMLESS_KEYS for key in settings.section)
        and all(url is None or _plain(url) for url in urls)
        and all(bundle is None or bundle.strip() for bundle in bundles)
        and all(text is None or text.isdigit() for text in (given.cli_read_timeout, given.cli_connect_timeout))
        and _complete(environ, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        and _complete(settings.section, "aws_access_key_id", "aws_secret_access_key")
    )


def _has_rules(models: str) -> bool:
    """Whether the user's folder of ``models`` has rules for endpoints, which may refuse anything."""
    folder = os.path.join(models, SERVICE)
    if not os.path.isdir(folder):
        return False
    found = (name for version in os.listdir(folder) for name in _listed(os.path.join(folder, version)))
    return any(name.startswith("endpoint-rule-set-1") for name in found)


def _listed(folder: str) -> list[str]:
    return os.listdir(folder) if os.path.isdir(folder) else []


def _plain(url: str) -> bool:
    """Whether ``url`` has nothing about it but a scheme, a host, a port and a path."""
    scheme, _, rest = url.partition("://")
    return scheme in ("http", "https") and rest.split("/")[0].translate(_REMOVE).isalnum()


def _complete(values: Mapping[str, object], key: str, secret: str) -> bool:
    """Whether there are no credentials in ``values``, or whole ones."""
    return bool(values.get(secret)) or not values.get(key)
