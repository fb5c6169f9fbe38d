"""Failures on request, from one small JSON document kept with the sandbox.

::

    {"fail":     [{"family": "Endpoint", "name": "demo*", "status": "Failed", "reason": "..."},
                  {"on": "update", "name": "demo*", "times": 1},
                  {"on": "delete", "family": "Domain", "reason": "..."}],
     "throttle": [{"operation": "Describe*", "times": 3}],
     "quota":    [{"operation": "CreateEndpoint", "limit": 2},
                  {"instance": "ml.m4.xlarge", "usage": "endpoint", "limit": 0}],
     "late":     [{"operation": "CreateEndpoint", "seconds": 5, "times": 1}],
     "cut":      [{"operation": "ListEndpoints", "times": 1}],
     "invoke":   [{"endpoint": "demo*", "variant": "*", "body": {"score": 0.7}, "type": "application/json",
                   "seconds": 0.2, "times": 1},
                  {"error": "ModelError", "status": 500, "body": "out of memory"}]}

Names are patterns as of a shell; ``*`` when left out. ``times`` counts down and is for ever when
left out. ``late`` and ``cut`` are carried out by whoever carries the answer. ``invoke`` is what endpoints
answer when they are invoked: the first rule that fits.
"""

from __future__ import annotations

from copy import deepcopy
from fnmatch import fnmatchcase

from awsshadow.errors import ParameterError
from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import LIMIT, Refusal
from awsshadow.sandbox.state.damage import DamagedError
from awsshadow.sandbox.state.database import MENDED, get_note
from awsshadow.sandbox.state.plans import is_json, is_number, is_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection
    from typing import Any, TypedDict

    from awsshadow.model.families import Family
    from awsshadow.sandbox.engine.request import Request
    from awsshadow.sandbox.state.resources import Resources

    class Rule(TypedDict, total=False):
        """One rule; which members it has depends on the kind of fault, see ``KINDS``."""

        family: str
        name: str
        on: str
        status: Any
        reason: str
        operation: str
        instance: str
        usage: str
        limit: int
        seconds: float
        times: int
        endpoint: str
        variant: str
        body: Any
        type: str
        error: str

    #: Kind of fault -> its rules.
    Document = dict[str, list[Rule]]

#: Kind of fault -> the members that its rules may have.
KINDS = {
    "fail": ("family", "name", "on", "status", "reason", "times"),
    "throttle": ("operation", "times"),
    "quota": ("operation", "instance", "usage", "limit"),
    "late": ("operation", "seconds", "times"),
    "cut": ("operation", "times"),
    "invoke": ("endpoint", "variant", "body", "type", "seconds", "error", "status", "times"),
}
#: What ``fail`` may be about; without ``on`` it is the first.
FAILING = ("create", "update", "delete")
#: Members that are numbers -> the largest; all others are texts. No answer is later than an hour.
LARGEST = {"times": 1_000_000_000, "limit": 1_000_000_000, "seconds": 3600}
#: What fails -> the state that it leaves; of an update see ``_after_update``.
_FAILED = {"create": "failed", "delete": "delete_failed"}
REASON = "The sandbox was asked to make this fail."
_COUNTS = ("InstanceCount", "InitialInstanceCount", "CurrentInstanceCount")


def checked(document: Any) -> Document:
    """The document when it is one. Raises ParameterError that says what is wrong with it."""
    if not isinstance(document, dict):
        raise ParameterError("faults must be a JSON object")
    for kind, rules in document.items():
        if kind not in KINDS:
            raise ParameterError(f"unknown fault {kind!r}; known are {', '.join(KINDS)}")
        if not isinstance(rules, list):
            raise ParameterError(f"fault {kind!r} must be a list of rules")
        for rule in rules:
            _check_rule(kind, rule)
    return document


def _check_rule(kind: str, rule: Any) -> None:
    known = KINDS[kind]
    wrong = [m for m in rule if m not in known] if isinstance(rule, dict) else [rule]
    if wrong:
        raise ParameterError(f"fault {kind!r}: cannot read {wrong[0]!r:.60}; a rule may have {', '.join(known)}")
    for member, value in rule.items():
        _check_member(kind, member, value)
    if rule.get("on", FAILING[0]) not in FAILING:
        raise ParameterError(f"fault {kind!r}: 'on' must be {', '.join(FAILING[:-1])} or {FAILING[-1]}")
    needed = {"late": "seconds", "quota": "limit"}.get(kind)
    if needed and needed not in rule:
        raise ParameterError(f"fault {kind!r}: a rule needs {needed!r}")


def _check_member(kind: str, member: str, value: Any) -> None:
    if kind == "invoke" and member == "body":
        if not is_json(value):
            raise ParameterError(f"fault {kind!r}: {member!r} must be what JSON can hold")
    elif kind == "invoke" and member == "status":
        if isinstance(value, bool) or not isinstance(value, int) or not 400 <= value <= 599:
            raise ParameterError(f"fault {kind!r}: {member!r} must be a whole number from 400 to 599")
    elif member in LARGEST and not _is_amount(member, value):
        what = "a number" if member == "seconds" else "a whole number"
        raise ParameterError(f"fault {kind!r}: {member!r} must be {what} from 0 to {LARGEST[member]}")
    elif member not in LARGEST and not is_text(value):
        raise ParameterError(f"fault {kind!r}: {member!r} must be text")


def _is_amount(member: str, value: Any) -> bool:
    whole = isinstance(value, int) or member == "seconds"
    return whole and is_number(value) and value <= LARGEST[member]


def kept_faults(connection: Connection) -> Document | None:
    """The faults that a sandbox keeps, None when there are none. Raises DamagedError."""
    document = get_note(connection, "", "faults", "")
    try:
        return None if document is None else checked(document)
    except ParameterError as error:
        raise DamagedError(f"the faults of the sandbox are damaged: {error.message}; {MENDED['faults']}") from error


class Faults:
    """The rules in force. ``before`` is the document as it was read; it differs once a count went down."""

    def __init__(self, document: Document | None) -> None:
        self.before = document
        self.document: Document = deepcopy(document or {})

    @property
    def changed(self) -> bool:
        """Whether a count went down and has to be stored."""
        return self.before is not None and self.document != self.before

    def throttle(self, operation: str) -> None:
        """Raise Refusal when the operation is to be throttled."""
        if self._use("throttle", operation) is not None:
            raise Refusal("ThrottlingException", "Rate exceeded")

    def late(self, operation: str) -> float:
        """Seconds by which the answer is to be late."""
        rule = self._use("late", operation)
        return float(rule["seconds"]) if rule is not None else 0.0

    def cut(self, operation: str) -> bool:
        """Whether the connection is to end in the middle of the answer."""
        return self._use("cut", operation) is not None

    def invocation(self, endpoint: str, variant: str) -> Rule | None:
        """What an endpoint is to answer when a variant of it is invoked, None when nothing is said."""
        for rule in self.document.get("invoke", ()):
            fits = fnmatchcase(endpoint, rule.get("endpoint", "*")) and fnmatchcase(variant, rule.get("variant", "*"))
            if fits and rule.get("times", 1) > 0:
                if "times" in rule:
                    rule["times"] -= 1
                return rule
        return None

    def failure(
        self, family: Family, name: str, role: str = "create", usual: str | None = None
    ) -> tuple[str, str] | None:
        """The status and reason with which a creation, an update or a deletion is to fail, None when it is not.

        ``usual`` is the status when the rule names none and the family has none for it. It is empty for an update
        that is rolled back: the resource goes back to the one it had.
        """
        known = _after_update(family) if role == "update" else family.states.get(_FAILED[role])
        usual = usual if known is None else known
        for rule in self.document.get("fail", ()) if usual is not None else ():
            about = rule.get("on", FAILING[0]) == role and rule.get("times", 1) > 0
            if about and _meets(rule, family.title, name):
                if "times" in rule:
                    rule["times"] -= 1
                return rule.get("status", usual or ""), rule.get("reason", REASON)
        return None

    def quota(self, request: Request) -> None:
        """Raise Refusal when the request asks for more than a quota allows."""
        for rule in self.document.get("quota", ()):
            if "instance" in rule:
                _instance_quota(request, rule)
            elif fnmatchcase(request.operation, rule.get("operation", "*")):
                found = families.find(request.operation)
                if found and found[1] == "create":
                    used = request.resources.count(found[0].store)
                    if "deleted" in found[0].states:
                        used -= request.resources.count(found[0].store, status=found[0].states["deleted"])
                    _refuse_above(f"Number of {found[0].title} resources", "Resources", rule["limit"], used, 1)

    def _matching(self, kind: str, operation: str) -> Iterator[Rule]:
        for rule in self.document.get(kind, ()):
            if rule.get("times", 1) > 0 and fnmatchcase(operation, rule.get("operation", "*")):
                yield rule

    def _use(self, kind: str, operation: str) -> Rule | None:
        rule = next(self._matching(kind, operation), None)
        if rule is not None and "times" in rule:
            rule["times"] -= 1
        return rule


def _after_update(family: Family) -> str | None:
    """The status after an update that fails; empty: the one before; None where updates take no time."""
    states = family.states
    if "updating" not in states:
        return None
    return states.get("update_failed", "" if "rolling_back" in states else states.get("failed"))


def _meets(rule: Rule, title: str, name: str) -> bool:
    return fnmatchcase(title, rule.get("family", "*")) and fnmatchcase(name, rule.get("name", "*"))


def _instance_quota(request: Request, rule: Rule) -> None:
    usage = rule.get("usage", "")
    found = families.find(request.operation)
    if found is None or found[1] not in {"create", "update"}:
        return
    family = found[0]
    if usage and usage.replace(" ", "-") != family.type:
        return
    asked = _asked(request.resources, dict(request.params), rule["instance"])
    if asked:
        ended = [family.states.get(s) for s in ("failed", "stopped", "deleted", *(["stable"] if family.is_job else ()))]
        running = request.resources.find(family.store, ("status", "not in", [s for s in ended if s]))
        used = sum(_asked(request.resources, record.doc, rule["instance"]) for record in running)
        name = f"{rule['instance']} for {usage or family.type} usage"
        _refuse_above(name, "Instances", rule["limit"], used, asked)


def _asked(resources: Resources, document: dict[str, Any], instance: str) -> int:
    """How many instances of a type a document asks for, also by way of an endpoint configuration."""
    config = resources.get("EndpointConfig", document.get("EndpointConfigName") or "-")
    documents = [document, config.doc] if config else [document]
    return sum(_count(inner, instance) for inner in documents)


def _count(value: Any, instance: str) -> int:
    if isinstance(value, list):
        return sum(_count(inner, instance) for inner in value)
    if not isinstance(value, dict):
        return 0
    count = sum(_count(inner, instance) for inner in value.values())
    if value.get("InstanceType") == instance:
        count += next((value[m] for m in _COUNTS if value.get(m)), 1)
    return count


def _refuse_above(name: str, unit: str, limit: int, used: int, asked: int) -> None:
    """The sentence is that of aws/amazon-sagemaker-examples issue 307."""
    if used + asked > limit:
        raise Refusal(
            LIMIT,
            f"The account-level service limit '{name}' is {limit} {unit}, with current utilization of {used} {unit} "
            f"and a request delta of {asked} {unit}. Please contact AWS support to request an increase for this limit.",
        )
