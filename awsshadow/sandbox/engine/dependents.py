"""Resources that cannot be deleted while others hang on them.

That they cannot is documented for each (in the API reference or the developer guide); the sentences
are known for user profiles (aws/amazon-sagemaker-feedback issue 113) and trial components
(aws/sagemaker-python-sdk pull request 1515) and used for the rest by analogy.
"""

from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import CONFLICT, IN_USE, VALIDATION, Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.model.families import Family
    from awsshadow.sandbox.engine.request import Request
    from awsshadow.sandbox.state.resources import Record

_BELOW = "parent=:key"
_OWNED = "parent=:parent AND json_extract(doc, '$.{}')=:name"

#: Family -> families of what may hang on it -> how that is found.
HOLDING = {
    "DeviceFleet": {"Device": _BELOW},
    "Domain": {"UserProfile": _BELOW, "Space": _BELOW, "App": _BELOW},
    "Experiment": {"Trial": "json_extract(doc, '$.ExperimentName')=:name"},
    "Hub": {"HubContent": "json_extract(doc, '$.HubName')=:name"},
    "Image": {"ImageVersion": _BELOW},
    "ModelPackageGroup": {"ModelPackage": _BELOW},
    "Space": {"App": _OWNED.format("SpaceName")},
    "Trial": {"TrialComponent": "arn IN (SELECT source FROM association WHERE destination=:arn)"},
    "TrialComponent": {"Trial": "arn IN (SELECT destination FROM association WHERE source=:arn)"},
    "UserProfile": {"App": _OWNED.format("UserProfileName")},
}
_LINKS = ("Experiment", "Trial", "TrialComponent")
_LINKED = "{family} '{arn}' is linked to 1 or more {what} and cannot be deleted."
_ASSOCIATED = "Unable to delete {family} [{arn}] because {other}(s) are associated with it."


def refuse_held(request: Request, family: Family, record: Record) -> None:
    """Raise Refusal when something hangs on a resource that is to be deleted."""
    found = {
        "scope": record.scope,
        "key": record.key,
        "name": record.name,
        "parent": record.parent,
        "arn": record.arn,
    }
    for title, where in HOLDING.get(family.title, {}).items():
        sql = f"SELECT 1 FROM resource WHERE scope=:scope AND family=:family AND {where} LIMIT 1"  # noqa: S608 - rows above
        if request.resources.connection.execute(sql, {**found, "family": title}).fetchone():
            code = next((e for e in (IN_USE, CONFLICT) if e in request.errors), VALIDATION)
            sentence = _LINKED if family.title in _LINKS else _ASSOCIATED
            what = "trial components" if title == "TrialComponent" else "trials"
            raise Refusal(code, sentence.format(family=family.title, arn=record.arn, other=title, what=what))
