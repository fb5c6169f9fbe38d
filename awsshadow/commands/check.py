"""``awsshadow check``: documents, and the commands in scripts, against the model of the service."""

from __future__ import annotations

import click

from awsshadow.check import findings as forms
from awsshadow.check.command_lines import CommandChecker
from awsshadow.check.documents import Document, Malformed
from awsshadow.check.findings import ERROR, Finding
from awsshadow.check.scripts import fragments
from awsshadow.command_line.alias import read_aliases
from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.operation_names import named_first, unknown_operation
from awsshadow.commands.tree.values import OneOf, Operation
from awsshadow.errors import AwsShadowError, UsageError
from awsshadow.model import find_store, load
from awsshadow.names import SERVICE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from awsshadow.commands.tree.console import Console
    from awsshadow.model.store import Store

#: The exit code when something is wrong with a file.
WRONG = 1


@click.command(
    "check",
    cls=Command,
    help="""<p>Holds input documents, JSON or YAML, against everything the model says: types, required and unknown
members, enums, patterns, lengths, ranges, unions. With <code>--from-script</code> the files are shell scripts,
Makefiles or workflow files, and the <code>aws sagemaker</code> commands in them are checked as far as variables
allow, with the documents they name.</p>
<p>Nothing is looked up and nothing is sent: no region, no credentials, no network. Permissions and names are not
checked. The exit code is 0, 1 if something is wrong, and 252 if a file cannot be read.</p>
<dl><dt>documents of one operation</dt>
<dd><code>{program} check create-training-job jobs/*.yaml</code></dd>
<dt>documents that say what they are for</dt>
<dd><code># awsshadow: create-training-job</code> in YAML, or a <code>"$schema"</code> of
<code>{program} schema</code></dd>
<dt>scripts, for a code host</dt>
<dd><code>{program} check --from-script --output sarif deploy.sh Makefile .github/workflows/*.yml</code></dd>
</dl>""",
)
@click.argument(
    "words", metavar="[OPERATION] FILE...", nargs=-1, required=True, cls=Argument, type=Operation(or_file=True),
    about="The operation that the documents are for, unless each says so itself, and the files; <code>-</code> is "
    "standard input.",
)  # fmt: skip
@click.option("--from-script", is_flag=True, help="The files are scripts: check the commands in them.")
@click.option("--strict", is_flag=True, help="A value that an enum of the model does not list is an error; without it, "
    "a warning, since the service may know it.")  # fmt: skip
@click.option("--output", type=OneOf(tuple(forms.FORMATS)), default="text",
    help="How findings are written: a line each, one JSON document, or SARIF 2.1.0.",
)  # fmt: skip
@click.pass_obj
def command(console: Console, words: tuple[str, ...], from_script: bool, strict: bool, output: str) -> int:
    """Print what is wrong. Raises UsageError and ParameterError, and has printed nothing then."""
    store = find_store(console.environ)
    files = list(words)
    operation = None if from_script else named_first(files, store)
    if operation is not None:
        del files[0]
    if not files:
        raise UsageError("the following arguments are required: FILE")
    texts = [(path, console.read(path).removeprefix("\ufeff")) for path in files]
    if from_script:
        found = _in_scripts(texts, CommandChecker(store, console.environ, strict, _aliases()))
    else:
        found = _in_documents(texts, operation, store, strict)
    findings = sorted(dict.fromkeys(found))
    console.write(forms.FORMATS[output](findings))
    console.flush()
    errors = sum(finding.level == ERROR for finding in findings)
    if output == "text":
        console.say(_summary(len(files), errors, len(findings) - errors))
    return WRONG if errors else 0


def _summary(files: int, errors: int, warnings: int) -> str:
    counted = [f"{count} {noun}{'s' * (count != 1)}" for count, noun in (
        (files, "file"), (errors, "error"), (warnings, "warning"))]  # fmt: skip
    return f"{', '.join(counted)}. The service was not asked; permissions and names were not checked.\n"


def _in_documents(
    texts: Sequence[tuple[str, str]], operation: str | None, store: Store, strict: bool
) -> Iterator[Finding]:
    for path, text in texts:
        try:
            document = Document(path, text)
        except Malformed as error:
            yield Finding(path, error.line, "syntax", error.message)
            continue
        name = operation or document.operation
        if name is None:
            raise UsageError(
                f"{path} does not say which operation it is for: name one before the files, or write "
                "'# awsshadow: OPERATION' into it, or a $schema"
            )
        if not store.has("operations", name):
            raise unknown_operation(name, store, path)
        yield from document.findings(load(store, "operations", name), strict)


def _in_scripts(texts: Sequence[tuple[str, str]], checker: CommandChecker) -> Iterator[Finding]:
    for path, text in texts:
        try:
            yield from checker.findings(path, fragments(path, text))
        except Malformed as error:
            yield Finding(path, error.line, "syntax", error.message)


def _aliases() -> list[str]:
    """The user's own names for operations. A file of aliases that cannot be read has none."""
    try:
        return list(read_aliases().of(SERVICE))
    except AwsShadowError:
        return []
