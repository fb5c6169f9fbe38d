"""``--regions`` and ``--profiles``: one reading command in many places, whose answers stand side by side.

The document says which answer is whose, and never pretends to be that of one region.
"""

from __future__ import annotations

from threading import Lock

from awsshadow import arguments
from awsshadow.call.threads import Threads
from awsshadow.errors import AwsShadowError, PartlyFailedError, ServiceError, UsageError
from awsshadow.fanout.asked import ALL, Limited, places
from awsshadow.fanout.describer import Describer, Plan, told
from awsshadow.fanout.engine import Engine
from awsshadow.fanout.hydrated import asked, say, say_vanished, undescribed
from awsshadow.fanout.pace import Clock, Paces
from awsshadow.fanout.tally import Tally
from awsshadow.invocation import Call
from awsshadow.model import find_store
from awsshadow.model.answer_shapes import ERROR, TEXT, AnswerShapes, listing, structure
from awsshadow.output.merge_pages import merge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from awsshadow.call import ConnectedOperation
    from awsshadow.fanout.asked import Place
    from awsshadow.invocation import Given
    from awsshadow.model import Slice
    from awsshadow.stages import Stages
    from awsshadow.streams import Streams

    Document = dict[str, Any]

#: Codes by which a region answers that the account has not opted in to.
NOT_ENABLED = frozenset(("InvalidClientTokenId", "OptInRequired", "UnrecognizedClientException"))


class Answer:
    """What a place answered: ``result`` or ``error``; ``region`` is where it was asked, None if that is not known."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.region = place.region
        self.operation: ConnectedOperation | None = None
        self.result: Any = None
        self.error: AwsShadowError | None = None

    @property
    def label(self) -> str:
        """What the place is called in a message."""
        return "/".join(word for word in (self.place.profile, self.region) if word) or "the region"


class Clients:
    """A client a place, made one after another: what makes them is not for several threads."""

    def __init__(self, stages: Stages, lineage: tuple[str, ...], slice: Slice, jobs: int) -> None:
        self._stages = stages
        self._lineage = lineage
        self._slice = slice
        self._threads = Threads(jobs)
        self._lock = Lock()
        self._transport = stages.transport()

    @property
    def worth(self) -> float:
        """How many seconds a second of waiting is."""
        return 1.0 if self._transport is None else self._transport.pace

    def client(self, place: Place) -> ConnectedOperation:
        """The first operation of the slice in ``place``. Raises what connecting raises."""
        command = Call(place.globals, self._lineage, self._slice)
        with self._lock:
            return self._stages.connect(command, self._transport, place.settings, self._threads)


def call(stages: Stages, given: Call) -> None:
    """Print the answers. Raises PartlyFailedError where places failed, UsageError, what parameters raise."""
    limits, store = Limited(given.extra), find_store(stages.process.environ)
    for other in ("exists", "wait", "delay"):
        if other in given.extra:
            raise UsageError(f"argument --{other}: it cannot be used together with --regions or --profiles")
    for token in ("starting-token", "next-token"):
        if token in given.given:
            raise UsageError(f"argument --{token}: a token is that of one place, and there may be several")
    plan = Plan(given.slice, asked(given.extra), store) if "hydrate" in given.extra else None
    found = asked_places(given.extra, stages, store.data())
    parameters, paginate = stages.resolve(given)
    request = {k: v for k, v in parameters.items() if not paginate or k != "PaginationConfig"}
    if stages.checked.settings.validates:
        arguments.validate(request, given.slice.input_shape, given.slice.shapes)
    printer = stages.printer(_answer(given.slice if plan is None else plan.answer))
    clients = Clients(stages, given.lineage, given.slice if plan is None else plan.slice, limits.jobs)
    clock = Clock(clients.worth)
    paces = Paces(clock, limits.timeout)
    wanted = parameters if plan is None or not paginate else plan.paged(parameters)

    noun = "place" if "profiles" in given.extra else "region"

    def ask(answer: Answer) -> Answer:
        try:
            operation = answer.operation = clients.client(answer.place)
            answer.region = operation.region
            key = answer.place.key
            if paginate:
                pages = operation.pages(wanted, lambda page: paces.call(operation, page, key))
                answer.result = merge(pages, pages)
            else:
                answer.result = paces.call(operation, wanted, key)
        except AwsShadowError as error:
            answer.error = error
        tally.did(noun)
        return answer

    tally = Tally(given.slice.operation, paces).on(stages.process.streams, stages.checked.settings)
    tally.expect(noun, len(found))
    with Engine(limits.jobs, clock) as engine, tally:
        answers = list(engine.map(ask, [Answer(place) for place in found]))
        vanished, failed = (0, 0) if plan is None else _hydrate(answers, plan, request, tally, engine)
    answers = without_disabled(answers, given.extra.get("regions"), stages.process.streams)
    with printer:
        printer.document(given.slice.operation, {"Results": [_shown(answer) for answer in answers]})
    say_vanished(stages.process.streams, vanished)
    complain([(answer.label, answer.error) for answer in answers], failed)


def asked_places(extra: Mapping[str, Given], stages: Stages, data: Mapping[str, Any]) -> list[Place]:
    """The places that the options say; see ``asked.places``."""
    regions, profiles = (None if extra.get(name) is None else str(extra[name]) for name in ("regions", "profiles"))
    return places(regions, profiles, stages.checked.settings, stages.process.environ, data)


def _hydrate(answers: Sequence[Answer], plan: Plan, request: Document, tally: Tally, engine: Engine) -> tuple[int, int]:
    """Make the items of all places whole, all of them at once; how many had vanished, and how many failed."""
    work: list[tuple[Answer, Callable[[Document], tuple[Document, str]], Document]] = []
    describers: dict[int, Describer] = {}
    for answer in answers:
        if answer.operation is not None and isinstance((answer.result or {}).get(plan.items), list):
            describer = Describer(plan, answer.operation, request, tally.paces, tally, answer.place.key)
            describer.expect(len(answer.result[plan.items]))
            describers[id(answer)] = describer
            work += [(answer, describer.item, item) for item in answer.result[plan.items]]
    made: dict[int, list[tuple[Document, str]]] = {at: [] for at in describers}

    def whole(task: tuple[Answer, Callable[[Document], tuple[Document, str]], Document]) -> tuple[Document, str] | None:
        answer, item, listed = task
        if answer.error is not None:
            return None
        try:
            return item(listed)
        except AwsShadowError as error:
            answer.error = error
            return None

    for (answer, _, _), outcome in zip(work, engine.map(whole, work), strict=True):
        if outcome is not None:
            made[id(answer)].append(outcome)
    for answer in answers:
        if id(answer) in describers and answer.error is None:
            answer.result = {**answer.result, plan.items: describers[id(answer)].count(made[id(answer)])}
    return sum(d.vanished for d in describers.values()), sum(d.failed for d in describers.values())


def _answer(one: Slice | AnswerShapes) -> AnswerShapes:
    """The types of the document whose answers are ``one`` each."""
    place = structure(Region=TEXT, Profile=TEXT, Result=one.output_shape or TEXT, Error=ERROR)
    return listing("Results", place, one.all_shapes())


def _shown(answer: Answer) -> Document:
    held = {"Result": answer.result} if answer.error is None else {"Error": told(answer.error)}
    return {"Region": answer.region, "Profile": answer.place.profile, **held}


def without_disabled(answers: Sequence[Answer], regions: Given | None, streams: Streams) -> list[Answer]:
    """Without the regions that the account has not opted in to, where all were asked for; they are said.

    Where every region of a profile answers like that it is the credentials.
    """
    if regions != ALL:
        return list(answers)
    bad = {answer.place.profile for answer in answers} - {a.place.profile for a in answers if not _is_disabled(a)}
    skipped = [a for a in answers if _is_disabled(a) and a.place.profile not in bad]
    if skipped:
        names = ", ".join(answer.label for answer in skipped)
        are = "region is" if len(skipped) == 1 else "regions are"
        say(streams, f"{len(skipped)} {are} not enabled for the account and skipped: {names}")
    return [answer for answer in answers if answer not in skipped]


def _is_disabled(answer: Answer) -> bool:
    return isinstance(answer.error, ServiceError) and answer.error.fields.get("Code") in NOT_ENABLED


def complain(outcomes: Sequence[tuple[str, AwsShadowError | None]], undescribed_items: int = 0) -> None:
    """Raise PartlyFailedError if any of ``outcomes`` (what was asked, its error) failed: a line about each.

    Its exit code is 4; where all failed, that which all errors have, or 254.
    """
    failed = [(label, error) for label, error in outcomes if error is not None]
    lines = [f"{label}: {error.message}" for label, error in failed]
    if undescribed_items:
        lines.append(undescribed(undescribed_items))
    if not lines:
        return
    codes = {error.exit_code for _, error in failed}
    code = PartlyFailedError.exit_code
    if len(failed) == len(outcomes):
        code = codes.pop() if len(codes) == 1 else ServiceError.exit_code
    if failed:
        lines.insert(0, f"{len(failed)} of {len(outcomes)} failed")
    raise PartlyFailedError("\n".join(lines), code)
