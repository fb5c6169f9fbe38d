"""``awsshadow doctor``: what this program sees of the machine, and where each fact comes from.

Nothing is sent and no secret is printed. Values of credentials are never read further than whether
they are there.
"""

from __future__ import annotations

import os
import shutil
import sys

import click

from awsshadow.commands.tree.groups import Command
from awsshadow.commands.tree.values import PROFILE, REGION
from awsshadow.config.files import read_config_files
from awsshadow.config.settings import TABLE, Settings
from awsshadow.errors import AwsShadowError
from awsshadow.handover import next_aws
from awsshadow.invocation import Globals
from awsshadow.model import find_store
from awsshadow.names import SANDBOX_VARIABLE
from awsshadow.paths import botocore_data, user_data_paths
from awsshadow.version import version_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from awsshadow.commands.tree.console import Console

#: The credential chain in its order: what must be there for a provider to be asked.
_CHAIN = (
    ("assume role", ("role_arn",)),
    ("web identity", ("web_identity_token_file",)),
    ("single sign-on", ("sso_account_id",)),
    ("login", ("login_session",)),
    ("process", ("credential_process",)),
    ("keys of the profile", ("aws_access_key_id",)),
)


@click.command(
    "doctor",
    cls=Command,
    help="""<p>Prints a line for each thing that a call would use, and where it comes from: versions, the service
model, configuration files, profile, region, endpoint, credentials, pager. Nothing is sent, and no secret is
shown.</p><p>What stands in the way of a call is marked <code>PROBLEM</code>; the exit code is then 1.</p>""",
)
@click.option("--profile", type=PROFILE, help="Look at what a call with this profile would use.")
@click.option("--region", type=REGION, help="Look at what a call to this region would use.")
@click.pass_obj
def command(console: Console, profile: str | None, region: str | None) -> int:
    """Print a line a fact; the exit code is 1 when something stands in the way of a call."""
    given = Globals()
    given.profile, given.region = profile, region
    lines = list(_examine(console, given))
    width = max(len(name) for name, _ in lines) + 2
    console.write("".join(f"{name:{width}}{value}\n" for name, value in lines))
    return 1 if any(value.startswith("PROBLEM") for _, value in lines) else 0


def _examine(console: Console, given: Globals) -> Iterator[tuple[str, str]]:
    environ = console.environ
    yield "version", version_line(console.program, environ)
    yield "program", os.path.realpath(console.path)
    yield "python", sys.executable
    yield from _model(environ)
    for name, default in (("AWS_CONFIG_FILE", "~/.aws/config"), ("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")):
        yield name.removeprefix("AWS_").lower().replace("_", " "), _file(environ.get(name, default))
    try:
        settings = Settings(given, environ, read_config_files(environ))
    except AwsShadowError as error:
        yield "configuration", f"PROBLEM: {error.message}"
        return
    yield from _account(settings, environ)
    yield "pager", settings.pager or "none"
    yield (
        "completion",
        shutil.which("awsshadow_completer", path=environ.get("PATH")) or "awsshadow_completer not on PATH",
    )
    yield "next aws", next_aws(environ, console.path) or "none: only sagemaker commands work"


def _model(environ: dict[str, str]) -> Iterator[tuple[str, str]]:
    data = botocore_data()
    yield "botocore", os.path.dirname(data) if data else "PROBLEM: not installed"
    own = [p for p in user_data_paths(environ) if os.path.isdir(os.path.join(p, "sagemaker"))]
    if own:
        yield "models of your own", ", ".join(own)
    try:
        store = find_store(environ)
        count = len(store.index()["operations"])
        place = getattr(store, "folder", "compiled in memory: no cache can be written")
        yield "slices", f"{count} operations, {place}"
    except AwsShadowError as error:
        yield "slices", f"PROBLEM: {error.message}"


def _file(path: str) -> str:
    full = os.path.expanduser(os.path.expandvars(path))
    if not os.path.isfile(full):
        return f"{full} (none)"
    return full if os.access(full, os.R_OK) else f"PROBLEM: {full} cannot be read"


def _account(settings: Settings, environ: dict[str, str]) -> Iterator[tuple[str, str]]:
    found = settings.profile or "default (none asked for)"
    yield "profile", found if settings.profile_exists else f"PROBLEM: {found!r} is in neither file"
    yield "region", _where(settings, "region", environ) or "PROBLEM: none"
    yield "endpoint", _endpoint(settings, environ)
    yield "credentials", _credentials(settings, environ)
    yield "output", _where(settings, "output", environ) or "json (default)"


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
            return f"{environ[variable]} ({variable})"
    for key in ("services", "endpoint_url"):
        value = settings.section.get(key)
        if isinstance(value, str):
            return f"{value} ({key} of the profile)"
    return "that of the region"


def _credentials(settings: Settings, environ: dict[str, str]) -> str:
    """The first provider of the chain that has something to go on; none is asked."""
    if environ.get("AWS_ACCESS_KEY_ID"):
        whole = bool(environ.get("AWS_SECRET_ACCESS_KEY"))
        return "environment" if whole else "PROBLEM: AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY"
    if environ.get("AWS_WEB_IDENTITY_TOKEN_FILE"):
        return "web identity (environment)"
    for provider, keys in _CHAIN:
        if all(key in settings.section for key in keys):
            return f"{provider} (profile {settings.profile or 'default'})"
    if any(
        name in environ for name in ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI")
    ):
        return "container"
    if environ.get("AWS_EC2_METADATA_DISABLED", "").lower() == "true":
        return "PROBLEM: none (instance metadata is switched off)"
    return "none found here; instance metadata would be asked"
