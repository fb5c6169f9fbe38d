"""``awsshadow site``, also as ``python -m awsshadow.help.site``: the reference and the guides as a web site."""

from __future__ import annotations

import importlib.util
import os

import click

from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.page import documents
from awsshadow.commands.tree.values import FOLDER
from awsshadow.errors import AwsShadowError, ParameterError
from awsshadow.help.site import GENERATOR, build, write_source
from awsshadow.model import find_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.commands.tree.console import Console

#: In a checkout; an installation has no guides.
_GUIDES = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "docs")


@click.command(
    "site",
    cls=Command,
    help="""<p>Writes a page for every command, and the guides, as Markdown into <code>OUT/pages</code>, and makes a web
site with search of them in <code>OUT/html</code>. The generator is in the extra <code>docs</code>:
<code>pip install 'awsshadow[docs]'</code>.</p>""",
)
@click.argument("out", type=FOLDER, cls=Argument, about="The folder to write to.")
@click.option(
    "--guides", metavar="DIR", type=FOLDER, help="The folder of the guides; without it, that of the checkout."
)
@click.option("--source-only", is_flag=True, help="Write the Markdown and stop.")
@click.pass_obj
def command(console: Console, out: str, guides: str | None, source_only: bool) -> int:
    """Write the site. Raises ParameterError for a folder it cannot write to, AwsShadowError without the generator."""
    if not source_only and importlib.util.find_spec(GENERATOR) is None:
        raise AwsShadowError(
            f"{GENERATOR}, which makes the site, is not installed: pip install 'awsshadow[docs]', or give --source-only"
        )
    guides = _GUIDES if guides is None else guides
    try:
        own = list(documents(console))
        pages = write_source(out, find_store(console.environ), guides if os.path.isdir(guides) else None, own)
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
