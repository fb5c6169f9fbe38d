"""``awsshadow site``, also as ``python -m awsshadow.help.site``: the reference and the guides as a web site."""

from __future__ import annotations

import importlib.util
import os

import click

from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.page import documents
from awsshadow.commands.tree.values import FOLDER
from awsshadow.errors import AwsShadowError, ParameterError
from awsshadow.help.guides import installed
from awsshadow.help.site import GENERATOR, build, write_source
from awsshadow.model import find_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands.tree.console import Console

#: The oldest generator that makes the site; tests hold that the group `docs` of the project names the same.
NEEDED = "zensical>=0.0.73"


@click.command(
    "site",
    cls=Command,
    help="""<p>Writes a page for every command, and the guides, as Markdown into <code>OUT/pages</code>, and makes a web
site with search of them in <code>OUT/html</code>. The generator has to be installed beside awsshadow:
<code>pip install 'zensical>=0.0.73'</code>.</p>""",
)
@click.argument("out", type=FOLDER, cls=Argument, about="The folder to write to.")
@click.option(
    "--guides", metavar="DIR", type=FOLDER, help="A folder of Markdown to take as guides; without it, the project's."
)
@click.option("--source-only", is_flag=True, help="Write the Markdown and stop.")
@click.pass_obj
def command(console: Console, out: str, guides: str | None, source_only: bool) -> int:
    """Write the site. Raises ParameterError for a folder it cannot write to, AwsShadowError without the generator."""
    if not source_only and importlib.util.find_spec(GENERATOR) is None:
        raise AwsShadowError(
            f"{GENERATOR}, which makes the site, is not installed: pip install '{NEEDED}', or give --source-only"
        )
    if guides is not None and not os.path.isdir(guides):
        raise ParameterError(f"{guides}: there is no such folder")
    try:
        own = list(documents(console))
        pages = write_source(out, find_store(console.environ), guides or installed(), own)
    except OSError as error:
        raise ParameterError(f"{out}: {error.strerror}") from None
    console.write(f"{len(pages)} pages of Markdown are in {os.path.join(out, 'pages')}\n")
    if source_only:
        return 0
    console.flush()
    code = build(out)
    if not code:
        console.write(f"The site is in {os.path.join(out, 'html')}\n")
    return code
