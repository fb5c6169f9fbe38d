"""``awsshadow export FAMILY NAME ...``: the document that creates another resource like the one that is there."""

from __future__ import annotations

import os
import shlex

import click

from awsshadow import arguments
from awsshadow.commands.tree.family_commands import Families, FamilySlice
from awsshadow.commands.tree.groups import Argument, Command
from awsshadow.commands.tree.service_options import checked, given_globals, global_options
from awsshadow.commands.tree.usage import wrong
from awsshadow.commands.tree.values import FOLDER, Described, OneOfDescribed
from awsshadow.errors import AwsShadowError, ConfigurationError
from awsshadow.export.assignments import Assignment, assign
from awsshadow.export.dependencies import Needed, needed
from awsshadow.export.folder import file_names, write_all
from awsshadow.export.forms import FORMS, lacking
from awsshadow.export.resources import Exporter
from awsshadow.export.yaml_text import printable
from awsshadow.fanout.asked import Limited
from awsshadow.fanout.everywhere import complain
from awsshadow.model import find_store, load
from awsshadow.model.families import creating, describing
from awsshadow.names import SERVICE, argument_name
from awsshadow.stages import Stages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from awsshadow.commands.tree.console import Console
    from awsshadow.export.resources import Exported
    from awsshadow.model import Slice
    from awsshadow.model.families import Family

_HELP = """<p>Prints the document from which the create operation makes another resource like the one that is there:
its description cut to what that operation takes, and its tags. What the service made itself, and what it does not
show, stands below as comments; nothing is guessed.</p>
<dl><dt>run a job again, with one change</dt>
<dd><code>{program} export training-job churn --set TrainingJobName=churn-2 --set HyperParameters.lr=0.01 |
{program} sagemaker create-training-job --cli-input-yaml -</code></dd>
<dt>an endpoint with its configuration and its models, a file each</dt>
<dd><code>{program} export endpoint blue --with-dependencies -d deploy</code></dd></dl>
<p>The exit code is 0, 254 when the service refuses, for one because there is no such resource, and 4 when that is so
for some of several.</p>"""
_FORMS = {"yaml": "With comments, for --cli-input-yaml", "json": "Without comments, for --cli-input-json"}


class _Exports(Families):
    """One command a family that can be described and created."""

    def families(self) -> Mapping[str, Family]:
        """Those with a describe and a create operation."""
        return creating.creatable(learnt=True)

    def made(self, family: Family, environ: dict[str, str]) -> Command:
        """The command for a family."""
        return _Export(family, environ)

    def verb(self) -> str:
        """What is done."""
        return "Print the document that creates"

    def why_not(self, label: str) -> str:
        """Why a family cannot be exported."""
        return f"no operation creates what is called {label} by itself"


class _Export(Command):
    """``export`` for one family."""

    def __init__(self, family: Family, environ: dict[str, str]) -> None:
        self.family = family
        self.described = FamilySlice(family, environ)
        store = find_store(environ)
        self.creates: Slice = load(store, "operations", argument_name(family.operation("create") or ""))
        about = {row[0]: row[3] for row in store.options("operations", self.creates.name)}
        members = {f"{a.member}=": about.get(a.name, "") for a in self.creates.arguments if a.kind == "member"}
        names = Argument(
            ["names"], type=self.described.names, nargs=-1, metavar="NAME",
            about="A name or an ARN, or several. One may also be given as "
            f"<code>{self.described.name_option}</code>.",
        )  # fmt: skip
        super().__init__(
            describing.typed(family),
            params=[names, *_own(members), *self.described.options(), *global_options(("output", "query"))],
            callback=_export,
            help=_HELP,
        )


def _own(members: Mapping[str, str]) -> Iterator[click.Option]:
    yield click.Option(
        ["--set", "assigned"], multiple=True, metavar="PATH=VALUE", type=Described(members),
        help="Another value for a member: <code>ResourceConfig.InstanceCount=2</code>, "
        "<code>Tags[0].Value=x</code>, <code>HyperParameters[\"a.b\"]=c</code>. Lists and structures are JSON; "
        "<code>null</code> takes away what is no text. May be given several times.",
    )  # fmt: skip
    yield click.Option(
        ["--with-dependencies"], is_flag=True,
        help="Also what the resource needs, and what that needs: a file each, in the order in which they are created.",
    )  # fmt: skip
    yield click.Option(
        ["-d", "--directory"], metavar="DIR", type=FOLDER,
        help="Write a file for each resource into this folder, and print their names.",
    )  # fmt: skip
    yield click.Option(["--force"], is_flag=True, help="Replace files that are there.")
    yield click.Option(["--output", "form"], type=OneOfDescribed(_FORMS), default="yaml", help="The form of documents.")
    yield click.Option(
        ["--timeout"], metavar="DURATION",
        help="How long to bear it that the service is asked too often; an hour without it.",
    )  # fmt: skip


@click.pass_context
def _export(
    ctx: click.Context, /, names: tuple[str, ...], assigned: tuple[str, ...], with_dependencies: bool,
    directory: str | None, force: bool, form: str, timeout: str | None, **options: Any,
) -> None:  # fmt: skip
    """Print documents, or write them. Raises UsageError, PartlyFailedError and what a call raises."""
    console: Console = ctx.obj
    command = ctx.command
    assert isinstance(command, _Export)
    if with_dependencies and directory is None:
        raise wrong(ctx, "argument --with-dependencies: several documents need a folder: add -d DIR")
    if force and directory is None:
        raise wrong(ctx, "argument --force: nothing is replaced without -d DIR")
    if assigned and len(names) > 1:
        raise wrong(ctx, "argument --set: it is for one resource, and there are several names")
    assignments = [Assignment(text) for text in assigned]
    given = given_globals(console, options)
    stages = Stages(console.process, checked(console, given))
    limits = Limited({} if timeout is None else {"timeout": timeout})
    try:
        work = _Work(console, command, form, assignments)
        exporter = Exporter(stages, given, limits.timeout)
        for call in command.described.calls(ctx, names, options, given):
            parameters = stages.resolve(call)[0]
            if stages.checked.settings.validates:
                arguments.validate(parameters, call.slice.input_shape, call.slice.shapes)
            work.do(exporter, parameters, prints=directory is None)
        if directory is not None:
            work.write(directory, _whole(console, exporter, work.done, with_dependencies), force)
    finally:
        stages.close()
    work.conclude()


class _Work:
    """The resources of one command: those that are ``done``, and how each one ended."""

    def __init__(self, console: Console, command: _Export, form: str, assignments: Sequence[Assignment]) -> None:
        self.done: list[Exported] = []
        self._outcomes: list[tuple[str, AwsShadowError | None]] = []
        self._console = console
        self._command = command
        self._form = form
        self._assignments = assignments

    def do(self, exporter: Exporter, parameters: dict[str, Any], prints: bool) -> None:
        """Export one, and print it whole. Raises ConfigurationError and ParameterError; other errors are kept."""
        slice, label = self._command.creates, "/".join(map(str, parameters.values()))
        try:
            found = exporter.export(self._command.family, parameters, slice)
        except ConfigurationError:
            raise
        except AwsShadowError as error:
            self._outcomes.append((label, error))
            return
        assign(found.document, self._assignments, slice.input_shape or "", slice.shapes)
        self._outcomes.append((label, None))
        if prints:
            between = "---\n" if self.done and self._form == "yaml" else ""
            self._console.write(between + FORMS[self._form](found))
            self._console.flush()
        self.done.append(found)
        _warn(self._console, found)

    def write(self, folder: str, found: Sequence[Exported], force: bool) -> None:
        """Write a file for each of ``found``, and print their names. Raises ParameterError."""
        labels = [(describing.typed(exported.family), exported.name) for exported in found]
        files = dict(zip(file_names(labels, self._form), found, strict=True))
        write_all(folder, {name: FORMS[self._form](exported) for name, exported in files.items()}, force)
        paths = {os.path.join(folder, name): exported for name, exported in files.items()}
        self._console.write("".join(f"{path}\n" for path in paths))
        self._console.flush()
        if paths and self._console.streams.is_tty("stderr"):
            program = self._console.program
            lines = [
                f"  {program} {SERVICE} {of.slice.name} --cli-input-{self._form} {shlex.quote(f'file://{path}')}\n"
                for path, of in paths.items()
            ]
            self._console.say("".join(["In this order they create what they say:\n", *lines]))

    def conclude(self) -> None:
        """Raise the error of the one that failed, or PartlyFailedError."""
        if len(self._outcomes) == 1 and self._outcomes[0][1] is not None:
            raise self._outcomes[0][1]
        complain(self._outcomes)


def _whole(
    console: Console, exporter: Exporter, done: Sequence[Exported], with_dependencies: bool
) -> Sequence[Exported]:
    """What is written: ``done``, each after all that it needs if that was asked for."""
    if not with_dependencies:
        return done

    def missed(of: Exported, what: Needed, error: AwsShadowError) -> None:
        _say(console, of, f"it needs {what.label}, which cannot be exported: {error.message}")

    found = needed(exporter, done, missed)
    for exported in found:
        if exported not in done:
            _warn(console, exported)
        for what in exported.needs:
            if what.is_by_what_is_drawn:
                _say(
                    console, exported, f"it names {what.label} by what the service draws: a new one is called otherwise"
                )
    return found


def _warn(console: Console, exported: Exported) -> None:
    """Say what is not in a document and might be missed."""
    for member, error in exported.unread.items():
        _say(console, exported, f"{member} could not be read: {error.message}")
    for sentence in lacking(exported):
        _say(console, exported, f"{sentence}: add it before the document is used")


def _say(console: Console, exported: Exported, sentence: str) -> None:
    console.say(f"{printable(f'{exported.label}: {sentence}')}\n")


command = _Exports("export", help=_HELP)
