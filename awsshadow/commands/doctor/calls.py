"""What a call would use: the service model, the user's files, profile, region, endpoint, credentials, output."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from awsshadow.addresses import without_user
from awsshadow.config.settings import TABLE
from awsshadow.model import find_store
from awsshadow.names import SANDBOX_REGION, SANDBOX_VARIABLE
from awsshadow.paths import botocore_data, user_data_paths
from awsshadow.terminal.checks import FACT, GOOD, NOTICE, PROBLEM, Check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from awsshadow.config.settings import Settings

#: The credential chain in its order: what must be there for a provider to be asked.
_CHAIN = (
    ("assume role", ("role_arn",)),
    ("web identity", ("web_identity_token_file",)),
    ("single sign-on", ("sso_account_id",)),
    ("login", ("login_session",)),
    ("process", ("credential_process",)),
    ("keys of the profile", ("aws_access_key_id",)),
)
_FILES = (
    ("config file", "AWS_CONFIG_FILE", "~/.aws/config"),
    ("credentials file", "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
)
#: How sections of the configuration file begin that are no profiles, and need not be.
_NO_PROFILES = ("sso-session", "services", "plugins", "preview", "toplevel")

_CONTAINER = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI")

_NO_CREDENTIALS = (
    "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give a profile credentials: aws configure, aws sso login."
)


def model(environ: dict[str, str]) -> Iterator[Check]:
    """botocore, the user's own models, the compiled slices."""
    data = botocore_data()
    if data:
        yield Check("botocore", os.path.dirname(data), GOOD)
    else:
        yield Check("botocore", "not installed", PROBLEM, "pip install botocore, beside awsshadow.")
    own = [p for p in user_data_paths(environ) if os.path.isdir(os.path.join(p, "sagemaker"))]
    if own:
        yield Check("models of your own", ", ".join(own))
    try:
        store = find_store(environ)
        count = len(store.index()["operations"])
        place = getattr(store, "folder", "compiled in memory: no cache can be written")
        yield Check("slices", f"{count} operations, {place}", GOOD)
    except Exception as error:  # a damaged model of one's own is complained of in Python's words
        yield Check("slices", str(error), PROBLEM, "Reinstall botocore; take a damaged model out of AWS_DATA_PATH.")


def files(environ: dict[str, str]) -> Iterator[Check]:
    """The two files, and whether they can be read."""
    for name, variable, usual in _FILES:
        full = os.path.expanduser(os.path.expandvars(environ.get(variable, usual)))
        if not os.path.isfile(full):
            yield Check(name, f"{full} (none)")
        elif os.access(full, os.R_OK):
            yield Check(name, full, GOOD)
        else:
            yield Check(name, f"{full} cannot be read", PROBLEM, f"Let yourself read it: chmod u+r {full}")


def account(settings: Settings, environ: dict[str, str]) -> Iterator[Check]:
    """Profile, region, endpoint, credentials, output."""
    yield _profile(settings)
    stray = [name for name in settings.files.sections if not name.startswith(_NO_PROFILES)]
    if stray and not (settings.profile in stray and not settings.profile_exists):
        names = ", ".join(f"[{name}]" for name in stray)
        meant = ", ".join(f"[profile {name}]" for name in stray)
        yield Check("sections", f"{names} of the config file: no profile", NOTICE, f"If a profile is meant: {meant}")
    yield _region(settings, environ)
    yield Check("endpoint", _endpoint(settings, environ))
    yield _credentials(settings, environ)
    yield Check("output", _where(settings, "output", environ) or "json (default)")


def endpoint_url(settings: Settings) -> str | None:
    """Where a call goes, as far as that can be said without botocore; None for the sandbox and without a region."""
    environ = settings.environ
    if environ.get(SANDBOX_VARIABLE):
        return None
    for variable in ("AWS_ENDPOINT_URL_SAGEMAKER", "AWS_ENDPOINT_URL"):
        if environ.get(variable):
            return environ[variable]
    configured = settings.section.get("endpoint_url")
    if isinstance(configured, str):
        return configured
    region = settings.get("region")
    if not region:
        return None
    return f"https://api.sagemaker.{region}.amazonaws.com{'.cn' if region.startswith('cn-') else ''}"


def endpoint_host(settings: Settings) -> str:
    """The host of that endpoint, empty where there is none."""
    try:
        return urlsplit(endpoint_url(settings) or "").hostname or ""
    except ValueError:
        return ""


def _profile(settings: Settings) -> Check:
    if settings.profile_exists:
        return Check("profile", settings.profile or "default (none asked for)", GOOD if settings.profile else FACT)
    name = settings.profile
    if name in settings.files.sections:
        remedy = f"The config file has [{name}]: write [profile {name}] there."
    else:
        known = ", ".join(settings.files.profiles)
        remedy = f"There are: {known}." if known else "There are no profiles; aws configure makes one."
        remedy += " Choose with --profile or AWS_PROFILE."
    return Check("profile", f"{name!r} is in neither file", PROBLEM, remedy)


def _region(settings: Settings, environ: dict[str, str]) -> Check:
    found = _where(settings, "region", environ)
    if found:
        return Check("region", found, GOOD)
    if environ.get(SANDBOX_VARIABLE):
        return Check("region", f"{SANDBOX_REGION} (the sandbox's)")
    return Check("region", "none", PROBLEM, "Give --region, set AWS_REGION, or put region = NAME into the profile.")


def _where(settings: Settings, name: str, environ: dict[str, str]) -> str | None:
    attribute, variables, key, _ = TABLE[name]
    if attribute and getattr(settings.globals, attribute) is not None:
        return f"{getattr(settings.globals, attribute)} (--{name})"
    for variable in variables:
        if variable in environ:
            return f"{environ[variable]} ({variable})"
    value = settings.section.get(key) if key else None
    return f"{value} (profile)" if isinstance(value, str) else None


def _endpoint(settings: Settings, environ: dict[str, str]) -> str:
    if environ.get(SANDBOX_VARIABLE):
        return f"the sandbox in {environ[SANDBOX_VARIABLE]} ({SANDBOX_VARIABLE})"
    for variable in ("AWS_ENDPOINT_URL_SAGEMAKER", "AWS_ENDPOINT_URL"):
        if environ.get(variable):
            return f"{without_user(environ[variable])} ({variable})"
    for key in ("services", "endpoint_url"):
        value = settings.section.get(key)
        if isinstance(value, str):
            return f"{without_user(value)} ({key} of the profile)"
    return "that of the region"


def _credentials(settings: Settings, environ: dict[str, str]) -> Check:
    """The first provider of the chain that has something to go on; none is asked."""
    name = "credentials"
    if environ.get(SANDBOX_VARIABLE):
        return Check(name, "none needed: the sandbox answers")
    if environ.get("AWS_ACCESS_KEY_ID") and not environ.get("AWS_SECRET_ACCESS_KEY"):
        return Check(name, "AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY", PROBLEM, "Set both, or neither.")
    provider = _provider(settings, environ)
    if provider:
        return Check(name, provider, GOOD)
    if environ.get("AWS_EC2_METADATA_DISABLED", "").lower() == "true":
        return Check(name, "none (instance metadata is switched off)", PROBLEM, _NO_CREDENTIALS)
    return Check(name, "none found here; instance metadata would be asked", NOTICE, _NO_CREDENTIALS)


def _provider(settings: Settings, environ: dict[str, str]) -> str:
    if environ.get("AWS_ACCESS_KEY_ID"):
        return "environment"
    if environ.get("AWS_WEB_IDENTITY_TOKEN_FILE"):
        return "web identity (environment)"
    for provider, keys in _CHAIN:
        if all(key in settings.section for key in keys):
            return f"{provider} (profile {settings.profile or 'default'})"
    return "container" if any(variable in environ for variable in _CONTAINER) else ""
