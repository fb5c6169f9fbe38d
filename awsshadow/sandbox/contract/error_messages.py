"""The errors of the service by family: type, sentence, and where the sentence is known from.

``INVENTED`` is the source of every family without a row: a sentence in the style of the service
that may differ from its own. A sentence that is known only by its beginning says so. Fields: ``{arn}``, ``{name}``,
``{status}``, ``{kind}`` (the family).
"""

from __future__ import annotations

from awsshadow.sandbox.contract.service_errors import CONFLICT, IN_USE, NOT_FOUND, VALIDATION, Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from awsshadow.model.families import Family

    Row = tuple[str, str, str]

INVENTED = "type from the model's errors, sentence invented"
_ACK = "aws-controllers-k8s/sagemaker-controller generator.yaml"
_TERRAFORM = "hashicorp/terraform-provider-aws internal/service/sagemaker/find.go"
_OPERATOR = "aws/amazon-sagemaker-operator-for-k8s constants"
_EXAMPLES = "aws/amazon-sagemaker-examples issue"
_IMAGES = "aws-samples/sagemaker-studio-custom-image-samples issue"
_SDK = "aws/sagemaker-python-sdk pull request 6256"
_REPORTED = "reported of the service, place not recorded"

#: The type is that of the model.
_QUOTED = (NOT_FOUND, "{kind} '{arn}' does not exist.", "getmoto/moto tests, like that of pipelines")

NO_SUCH: dict[str, Row] = {
    "Algorithm": (VALIDATION, "Algorithm {arn} does not exist.", _REPORTED),
    # ACK expects ResourceNotFound here.
    "App": (VALIDATION, "RecordNotFound", _TERRAFORM),
    "AutoMLJob": (
        NOT_FOUND,
        "Amazon SageMaker can't find an AutoML job called {name}.",
        f"{_REPORTED}; known up to 'job call'",
    ),
    "CodeRepository": (
        VALIDATION,
        'Cannot find CodeRepository: "{arn}"',
        "hashicorp/terraform-provider-aws code_repository.go; known up to 'CodeRepository'",
    ),
    "Device": (VALIDATION, "No device with name: {name} found", f"{_TERRAFORM}; known up to 'name'"),
    "DeviceFleet": (VALIDATION, "No devicefleet with name: {name} found", f"{_TERRAFORM}; known up to 'name'"),
    "Endpoint": (VALIDATION, 'Could not find endpoint "{arn}".', f"{_OPERATOR}, {_ACK}, {_TERRAFORM}"),
    "EndpointConfig": (VALIDATION, 'Could not find endpoint configuration "{arn}".', f"{_ACK}, {_TERRAFORM}"),
    "Experiment": _QUOTED,
    "FeatureGroup": (
        NOT_FOUND,
        "Resource Not Found: Amazon SageMaker can't find a FeatureGroup with name {name}",
        f"type from {_ACK} and {_TERRAFORM}, sentence from another emulator of the service",
    ),
    "HyperParameterTuningJob": (
        NOT_FOUND,
        "Amazon SageMaker can't find a tuning job called {name}.",
        f"{_OPERATOR}; known up to 'job'",
    ),
    "InferenceComponent": (VALIDATION, 'Could not find inference component "{arn}".', _REPORTED),
    "LabelingJob": (
        VALIDATION,
        "Could not find requested labeling job with name: {name}",
        f"{_REPORTED}; known up to 'job'",
    ),
    "Model": (VALIDATION, 'Could not find model "{arn}".', _ACK),
    "ModelPackage": (VALIDATION, "ModelPackage {arn} does not exist.", f"{_ACK}; known from 'does' on"),
    "ModelPackageGroup": (VALIDATION, "ModelPackageGroup {arn} does not exist.", f"{_ACK}; known from 'does' on"),
    "NotebookInstance": (VALIDATION, "RecordNotFound", f"{_ACK}, {_TERRAFORM}"),
    "NotebookInstanceLifecycleConfig": (
        VALIDATION,
        (
            "Unable to describe Notebook Instance Lifecycle Config '{arn}'. "
            "(Details: Notebook Instance Lifecycle Config does not exist.)"
        ),
        f"{_ACK} up to 'Config', the rest from getmoto/moto",
    ),
    "Pipeline": (NOT_FOUND, "Pipeline '{arn}' does not exist.", _REPORTED),
    "PipelineExecution": (NOT_FOUND, "PipelineExecution '{arn}' does not exist.", _REPORTED),
    "ProcessingJob": (VALIDATION, "Could not find requested job with name: {name}", f"{_ACK}; known up to 'job'"),
    "Project": (VALIDATION, "Project {name} does not exist.", f"{_TERRAFORM}; known from 'does' on"),
    # ACK does not know spaces; for apps it expects ResourceNotFound where Terraform expects this.
    "Space": (VALIDATION, "RecordNotFound", _TERRAFORM),
    "Trial": _QUOTED,
    "TrialComponent": _QUOTED,
    "TrainingJob": (VALIDATION, "Requested resource not found.", _ACK),
    "TransformJob": (VALIDATION, "Could not find requested job with name: {name}", f"{_ACK}; known up to 'name'"),
    "Workforce": (VALIDATION, "No workforce found: {name}", f"{_TERRAFORM}; known up to 'workforce'"),
    "Workteam": (VALIDATION, "The work team does not exist: {arn}", f"{_TERRAFORM}; known up to 'team'"),
}

#: Clients look for one half or the other.
_UNIQUE = "{kind} names must be unique within an AWS account and region. {kind} with name ({name}) already exists."

TAKEN: dict[str, Row] = {
    "Cluster": (
        IN_USE,
        "Resource Already Exists: Cluster with name {name} already exists. Choose a different name.",
        "getmoto/moto tests",
    ),
    "AppImageConfig": (
        IN_USE,
        "The ID or Name specified is already in use.",
        f"{_IMAGES} 17",
    ),
    "Endpoint": (VALIDATION, 'Cannot create already existing endpoint "{arn}".', f"{_EXAMPLES} 2491"),
    "EndpointConfig": (
        VALIDATION,
        'Cannot create already existing endpoint configuration "{arn}".',
        f"{_EXAMPLES} 2491",
    ),
    "Experiment": (VALIDATION, _UNIQUE, f"{_SDK}, by analogy with pipelines"),
    "FeatureGroup": (
        IN_USE,
        "Resource Already Exists: FeatureGroup with name {name} already exists.",
        "getmoto/moto tests",
    ),
    "HyperParameterTuningJob": (
        IN_USE,
        "A hyperparameter tuning job with the name, {name}, already exists. Choose a different name.",
        f"{_EXAMPLES} 3092",
    ),
    "Image": (
        IN_USE,
        "The Image with ImageName {name} already exists. Please use a different ImageName.",
        f"{_IMAGES} 17",
    ),
    "Model": (
        VALIDATION,
        'Cannot create already existing model "{arn}".',
        "astronomer/astronomer-providers issue 1055",
    ),
    "ModelPackageGroup": (
        VALIDATION,
        "Model Package Group already exists: {arn}",
        f"type from {_SDK}; known from 'already' to 'exists'",
    ),
    "NotebookInstance": (
        VALIDATION,
        "Cannot create a duplicate Notebook Instance ({arn})",
        "SebastianUA/terraform-aws-sagemaker issue 18",
    ),
    "NotebookInstanceLifecycleConfig": (
        VALIDATION,
        (
            "Unable to create Notebook Instance Lifecycle Config {arn}. "
            "(Details: Notebook Instance Lifecycle Config already exists.)"
        ),
        "getmoto/moto, in the form of what it says of missing ones",
    ),
    "Pipeline": (VALIDATION, _UNIQUE, f"the code examples of the AWS SDKs up to 'region', {_SDK}"),
    "TrainingJob": (
        IN_USE,
        (
            "Training job names must be unique within an AWS account and region, "
            "and a training job with this name already exists ({arn})"
        ),
        f"{_EXAMPLES} 3108",
    ),
    "Trial": (VALIDATION, _UNIQUE, "aws/deep-learning-containers pull request 155 from 'Trial with' on"),
    "TrialComponent": (VALIDATION, _UNIQUE, "by analogy with trials"),
}

_UNABLE = "Status ({{status}}) not in ([{}]). Unable to transition to ({}) for Notebook Instance ({{arn}})"

_IN_PROGRESS = (VALIDATION, 'Cannot update in-progress endpoint "{arn}".', _OPERATOR)

#: Family -> role -> row.
BUSY: dict[str, dict[str, Row]] = {
    "Endpoint": {"delete": _IN_PROGRESS, "update": _IN_PROGRESS},
    "NotebookInstance": {
        "delete": (VALIDATION, _UNABLE.format("Stopped, Failed", "Deleting"), _REPORTED),
        "start": (VALIDATION, _UNABLE.format("Stopped, Failed", "Pending"), "by analogy with delete"),
        "stop": (VALIDATION, _UNABLE.format("InService", "Stopping"), "by analogy with delete"),
        "update": (VALIDATION, _UNABLE.format("Stopped, Failed", "Updating"), "by analogy with delete"),
    },
    "TrainingJob": {
        "stop": (
            VALIDATION,
            "The request was rejected because the training job is in status {status}.",
            "awslabs/benchmark-ai issue 928",
        ),
    },
}

_LINKED = "{{kind}} '{{arn}}' is linked to 1 or more {} and cannot be deleted."

#: Family -> the sentence when others depend on a resource of it, and its source; ``{other}`` is their family.
DEPENDED_ON: dict[str, tuple[str, str]] = {
    "Experiment": (_LINKED.format("trials"), "by analogy with trial components"),
    "Trial": (_LINKED.format("trial components"), "by analogy with trial components"),
    "TrialComponent": (_LINKED.format("trials"), "aws/sagemaker-python-sdk pull request 1515"),
}

_ANY_MISSING = "{kind} {arn} does not exist."
_ANY_TAKEN = "{kind} {arn} already exists."
_ANY_BUSY = "The request was rejected because the {kind} {arn} is in status {status}."
#: Known of user profiles (aws/amazon-sagemaker-feedback issue 113), used for the rest by analogy.
_ANY_DEPENDED_ON = "Unable to delete {kind} [{arn}] because {other}(s) are associated with it."


def no_such(family: Family, name: str, arn: str) -> Refusal:
    """What an operation answers that names a resource that is not there."""
    code, text, _ = NO_SUCH.get(family.store, (family.missing, _ANY_MISSING, INVENTED))
    return Refusal(code, text.format(kind=family.title, name=name, arn=arn))


def taken(family: Family, name: str, arn: str, errors: Iterable[str]) -> Refusal:
    """What a create answers for a name that is in use; ``errors`` are those its operation models."""
    code = next((e for e in (IN_USE, CONFLICT, "ResourceAlreadyExists") if e in set(errors)), VALIDATION)
    code, text, _ = TAKEN.get(family.store, (code, _ANY_TAKEN, INVENTED))
    return Refusal(code, text.format(kind=family.title, name=name, arn=arn))


def busy(family: Family, role: str, status: str, arn: str | None, errors: Iterable[str]) -> Refusal:
    """What a change answers that the state of a resource does not allow."""
    code = next((e for e in (CONFLICT, IN_USE) if e in set(errors)), VALIDATION)
    code, text, _ = BUSY.get(family.store, {}).get(role, (code, _ANY_BUSY, INVENTED))
    return Refusal(code, text.format(kind=family.title, status=status, arn=arn))


def depended_on(family: Family, arn: str | None, other: str, errors: Iterable[str]) -> Refusal:
    """What a delete answers while resources of the family ``other`` depend on the resource."""
    code = next((e for e in (IN_USE, CONFLICT) if e in set(errors)), VALIDATION)
    text, _ = DEPENDED_ON.get(family.title, (_ANY_DEPENDED_ON, INVENTED))
    return Refusal(code, text.format(kind=family.title, arn=arn, other=other))
