"""The stages of what is about one resource and its status: waiting for it, asking whether it exists.

Each asks by the describe operation of the resource's family. What is looked for is in ``waiting.goals``, how often
and how long in ``waiting.rounds``; here the looks are made, and what came of them is said.
"""

from __future__ import annotations

import json

from awsshadow import arguments
from awsshadow.call.throttling import THROTTLES
from awsshadow.errors import AwsShadowError, EndedElsewhereError, ServiceError, TimedOutError, UsageError
from awsshadow.invocation import Call
from awsshadow.model import find_store, load
from awsshadow.model.families import describing, log_groups
from awsshadow.model.families.outcomes import outcome
from awsshadow.model.reading import only_reading, reads
from awsshadow.names import READ_ONLY_VARIABLE, SERVICE, argument_name
from awsshadow.waiting import lines
from awsshadow.waiting.durations import words
from awsshadow.waiting.goals import ELSEWHERE, GO_ON, MISSING, REACHED, Changed, Created, Deleted, Look
from awsshadow.waiting.limits import NAMES, USUAL_TIMEOUT, Limits
from awsshadow.waiting.progress import Progress, States
from awsshadow.waiting.rounds import GaveUp, Rounds
from awsshadow.waiting.status_line import drawer, limit_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from awsshadow.call import ConnectedOperation
    from awsshadow.invocation import Globals
    from awsshadow.model import Slice
    from awsshadow.model.families import Family
    from awsshadow.stages import Stages
    from awsshadow.waiting.goals import Goal
    from awsshadow.waiting.status_line import Drawer

    Document = dict[str, Any]
    #: Looks at resources until they are as they should be, as ``watch`` does.
    Watching = Callable[[Sequence["Resource"], Stages, Limits], None]


def check_read_only(slice: Slice, environ: Mapping[str, str]) -> None:
    """Raise UsageError for an operation that does not only read, if the environment allows no other."""
    if only_reading(environ) and not reads(slice.operation):
        raise UsageError(f"{slice.name} does not only read, and {READ_ONLY_VARIABLE} is set: nothing was sent")


def exists(stages: Stages, given: Call) -> bool:
    """Whether there is the resource that a describe operation asks for. Raises whatever else went wrong."""
    parameters, _ = stages.resolve(given)
    parameters.pop("PaginationConfig", None)
    operation = stages.connect(given, stages.transport())
    check_whole(given.slice, parameters)
    try:
        operation.call(parameters)
    except ServiceError as error:
        if error.fields.get("Code") in describing.missing_types(given.slice.operation):
            return False
        raise
    return True


def check_whole(slice: Slice, parameters: Document) -> None:
    """Hold parameters against all that the model says.

    The service has one type of error for a name that nothing has and for one that nothing can have, so that the
    second is kept from it. Raises ParameterError.
    """
    from awsshadow.call.request_body import request_body

    arguments.validate(parameters, slice.input_shape, slice.shapes)
    arguments.check_constraints(json.loads(request_body(slice, parameters)), slice.input_shape, slice.shapes)


def call_and_wait(stages: Stages, given: Call, watching: Watching | None = None) -> None:
    """Make a call, print its answer, and wait until what it changes has come to rest; ``watching`` is how."""
    found, limits = _awaited(given)
    family, role = found
    slice = given.slice
    parameters, _ = stages.resolve(given)
    operation = stages.connect(given, stages.transport())
    stages.judge(slice, parameters)
    asking = Asking(stages, family, given.globals)
    before = _before(asking, role, parameters)
    answer = operation.call(parameters)
    described = given.extra["wait"] == "describe"
    if not described:
        with stages.printer() as printer:
            printer.document(slice.operation, answer)
        if stages.process.streams.stdout is not None:
            stages.process.streams.stdout.flush()
    goal: Goal
    if role == "delete":
        goal = Deleted(family, describing.status(family, before) if before else "")
    elif role == "create" or not asking.identifies(parameters):
        goal = Created(family)
    else:
        goal = Changed(family, role, before, parameters)
    try:
        resource = Resource(asking, asking.parameters(parameters, answer), goal)
    except KeyError as error:
        raise AwsShadowError(f"Cannot wait: the answer does not have {error}, which says what was made") from None
    try:
        (watching or watch)([resource], stages, limits)
    finally:
        if described:
            resource.print_description()


def _awaited(given: Call) -> tuple[tuple[Family, str], Limits]:
    """The family whose resource is waited for and the role of the operation, and for how long. Raises UsageError."""
    if "wait" not in given.extra:
        name = next(name for name in NAMES if name in given.extra)
        raise UsageError(f"argument --{name}: it is for a command that waits; add --wait")
    found = describing.changed_by(given.slice.operation)
    if found is None:
        raise UsageError(f"argument --wait: {given.slice.name} is done when it answers, there is nothing to wait for")
    return found, Limits.given(given.extra)


def _before(asking: Asking, role: str, parameters: Document) -> Document | None:
    """The description before a change, None where there is none, or none to be had: the change itself says why.

    Where something is stopped, no status of before could be taken for the one it is to come to.
    """
    if role in ("create", "stop") or not asking.identifies(parameters):
        return None
    try:
        return asking.ask(asking.parameters(parameters))
    except ServiceError:
        return None


class Asking:
    """The describe operation of a family, behind a client."""

    def __init__(self, stages: Stages, family: Family, options: Globals) -> None:
        self.stages = stages
        self.family = family
        name = argument_name(describing.describe(family))
        store = find_store(stages.process.environ)
        self.slice = load(store, "operations", name)
        self._options = options
        self._operation: ConnectedOperation | None = None
        shape = self.slice.shapes[self.slice.input_shape or ""]
        self._accepts: Document = shape["members"]
        self.required = [member for member in self._accepts if member in shape.get("required", ())]
        self.missing = describing.missing_types(self.slice.operation)

    @property
    def operation(self) -> ConnectedOperation:
        """The operation, connected when it is needed."""
        if self._operation is None:
            call = Call(self._options, (SERVICE, self.slice.name), self.slice)
            self._operation = self.stages.connect(call, self.stages.transport())
        return self._operation

    def ask(self, parameters: Document) -> Document:
        """The description. Raises ServiceError and what else a call raises."""
        return self.operation.call(parameters)

    def identifies(self, known: Document) -> bool:
        """Whether ``known`` members say which resource is meant."""
        try:
            return bool(self.parameters(known))
        except KeyError:
            return False

    def parameters(self, *known: Document) -> Document:
        """The parameters that ask for the resource of which these members are known. Raises KeyError."""
        found = describing.identified(self.family, self._accepts, self.required, *known)
        for member, value in found.items():
            kind = self.slice.shapes[self._accepts[member]["shape"]]["type"]
            if kind in ("integer", "long") and str(value).isdigit():
                found[member] = int(value)
        return found


class Resource:
    """A resource that is waited for: ``parameters`` ask for it, ``goal`` judges what is seen."""

    def __init__(self, asking: Asking, parameters: Document, goal: Goal) -> None:
        self.family = asking.family
        self.goal = goal
        #: The last description seen.
        self.document: Document | None = None
        self.state = ""
        self.verdict = GO_ON
        self.asking = asking
        self.parameters = parameters
        name = str(parameters[describing.name_member(self.family, asking.required)])
        # Of an ARN what stands behind the account and the type.
        name = name.split(":", 5)[-1].partition("/")[2] if name.startswith("arn:") else name
        #: The states it was seen in.
        self.states = States(describing.typed(self.family).replace("-", " "), name)
        self.label = self.states.label

    @property
    def is_reached(self) -> bool:
        """Whether it is as it should be."""
        return self.verdict == REACHED

    def look(self, elapsed: float) -> None:
        """Ask once and judge; a service that is asked too often has not been asked. Raises what a call raises."""
        try:
            document: Document | None = self.asking.ask(self.parameters)
        except ServiceError as error:
            code = error.fields.get("Code")
            if code in THROTTLES:
                return
            if code not in self.asking.missing:
                raise
            document = None
            self.verdict = self.goal.judge(Look(self.family, None, elapsed))
            if self.verdict == MISSING:
                raise
        else:
            look = Look(self.family, document, elapsed)
            self.state = look.state
            self.verdict = self.goal.judge(look)
        self.document = document or self.document
        if document is None:
            self.state = "deleted" if self.verdict == REACHED else "not found"
        self.states.see(self.state, outcome(self.family, self.state), elapsed)

    def print_description(self) -> None:
        """Print what was seen last, if anything was."""
        if self.document is not None:
            with self.asking.stages.printer() as printer:
                printer.document(self.asking.slice.operation, self.document)

    def ending(self) -> str:
        """How it ended otherwise than it should have: status, reason and log, in one line."""
        document = self.document or {}
        reason = self.goal.why or " ".join(describing.reason(document).split())
        log = log_groups.group(self.family, document)
        return f"{self.label} is {self.state}" + (f": {reason}" if reason else "") + (f" (log group {log})" * bool(log))


def watch_named(
    resources: Sequence[Resource], stages: Stages, limits: Limits, one_is_enough: bool, is_about_being_there: bool
) -> None:
    """Wait for resources that were named by a user, and print their descriptions if a format or query was given.

    ``is_about_being_there``: that there is no such resource is an answer; see ``check_whole``.

    Raises what ``watch`` and a call raise.
    """
    asking, options = resources[0].asking, stages.checked.settings.globals
    for resource in resources:
        if is_about_being_there:
            check_whole(asking.slice, resource.parameters)
        elif stages.checked.settings.validates:
            arguments.validate(resource.parameters, asking.slice.input_shape, asking.slice.shapes)
    try:
        watch(resources, stages, limits, one_is_enough)
    finally:
        if options.output is not None or options.query is not None:
            for resource in resources:
                if resource.is_reached or not one_is_enough:
                    resource.print_description()


def watch(resources: Sequence[Resource], stages: Stages, limits: Limits, one_is_enough: bool = False) -> None:
    """Look at ``resources`` until each of them, or one of them, is as it should be.

    Raises EndedElsewhereError, TimedOutError, and what a call raises.
    """
    timeout = USUAL_TIMEOUT if limits.timeout is None else limits.timeout
    rounds = Rounds(limits.delays(), timeout, limits.most, resources[0].asking.operation.worth)
    limit = limit_in_words(timeout, limits.most, limits.delay)
    progress = Progress([resource.states for resource in resources], rounds, limit)
    shown, pending = drawer(stages.process.streams, stages.checked.settings), list(resources)
    try:
        shown.begin(progress)
        _look_until_done(pending, rounds, progress, shown, one_is_enough)
        conclude(resources, one_is_enough)
    except GaveUp as gave_up:
        after = words(timeout if gave_up.of_time else rounds.elapsed)
        endings = [r.ending() for r in resources if r.verdict == ELSEWHERE]
        endings += [f"{r.label} is still {r.state or 'not seen'} after {after}; {lines.GOES_ON}" for r in pending]
        raise TimedOutError("\n".join(endings)) from None
    except KeyboardInterrupt:
        for resource in pending:
            shown.say(lines.interrupted(resource.label, resource.state))
        raise
    finally:
        shown.close()
        for warning in dict.fromkeys(f"{r.label}: {r.goal.warning}" for r in resources if r.goal.warning):
            shown.say(warning)


def _look_until_done(
    pending: list[Resource], rounds: Rounds, progress: Progress, shown: Drawer, one_is_enough: bool
) -> None:
    """Look at all that are ``pending``, round after round; those that are done are taken out of it. Raises GaveUp."""
    while True:
        rounds.begin()
        shown.asks()
        for resource in list(pending):
            resource.look(rounds.elapsed)
            if resource.verdict != GO_ON:
                pending.remove(resource)
                progress.pending.remove(resource.states)
            if resource.is_reached:
                shown.reached(resource.states, rounds.elapsed)
            if resource.is_reached and one_is_enough:
                return
        if not pending:
            return
        shown.rests()
        rounds.pause()


def conclude(resources: Sequence[Resource], one_is_enough: bool) -> None:
    """Raise EndedElsewhereError unless all ended as they should, or one did where that is enough."""
    elsewhere = [resource for resource in resources if resource.verdict == ELSEWHERE]
    if elsewhere and not (one_is_enough and any(resource.is_reached for resource in resources)):
        raise EndedElsewhereError("\n".join(resource.ending() for resource in elsewhere))
