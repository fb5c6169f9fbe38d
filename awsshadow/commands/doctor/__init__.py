"""``awsshadow doctor``: what this program sees of the machine, where each fact comes from, and what to do about it.

Nothing is sent, unless the time of the service is asked for, and no secret is printed: values of credentials are
never read further than whether they are there.
"""

from __future__ import annotations

import json
import os
import sys

import click

from awsshadow.call.redaction import SECRETS
from awsshadow.commands.doctor import calls, installation, network
from awsshadow.commands.tree.groups import Command
from awsshadow.commands.tree.values import PROFILE, REGION
from awsshadow.config.files import read_config_files
from awsshadow.config.settings import Settings
from awsshadow.errors import AwsShadowError
from awsshadow.invocation import Globals
from awsshadow.streams import visible
from awsshadow.terminal import draw_checks
from awsshadow.terminal.checks import NOTICE, PROBLEM, Check
from awsshadow.version import version_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from awsshadow.commands.tree.console import Console


@click.command(
    "doctor",
    cls=Command,
    help="""<p>Looks at each thing that a call would use and says where it comes from: versions, the service model,
configuration files, profile, region, endpoint, credentials, proxies, certificates, pager, the order of PATH,
completion, extras. Nothing is sent, unless <code>--clock</code> asks for it, and no secret is shown.</p>
<p>What stands in the way of a call is marked <code>PROBLEM</code>, what may surprise <code>NOTICE</code>, each with
what to do about it. The exit code is 1 if there is a problem.</p>""",
)
@click.option("--profile", type=PROFILE, help="Look at what a call with this profile would use.")
@click.option("--region", type=REGION, help="Look at what a call to this region would use.")
@click.option("--clock", is_flag=True, help="Ask the service what time it is: one request, without credentials.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of JSON objects.")
@click.pass_obj
def command(console: Console, profile: str | None, region: str | None, clock: bool, as_json: bool) -> int:
    """Say what was found; the exit code is 1 when something stands in the way of a call."""
    given = Globals()
    given.profile, given.region = profile, region
    found = list(_examine(console, given, clock))
    look = console.look()
    if as_json:
        rows = [{"name": c.name, "state": c.state, "value": c.value, "remedy": c.remedy or None} for c in found]
        console.write(json.dumps(rows, indent=4) + "\n")
    elif look.is_terminal:
        shown = [Check(check.name, visible(check.value), check.state, visible(check.remedy)) for check in found]
        console.write(draw_checks(shown, look))
    else:
        console.write(_plain(found))
    return 1 if any(check.state == PROBLEM for check in found) else 0


def _plain(found: Sequence[Check]) -> str:
    """A line a fact; what to do about one is a line of its own, without a name."""
    width = max(len(check.name) for check in found) + 2
    marks = {PROBLEM: "PROBLEM: ", NOTICE: "NOTICE: "}
    lines = []
    for check in found:
        lines.append(f"{check.name:{width}}{marks.get(check.state, '')}{check.value}\n")
        if check.remedy:
            lines.append(f"{'':{width}}-> {check.remedy}\n")
    return "".join(lines)


def _examine(console: Console, given: Globals, clock: bool) -> Iterator[Check]:
    environ = console.environ
    yield Check("version", version_line(console.program, environ))
    yield Check("program", os.path.realpath(console.path))
    yield Check("python", sys.executable)
    yield from calls.model(environ)
    yield from installation.cache(environ)
    yield from calls.files(environ)
    try:
        settings = Settings(given, environ, read_config_files(environ))
    except AwsShadowError as error:
        yield Check("configuration", error.message, PROBLEM, "Mend the line that is neither [section] nor key = value.")
        settings = None
    if settings is not None:
        SECRETS.learn_addresses(*settings.addresses)
        yield from calls.account(settings, environ)
        yield from network.proxies(environ, calls.endpoint_host(settings))
        yield from network.certificates(environ, settings.section)
        if clock:
            yield network.clock(calls.endpoint_url(settings))
        yield from installation.pager(settings, environ)
    yield from installation.path_order(console)
    yield from installation.completion(environ)
    yield from installation.extras(settings)
