"""What a status of a resource means to who waits for it.

The words are those of the status enums of the installed model; a test holds that each of them has an
outcome, so that a new one is classed when botocore is raised and not found out by a user. A service
that is newer than the model may still say one that is not here: ``outcome`` answers None then.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.model.families import Family

#: Goes on to another status by itself.
TRANSIENT = "transient"
#: Came to rest as it was meant to.
SUCCESS = "success"
#: Came to rest because somebody, or a limit, ended it.
STOPPED = "stopped"
#: Came to rest otherwise than it was meant to.
FAILURE = "failure"
#: Is gone, although the service still describes it.
DELETED = "deleted"

#: Outcome -> statuses, in small letters and without underscores.
_STATUSES = {
    TRANSIENT: """creating createinprogress deleteinprogress deleting executing importing initializing inmaintenance
        inprogress maintenanceinprogress pending pendingdelete pendingimport pendingmaintenance rollingback starting
        stopping systemupdating updateinprogress updating""",
    SUCCESS: """active available completed created createcompleted inservice maintenancecomplete running scheduled
        started succeeded updatecompleted updated""",
    STOPPED: "cancelled expired stopped",
    FAILURE: """blocked completedwithfailures createfailed createrollbackfailed degraded deletefailed deletionfailed
        deleterollbackfailed failed importfailed maintenancefailed outofservice startfailed stopfailed updatefailed
        updaterollbackfailed""",
    DELETED: "deleted deletecompleted",
}
_OUTCOMES = {status: outcome for outcome, statuses in _STATUSES.items() for status in statuses.split()}

#: Family -> statuses that mean something else there, or are found there only.
_OTHERWISE = {
    # The status says what the caller has recorded; only these two announce another one.
    "Action": {"Unknown": SUCCESS},
    # Steps of an approval: each of them rests until a person takes the next one.
    "ModelCard": {"Draft": SUCCESS, "PendingReview": SUCCESS, "Approved": SUCCESS, "Archived": SUCCESS},
    # An experiment that has been created waits for its time, or starts at once.
    "InferenceExperiment": {"Created": TRANSIENT},
    # A session that has been created, or has its time, is on its way to where it runs.
    "TrainingSession": {"Created": TRANSIENT, "Scheduled": TRANSIENT},
}
#: Role of a status in the family table -> outcome, for words that are not here: those of families that were learnt.
_ROLES = {"start": TRANSIENT, "updating": TRANSIENT, "stopping": TRANSIENT, "deleting": TRANSIENT, "stable": SUCCESS,
          "stopped": STOPPED, "failed": FAILURE}  # fmt: skip
#: How a status ends, or what it holds, that is on its way to another one.
_ON_THE_WAY = ("ing", "progress", "pending")


def outcome(family: Family, status: str) -> str | None:
    """What ``status`` means in ``family``, one of the constants above; None for one that is not known."""
    known = _OTHERWISE.get(family.title, {}).get(status) or _OUTCOMES.get(_plain(status))
    return known or next((_ROLES.get(role) for role, name in family.states.items() if name == status), None)


def looks_transient(status: str) -> bool:
    """Whether a status that is not known is, by its name, on its way to another one."""
    plain = _plain(status)
    return plain.endswith(_ON_THE_WAY) or plain.startswith(_ON_THE_WAY)


def is_end(family: Family, status: str) -> bool:
    """Whether a job of ``family`` is over with ``status``: it will not have another one, unless it is deleted."""
    if not family.is_job:
        return False
    ends = {family.states.get(name) for name in ("stable", "stopped", "failed")}
    return status in ends or outcome(family, status) in (STOPPED, FAILURE)


def _plain(status: str) -> str:
    return status.lower().replace("_", "")
