"""``awsshadow diff OPERATION FILE``: how what is there differs from the document that would make it."""

from __future__ import annotations

import json
import re

import click

from awsshadow.check.documents import Document, Malformed, looks_like_json
from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.operation_names import named_first, unknown_operation
from awsshadow.commands.tree.service_options import checked, given_globals, global_options
from awsshadow.commands.tree.values import OneOfDescribed, Operation
from awsshadow.errors import AwsShadowError, ConfigurationError, ParameterError, PartlyFailedError, UsageError
from awsshadow.export.comparison import ABSENT, Comparison
from awsshadow.export.resources import Exporter
from awsshadow.export.unified import unified
from awsshadow.export.yaml_text import printable
from awsshadow.fanout.asked import Limited
from awsshadow.fanout.describer import told
from awsshadow.model import families, find_store, load
from awsshadow.model.families import describing
from awsshadow.stages import Stages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from awsshadow.commands.tree.console import Console
    from awsshadow.export.comparison import Difference
    from awsshadow.export.resources import Exported
    from awsshadow.model import Slice
    from awsshadow.model.families import Family
    from awsshadow.model.store import Store

#: The exit code when something differs.
DIFFERENT = 1
#: What stands between the documents of a YAML stream, and nowhere else at the beginning of a line.
_MARK = re.compile(r"^---[ \t]*\r?\n", re.MULTILINE)
_ROLES = ("create", "update")
#: What has to be right in a document before it can be compared.
_RULES = ("syntax", "unknown-member", "wrong-type")
_FORMS = {"text": "A unified diff from what is there to the document", "json": "One document with all differences"}
_HELP = """<p>Holds what is there against documents of create or update operations, and shows how they differ: what
<code>-</code> stands before is there, what <code>+</code> stands before is in the document. Only members that the
document has are compared, so that what the service adds by default is no difference. The order of tags, subnets and
security groups does not matter; numbers are compared by value, and texts that are JSON as JSON.</p>
<dl><dt>has anything drifted?</dt>
<dd><code>{program} diff create-endpoint-config deploy/config.yaml</code></dd>
<dt>documents that say what they are for, as those of export do</dt>
<dd><code>{program} diff deploy/*.yaml</code></dd></dl>
<p>The exit code is 0 if nothing differs, 1 if something does, 252 if a document cannot be read, 254 if the service
refuses, for one because there is no such resource; of several documents, the highest.</p>"""


def _parameters() -> list[click.Parameter]:
    return [
        Argument(
            ["words"], metavar="[OPERATION] FILE...", nargs=-1, required=True,
            type=Operation(or_file=True, beginnings=("create-", "update-")),
            about="The operation that the documents are for, unless each says so itself, and the files; <code>-</code> "
            "is standard input.",
        ),
        click.Option(
            ["--resource"], metavar="NAME|ARN",
            help="Which resource is meant, where the document does not say it: a domain is found by its id.",
        ),
        click.Option(
            ["--output", "form"], type=OneOfDescribed(_FORMS), default="text", help="How differences are shown."
        ),
        click.Option(
            ["--timeout"], metavar="DURATION",
            help="How long to bear it that the service is asked too often; an hour without it.",
        ),
        *global_options(("output", "query")),
    ]  # fmt: skip


@click.pass_obj
def _run(
    console: Console, /, words: tuple[str, ...], resource: str | None, form: str, timeout: str | None, **options: Any
) -> int:
    """Show differences. Raises UsageError, PartlyFailedError and what a call raises."""
    store = find_store(console.environ)
    families.catch_up(store.index()["operations"], store.model)
    files = list(words)
    operation = named_first(files, store)
    if operation is not None:
        del files[0]
    if not files:
        raise UsageError("the following arguments are required: FILE")
    if resource is not None and len(files) > 1:
        raise UsageError("argument --resource: it is for one document, and there are several")
    given = given_globals(console, options)
    stages = Stages(console.process, checked(console, given))
    limits = Limited({} if timeout is None else {"timeout": timeout})
    outcomes: list[_Outcome] = []
    try:
        exporter = Exporter(stages, given, limits.timeout)
        for path in files:
            for outcome in _outcomes(console, path):
                outcomes.append(outcome)
                outcome.compare(operation, store, exporter, resource)
                if form == "text":
                    console.write(outcome.text(console.look().is_coloured))
                    console.flush()
                    console.say(outcome.note())
    finally:
        stages.close()
    if form == "json":
        console.write(
            json.dumps({"Results": [outcome.row() for outcome in outcomes]}, indent=4, ensure_ascii=False) + "\n"
        )
        console.flush()
    return _code(outcomes)


def _outcomes(console: Console, path: str) -> Iterator[_Outcome]:
    """Each document of a file, one if it cannot be read."""
    try:
        text = console.read(path).removeprefix("\ufeff")
    except ParameterError as error:
        yield _Outcome(path, "", error)
        return
    for part in [text] if looks_like_json(path, text) else _parts(text):
        yield _Outcome(path, part)


def _parts(text: str) -> list[str]:
    """The documents of a YAML stream, each on its own lines: behind the line breaks of what stands before it."""
    parts, begin = [], 0
    for mark in [*_MARK.finditer(text), None]:
        end = len(text) if mark is None else mark.start()
        part = text[begin:end]
        if any(line.strip() and not line.startswith("#") for line in part.splitlines()):
            parts.append("\n" * text.count("\n", 0, begin) + part)
        begin = end if mark is None else mark.end()
    return parts if len(parts) > 1 else [text]


def _code(outcomes: Sequence[_Outcome]) -> int:
    """Whether anything differs. Raises the error of the one document, or one about all that failed."""
    errors = [(outcome.path, outcome.error) for outcome in outcomes if outcome.error is not None]
    if errors and len(outcomes) == 1:
        raise errors[0][1]
    if errors:
        lines = [f"{path}: {error.message}" for path, error in errors]
        raise PartlyFailedError("\n".join(lines), max(error.exit_code for _, error in errors))
    return DIFFERENT if any(outcome.differences for outcome in outcomes) else 0


class _Outcome:
    """What came of one document."""

    def __init__(self, path: str, text: str, error: AwsShadowError | None = None) -> None:
        self.path = path
        self.operation = ""
        self.error = error
        self._text = text
        self._found: Comparison | None = None
        self._live: Exported | None = None

    @property
    def differences(self) -> Sequence[Difference]:
        """The differences, none if it could not be compared."""
        return [] if self._found is None else self._found.differences

    def compare(self, operation: str | None, store: Store, exporter: Exporter, resource: str | None) -> None:
        """Compare, or keep the error. Raises ConfigurationError, which all others would end with, too."""
        if self.error is None:
            try:
                self._compare(operation, store, exporter, resource)
            except ConfigurationError:
                raise
            except AwsShadowError as error:
                self.error = error

    def _compare(self, operation: str | None, store: Store, exporter: Exporter, resource: str | None) -> None:
        """Raises ParameterError for a document that cannot be compared, and what a call raises."""
        try:
            document = Document(self.path, self._text)
        except Malformed as error:
            raise ParameterError(f"{self.path}:{error.line}: {error.message}") from None
        self.operation = operation or document.operation or ""
        if not self.operation:
            raise UsageError(
                f"{self.path} does not say which operation it is for: name one before the files, or write "
                "'# awsshadow: OPERATION' into it"
            )
        if not store.has("operations", self.operation):
            raise unknown_operation(self.operation, store, self.path)
        slice = load(store, "operations", self.operation)
        family = _compared_family(slice)
        wrong = [found for found in document.findings(slice, strict=False) if found.rule in _RULES]
        if wrong:
            raise ParameterError("\n".join(f"{found.file}:{found.line}: {found.message}" for found in wrong))
        value = {key: item for key, item in document.value.items() if key != "$schema"}
        parameters = _asked(exporter, family, value, resource, self.path)
        live = self._live = exporter.export(family, parameters, slice, list(value))
        for reason in live.unread.values():
            raise reason
        unseen = [path for path, _ in live.unseen]
        self._found = Comparison(live.document, value, slice.input_shape or "", slice.shapes, unseen)

    def text(self, coloured: bool) -> str:
        """A unified diff; empty if nothing differs."""
        if self._found is None or self._live is None or not self.differences:
            return ""
        names = (f"live: {self._live.label} in {self._live.region}", self.path)
        return unified(self._found.shown_live, self._found.shown_file, names, coloured)

    def note(self) -> str:
        """A line about what could not be compared, empty if there is nothing."""
        if self._found is None or not self._found.uncompared:
            return ""
        paths = ", ".join(self._found.uncompared)
        return f"{printable(f'{self.path}: not compared, because the service does not show it: {paths}')}\n"

    def row(self) -> dict[str, Any]:
        """The same for programs."""
        row: dict[str, Any] = {"File": self.path, "Operation": self.operation or None}
        if self.error is not None:
            return {**row, "Error": told(self.error)}
        assert self._found is not None
        assert self._live is not None
        row["Resource"] = self._live.arn or self._live.name
        row["Differences"] = [_shown(difference) for difference in self._found.differences]
        return {**row, "NotCompared": self._found.uncompared}


def _shown(difference: Difference) -> dict[str, Any]:
    sides = {"Live": difference.live, "File": difference.file}
    return {"Path": difference.path, **{name: value for name, value in sides.items() if value is not ABSENT}}


def _compared_family(slice: Slice) -> Family:
    """The family whose resources an operation makes or changes. Raises UsageError."""
    found = families.find(slice.operation)
    if found is None or found[1] not in _ROLES or found[0].operation("describe") is None:
        raise UsageError(f"{slice.name} neither creates nor updates what can be described: there is nothing to compare")
    return found[0]


def _asked(
    exporter: Exporter, family: Family, value: dict[str, Any], resource: str | None, path: str
) -> dict[str, Any]:
    """The parameters that ask for the resource that a document is about. Raises UsageError."""
    required = exporter.source(family).required
    known: list[dict[str, Any]] = [value]
    if resource is not None:
        arn = resource.startswith("arn:")
        name = (family.arn or f"{family.title}Arn") if arn else describing.name_member(family, required)
        known.insert(0, {name: resource})
    try:
        return exporter.parameters(family, *known)
    except KeyError as error:
        kind = describing.spoken(family)
        said = f"{path} does not say {error.args[0]}, by which {kind} is asked for: name it by --resource"
        raise UsageError(said) from None


command = Command("diff", params=_parameters(), callback=_run, help=_HELP)
