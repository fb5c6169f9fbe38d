"""``--hydrate``: a listing is printed with the descriptions and tags of its items."""

from __future__ import annotations

from awsshadow import arguments
from awsshadow.call.threads import Threads
from awsshadow.errors import PartlyFailedError, UsageError
from awsshadow.fanout.asked import Limited
from awsshadow.fanout.describer import Describer, HydratedPages, Plan
from awsshadow.fanout.engine import Engine
from awsshadow.fanout.pace import Clock, Paces
from awsshadow.fanout.tally import Tally
from awsshadow.invocation import Call
from awsshadow.model import find_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from awsshadow.invocation import Given
    from awsshadow.stages import Stages
    from awsshadow.streams import Streams


def call(stages: Stages, given: Call) -> None:
    """Print the listing. Raises PartlyFailedError if items could not be described, UsageError, what a call raises."""
    if "hydrate" not in given.extra:
        name = next(iter(given.extra))
        raise UsageError(f"argument --{name}: it is for many calls; add --hydrate, --regions or --profiles")
    limits = Limited(given.extra)
    plan = Plan(given.slice, asked(given.extra), find_store(stages.process.environ))
    parameters, paginate = stages.resolve(given)
    command = Call(given.globals, given.lineage, plan.slice, given.given)
    listed = stages.connect(command, stages.transport(), threads=Threads(limits.jobs))
    printer = stages.printer(plan.answer)
    request = {k: v for k, v in parameters.items() if not paginate or k != "PaginationConfig"}
    if stages.checked.settings.validates:
        arguments.validate(request, given.slice.input_shape, given.slice.shapes)
    clock = Clock(listed.worth)
    paces = Paces(clock, limits.timeout)
    tally = Tally(given.slice.operation, paces)
    tally.on(stages.process.streams, stages.checked.settings, paginate and printer.prints_as_it_reads)
    describer = Describer(plan, listed, request, paces, tally)
    with printer, Engine(limits.jobs, clock) as engine, tally:
        if paginate:
            pages = listed.pages(plan.paged(parameters), lambda page: paces.call(listed, page))
            whole = HydratedPages(pages, lambda page, more: describer.document(page, engine, more), tally.stop)
            printer.pages(given.slice.operation, whole)
        else:
            answer = describer.document(paces.call(listed, parameters), engine)
            tally.stop()
            printer.document(given.slice.operation, answer)
    say_vanished(stages.process.streams, describer.vanished)
    if describer.failed:
        raise PartlyFailedError(undescribed(describer.failed))


def asked(extra: Mapping[str, Given]) -> str:
    """What ``--hydrate`` asks for: ``describe``, ``tags`` or ``all``."""
    what = extra["hydrate"]
    return what if isinstance(what, str) and what else "describe"


def undescribed(count: int) -> str:
    """What is said of items that could not be described."""
    return f"{count} item{'s' * (count != 1)} could not be described: see the member Error of each"


def say_vanished(streams: Streams, count: int) -> None:
    """Say on standard error how many items were gone when they were asked about, if any were."""
    if count:
        were = "item was" if count == 1 else "items were"
        say(streams, f"{count} {were} deleted between the listing and the description")


def say(streams: Streams, sentence: str) -> None:
    """Say something on standard error, if there is one."""
    if streams.stderr is not None:
        streams.stderr.write(f"{sentence}\n")
