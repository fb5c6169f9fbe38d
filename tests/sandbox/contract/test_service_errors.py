"""The table of errors: each row is reached, has a source, and answers as written."""

from typing import Any

import pytest

from awsshadow.model import families
from awsshadow.sandbox.contract import error_messages

ARN = "arn:aws:sagemaker:{region}:123456789012:{type}/{name}"


def test_every_row_is_about_a_family_and_says_its_source() -> None:
    rows = [*error_messages.NO_SUCH.items(), *error_messages.TAKEN.items()]
    rows += [(title, row) for title, by_role in error_messages.BUSY.items() for row in by_role.values()]
    rows += [(title, ("as modelled", *row)) for title, row in error_messages.DEPENDED_ON.items()]
    for title, row in rows:
        assert title in families.table()
        assert len(row) == 3
        assert all(row)


def test_rows_of_roles_and_dependents_can_be_reached() -> None:
    for title, by_role in error_messages.BUSY.items():
        assert set(by_role) <= set(families.family(title).operations.values())
    assert all(families.family(title).dependents for title in error_messages.DEPENDED_ON)


DESCRIBED = [
    title
    for title, family in families.table().items()
    if len(family.id) == 1 and family.id[0].endswith("Name") and title in error_messages.NO_SUCH
]


@pytest.mark.parametrize("title", DESCRIBED)
def test_not_found(title: Any, world: Any) -> None:
    family = families.family(title)
    code, sentence, _ = error_messages.NO_SUCH[title]
    arn = ARN.format(region=world.region, type=family.type, name="absent")
    name = "absent"
    operation = next(o for o, role in family.operations.items() if role == "describe")
    assert world.refused(operation, **{family.id[0]: name}) == (code, sentence.format(arn=arn, name=name, kind=title))


KNOWN = [
    ("DescribeEndpoint", {"EndpointName": "x"}, "ValidationException", 'Could not find endpoint "{endpoint}/x".'),
    ("DeleteEndpoint", {"EndpointName": "x"}, "ValidationException", 'Could not find endpoint "{endpoint}/x".'),
    (
        "CreateEndpoint",
        {"EndpointName": "x", "EndpointConfigName": "y"},
        "ValidationException",
        'Could not find endpoint configuration "{endpoint}-config/y".',
    ),
    ("StopTrainingJob", {"TrainingJobName": "x"}, "ValidationException", "Requested resource not found."),
    (
        "DescribeTransformJob",
        {"TransformJobName": "x"},
        "ValidationException",
        "Could not find requested job with name: x",
    ),
    ("DeleteNotebookInstance", {"NotebookInstanceName": "x"}, "ValidationException", "RecordNotFound"),
    ("DescribeImage", {"ImageName": "x"}, "ResourceNotFound", None),
    ("DescribeInferenceExperiment", {"Name": "x"}, "ResourceNotFound", None),
]


@pytest.mark.parametrize(("operation", "params", "code", "sentence"), KNOWN)
def test_known_sentences(operation: Any, params: Any, code: Any, sentence: Any, world: Any) -> None:
    found, message = world.refused(operation, **params)
    endpoint = f"arn:aws:sagemaker:{world.region}:123456789012:endpoint"
    assert found == code
    assert sentence is None or message == sentence.format(endpoint=endpoint)


def test_taken_names(world: Any) -> None:
    endpoint = world.make("Endpoint")
    code, message = world.refused("CreateEndpoint", **endpoint["_asked"])
    assert (code, message) == (
        "ValidationException",
        f'Cannot create already existing endpoint "{endpoint["EndpointArn"]}".',
    )
    job = world.make("TrainingJob")
    code, message = world.refused("CreateTrainingJob", **job["_asked"])
    assert code == "ResourceInUse"
    assert message.endswith(f"a training job with this name already exists ({job['TrainingJobArn']})")


def test_states_refuse(frozen_world: Any) -> None:
    world = frozen_world
    endpoint = world.make("Endpoint")
    name = endpoint["EndpointName"]
    assert world.ok("DescribeEndpoint", EndpointName=name)["EndpointStatus"] == "Creating"
    for operation, more in (
        ("UpdateEndpoint", {"EndpointConfigName": endpoint["EndpointConfigName"]}),
        ("DeleteEndpoint", {}),
    ):
        code, message = world.refused(operation, EndpointName=name, **more)
        assert (code, message) == (
            "ValidationException",
            f'Cannot update in-progress endpoint "{endpoint["EndpointArn"]}".',
        )


def test_a_notebook_is_stopped_before_it_is_deleted(world: Any) -> None:
    notebook = world.make("NotebookInstance")
    code, message = world.refused("DeleteNotebookInstance", NotebookInstanceName=notebook["NotebookInstanceName"])
    assert code == "ValidationException"
    assert message == (
        "Status (InService) not in ([Stopped, Failed]). "
        f"Unable to transition to (Deleting) for Notebook Instance ({notebook['NotebookInstanceArn']})"
    )


def test_a_finished_job_cannot_be_stopped(world: Any) -> None:
    name = world.make("TrainingJob")["TrainingJobName"]
    assert world.refused("StopTrainingJob", TrainingJobName=name) == (
        "ValidationException",
        "The request was rejected because the training job is in status Completed.",
    )


def test_what_others_hang_on_is_not_deleted(world: Any) -> None:
    version = world.make("ImageVersion")
    assert world.refused("DeleteImage", ImageName=version["ImageName"])[0] == "ResourceInUse"
    content = world.make("HubContent")
    assert world.refused("DeleteHub", HubName=content["HubName"])[0] == "ResourceInUse"
    group = world.make("ModelPackageGroup")["ModelPackageGroupName"]
    world.ok("CreateModelPackage", ModelPackageGroupName=group)
    assert world.refused("DeleteModelPackageGroup", ModelPackageGroupName=group)[0] == "ConflictException"
    device = world.make("Device")
    assert world.refused("DeleteDeviceFleet", DeviceFleetName=device["DeviceFleetName"])[0] == "ResourceInUse"


def test_a_studio_is_taken_down_from_its_apps(world: Any) -> None:
    profile = world.make("UserProfile")
    domain = {"DomainId": profile["DomainId"]}
    user = {**domain, "UserProfileName": profile["UserProfileName"]}
    app = {**user, "AppType": "JupyterLab", "AppName": "default"}
    world.ok("CreateApp", **app)
    assert world.refused("DeleteUserProfile", **user) == (
        "ResourceInUse",
        f"Unable to delete UserProfile [{profile['UserProfileArn']}] because App(s) are associated with it.",
    )
    assert world.refused("DeleteDomain", **domain)[0] == "ResourceInUse"
    world.ok("DeleteApp", **app)
    world.ok("DeleteUserProfile", **user)
    world.ok("DeleteDomain", **domain)


def test_trials_are_taken_apart_before_they_go(world: Any) -> None:
    world.ok("CreateExperiment", ExperimentName="x")
    world.ok("CreateTrial", TrialName="t", ExperimentName="x")
    arn = world.ok("CreateTrialComponent", TrialComponentName="c")["TrialComponentArn"]
    pair = {"TrialName": "t", "TrialComponentName": "c"}
    world.ok("AssociateTrialComponent", **pair)
    assert world.refused("DeleteTrialComponent", TrialComponentName="c") == (
        "ValidationException",
        f"TrialComponent '{arn}' is linked to 1 or more trials and cannot be deleted.",
    )
    assert world.refused("DeleteTrial", TrialName="t")[0] == "ValidationException"
    assert world.refused("DeleteExperiment", ExperimentName="x")[0] == "ValidationException"
    world.ok("DisassociateTrialComponent", **pair)
    for operation, name in (("DeleteTrialComponent", "c"), ("DeleteTrial", "t"), ("DeleteExperiment", "x")):
        world.ok(operation, **{f"{operation.removeprefix('Delete')}Name": name})


def test_versions_that_passed_by_are_conflicts(world: Any) -> None:
    made = world.make("ComputeQuota")
    name = made["ComputeQuotaId"]
    assert world.ok("UpdateComputeQuota", ComputeQuotaId=name, TargetVersion=1)["ComputeQuotaVersion"] == 2
    assert world.refused("UpdateComputeQuota", ComputeQuotaId=name, TargetVersion=1)[0] == "ConflictException"


UNIQUE = "{kind} names must be unique within an AWS account and region. {kind} with name ({name}) already exists."


@pytest.mark.parametrize(
    ("title", "code", "sentence"),
    [
        (
            "Pipeline",
            "ValidationException",
            UNIQUE.format(kind="Pipeline", name="{name}"),
        ),
        (
            "Experiment",
            "ValidationException",
            UNIQUE.format(kind="Experiment", name="{name}"),
        ),
        ("NotebookInstance", "ValidationException", "Cannot create a duplicate Notebook Instance ({arn})"),
        (
            "Image",
            "ResourceInUse",
            "The Image with ImageName {name} already exists. Please use a different ImageName.",
        ),
        ("AppImageConfig", "ResourceInUse", "The ID or Name specified is already in use."),
        (
            "Cluster",
            "ResourceInUse",
            "Resource Already Exists: Cluster with name {name} already exists. Choose a different name.",
        ),
        (
            "NotebookInstanceLifecycleConfig",
            "ValidationException",
            (
                "Unable to create Notebook Instance Lifecycle Config {arn}. "
                "(Details: Notebook Instance Lifecycle Config already exists.)"
            ),
        ),
    ],
)
def test_names_that_are_taken(title: Any, code: Any, sentence: Any, world: Any) -> None:
    family = families.family(title)
    made = world.make(title)
    asked = {m: world.token() if "Token" in m else v for m, v in made["_asked"].items()}
    wanted = sentence.format(name=made[family.name], arn=made["_arn"])
    assert world.refused(family.operation("create"), **asked) == (code, wanted)


def test_an_image_without_versions(world: Any) -> None:
    name = world.make("Image")["ImageName"]
    assert world.refused("DescribeImageVersion", ImageName=name) == (
        "ResourceNotFound",
        f"Latest ImageVersion with ImageName {name} does not exist. Please provide a valid ImageName.",
    )


@pytest.mark.parametrize("title", ["Endpoint", "TrainingJob", "ModelPackageGroup", "Experiment"])
def test_arns_in_another_case_are_the_same(title: Any, world: Any) -> None:
    family = families.family(title)
    params = {**world.create_input(title, world.minimal), family.name: "Mixed-Case"}
    world.ok(family.operation("create"), **params)
    arn = world.newest(title)["_arn"]
    assert arn.endswith("/mixed-case")
    given = arn.replace("mixed-case", "Mixed-Case")
    world.ok("AddTags", ResourceArn=given, Tags=[{"Key": "k", "Value": "v"}])
    for spelt in (arn, given):
        assert world.ok("ListTags", ResourceArn=spelt)["Tags"] == [{"Key": "k", "Value": "v"}]
    world.ok("DeleteTags", ResourceArn=given, TagKeys=["k"])
    assert world.ok("ListTags", ResourceArn=arn)["Tags"] == []
    world.refused("ListTags", ResourceArn=arn.replace("mixed-case", "other"))


def test_of_a_pair_the_trial_is_missed_first(world: Any) -> None:
    code, sentence = world.refused("AssociateTrialComponent", TrialComponentName="none", TrialName="none")
    assert code == "ResourceNotFound"
    assert sentence.startswith("Trial 'arn:aws:sagemaker:")
    assert sentence.endswith(":experiment-trial/none' does not exist.")
