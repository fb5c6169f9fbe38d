"""``awsshadow running``: what runs, and so costs, in one region or in many."""

from __future__ import annotations

import time

import click

from awsshadow.commands.tree.columns import columns, draw
from awsshadow.commands.tree.groups import Command
from awsshadow.commands.tree.service_options import checked, given_globals, global_options
from awsshadow.commands.tree.values import PROFILES, REGIONS, Count, Listed
from awsshadow.errors import ParameterError
from awsshadow.fanout.asked import ALL, Limited, places
from awsshadow.fanout.engine import MOST_JOBS, USUAL_JOBS, Engine
from awsshadow.fanout.everywhere import Clients
from awsshadow.fanout.inventory import Inventory, answer_shapes, complaint, joined, moment, older, skipped
from awsshadow.fanout.kinds import KINDS
from awsshadow.fanout.pace import Clock, Paces
from awsshadow.fanout.tally import Tally
from awsshadow.model import find_store
from awsshadow.names import SERVICE
from awsshadow.stages import Stages
from awsshadow.waiting.durations import seconds, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from awsshadow.commands.tree.console import Console
    from awsshadow.fanout.inventory import Answer
    from awsshadow.fanout.kinds import Kind

_HELP = f"""<p>Shows what runs and so costs while it is there: kind, name, status, machines, and since when.
It looks at {", ".join(f"<code>{name}</code>" for name in KINDS)}. Nothing is said about prices.</p>
<p>Without <code>--output</code> it is a table of plain text, on a terminal fitted to its width.
<code>Since</code> is when a resource was made, of a warm pool when its job ended. Feature groups are
shown if they have an online store, failed endpoints and clusters if they still hold machines.</p>
<p>The exit code is 0; with <code>--exit-code</code> 1 if anything is shown; 4 when something could not be looked at,
which is said on standard error, and 254 when nothing could. A region that the account has not opted in to is left out
of <code>--regions all</code> and counted.</p>"""
_TITLES = {"Kind": "KIND", "Name": "NAME", "Status": "STATUS", "Instances": "INSTANCES", "Since": "SINCE"}


def _parameters() -> list[click.Parameter]:
    return [
        click.Option(
            ["--regions"], type=REGIONS, metavar="REGIONS",
            help="Look in these regions, commas between them, or in <code>all</code> of the partition.",
        ),
        click.Option(
            ["--profiles"], type=PROFILES, metavar="PROFILES", help="Look with these profiles, commas between them."
        ),
        click.Option(
            ["--kinds"], type=Listed({name: kind.about for name, kind in KINDS.items()}), metavar="KINDS",
            help="Look at these kinds alone, commas between them.",
        ),
        click.Option(
            ["--older-than"], metavar="DURATION",
            help="Show only what has been there for longer: <code>12h</code>, <code>7d</code>, or seconds.",
        ),
        click.Option(["--exit-code"], is_flag=True, help="End with 1 if anything is shown: for a nightly job."),
        click.Option(
            ["--jobs"], type=Count(MOST_JOBS), metavar="NUMBER",
            help=f"How many calls may be on their way at once; {USUAL_JOBS} without it.",
        ),
        click.Option(
            ["--timeout"], metavar="DURATION",
            help="How long to bear it that the service is asked too often; an hour without it.",
        ),
        *global_options(),
    ]  # fmt: skip


@click.pass_obj
def _run(
    console: Console, /, regions: str | None, profiles: str | None, kinds: str | None, older_than: str | None,
    exit_code: bool, jobs: int | None, timeout: str | None, **options: Any,
) -> int:  # fmt: skip
    """Show what runs. Raises PartlyFailedError, UsageError and what a call raises."""
    given = given_globals(console, options)
    stages = Stages(console.process, checked(console, given))
    typed = {"jobs": jobs, "timeout": timeout}
    limits = Limited({name: value for name, value in typed.items() if value is not None})
    age = None if older_than is None else _duration(older_than)
    wanted = _kinds(kinds)
    store = find_store(console.environ)
    found = places(regions, profiles, stages.checked.settings, console.environ, store.data())
    try:
        slice = joined(wanted, store)
        clients = Clients(stages, (SERVICE, "running"), slice, limits.jobs)
        clock = Clock(clients.worth)
        paces = Paces(clock, limits.timeout)
        is_table = given.output in (None, "table") and given.query is None
        without = {name for name, value in (("Region", regions), ("Profile", profiles)) if value is None}
        printer = None if is_table else stages.printer(answer_shapes(without))
        tally = Tally("running", paces).on(console.streams, stages.checked.settings)
        with Engine(limits.jobs, clock) as engine, tally:
            answers = Inventory(wanted, slice, clients, paces, tally).take(found, engine)
        answers = _enabled(console, answers, regions)
        now = time.time()
        rows = [f.row() for a in answers for f in a.found if age is None or older(f, age, now)]
        rows = [{key: value for key, value in row.items() if key not in without} for row in rows]
        if printer is None:
            _table(console, rows)
        else:
            with printer:
                printer.document("Running", {"Running": rows})
    finally:
        stages.close()
    console.flush()
    error = complaint(answers)
    if error is not None:
        raise error
    return 1 if rows and exit_code else 0


def _kinds(text: str | None) -> list[Kind]:
    """The kinds that were asked for. Raises ParameterError."""
    names = list(KINDS) if text is None else [word.strip() for word in text.split(",")]
    for name in names:
        if name not in KINDS:
            raise ParameterError(f"argument --kinds: invalid choice: '{name}' (choose from {', '.join(KINDS)})")
    return [KINDS[name] for name in dict.fromkeys(names)]


def _duration(text: str) -> float:
    try:
        return seconds(text)
    except ValueError as error:
        raise ParameterError(f"argument --older-than: {error}") from None


def _enabled(console: Console, answers: Sequence[Answer], regions: str | None) -> list[Answer]:
    """Without what was skipped, which is said, where all regions were asked for."""
    gone = skipped(answers) if regions == ALL else []
    names = list(dict.fromkeys("/".join(w for w in (a.place.profile, a.region) if w) for a in gone))
    if names:
        are = "region is" if len(names) == 1 else "regions are"
        console.say(f"{len(names)} {are} not enabled for the account and skipped: {', '.join(names)}\n")
    return [answer for answer in answers if answer not in gone]


def _table(console: Console, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        if console.streams.is_tty("stderr"):
            console.say("Nothing runs.\n")
        return
    titles = [_TITLES.get(key, key.upper()) for key in rows[0]]
    cells = [[_text(key, value) for key, value in row.items()] for row in rows]
    if console.look().is_terminal:
        draw(console, titles, cells)
    else:
        console.write(columns([titles, *cells]))


def _text(key: str, value: Any) -> str:
    """A cell of the table. Times are those of the listing to the minute, with how long ago that is."""
    if key == "Instances":
        return ", ".join(f"{machine['Type']} x {machine['Count']}" for machine in value) or "-"
    if key == "Since":
        then = moment(value)
        return "-" if then is None else f"{time.strftime('%Y-%m-%d %H:%M', time.localtime(then))} ({_age(then)})"
    return str(value or "-")


def _age(then: float) -> str:
    return words(max(0.0, time.time() - then))


command = Command("running", params=_parameters(), callback=_run, help=_HELP)
