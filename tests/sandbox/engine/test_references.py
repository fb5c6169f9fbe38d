"""What a request names has to exist: every row of the table, and what is taken on trust."""

from typing import Any

import pytest

from awsshadow.model import families
from awsshadow.model.families.references import REFERENCES, found
from awsshadow.sandbox.contract import error_messages
from tests.sandbox.conftest import World, _put

ROWS = [
    (operation, path, title)
    for operation, rows in REFERENCES.items()
    for path, title in rows.items()
    if operation.startswith("Create")
]
#: A path that generated input never has: what lies deeper than it goes, or beside another member of a union.
BEYOND = {
    ("CreateAIRecommendationJob", "AdapterSource.ModelPackageArns.*.ModelPackageArn"),
    ("CreateInferenceComponent", "Specifications.*.BaseInferenceComponentName"),
    ("CreateInferenceComponent", "Specifications.*.ModelName"),
}


def absent(title: str, path: str, world: World, account: str = "123456789012") -> str:
    """A name, or an ARN, of which there is no resource."""
    if not path.removesuffix("s.*").endswith("Arn"):
        return "d-absent" if title == "Domain" else "absent"
    end = {"ImageVersion": "absent/1", "ModelPackage": "absent/1", "Cluster": "absentabsent"}.get(title, "absent")
    return f"arn:aws:sagemaker:{world.region}:{account}:{families.family(title).type}/{end}"


def given(world: World, operation: str) -> dict[str, Any]:
    title = next(t for t, family in families.table().items() if family.operations.get(operation) == "create")
    world.maker.full = True
    return world.create_input(title)


@pytest.mark.parametrize(("operation", "path", "title"), ROWS)
def test_what_is_not_there_is_refused(operation: Any, path: Any, title: Any, world: Any) -> None:
    params = given(world, operation)
    if path == "SpaceName":
        params = {**{m: v for m, v in params.items() if m != "UserProfileName"}, "SpaceName": "s"}
    parts = path.split(".")
    reached = list(found(params, parts))
    if not reached:
        assert (operation, path) in BEYOND or path.startswith("**.") or path == "ModelPackageGroupName"
        return
    _put(params, parts, lambda: absent(title, path, world))
    code, message = world.refused(operation, **params)
    family = families.family(title)
    assert code == error_messages.NO_SUCH.get(family.store, (family.missing,))[0]
    assert "absent" in message or message in {"RecordNotFound", "Requested resource not found."}


def test_the_paths_beyond_are_rows() -> None:
    assert {(operation, path) for operation, path, _ in ROWS} >= BEYOND


@pytest.mark.parametrize(
    ("operation", "path", "title"), [row for row in ROWS if "Arn" in row[1] and "**" not in row[1]]
)
def test_what_is_of_another_account_is_taken_on_trust(operation: Any, path: Any, title: Any, world: Any) -> None:
    if title in {"Cluster", "Domain"} or (operation, path) in BEYOND:
        return
    params = given(world, operation)
    _put(params, path.split("."), lambda: absent(title, path, world, "394669845002"))
    world.ok(operation, **params)


@pytest.mark.parametrize(
    ("operation", "path", "title"),
    [(o, path, title) for o, rows in REFERENCES.items() for path, title in rows.items() if o.startswith("List")],
)
def test_lists_of_what_is_not_there_are_refused(operation: Any, path: Any, title: Any, world: Any) -> None:
    code, message = world.refused(operation, **{path: absent(title, path, world)})
    family = families.family(title)
    assert code == error_messages.NO_SUCH.get(family.store, (family.missing,))[0]
    assert "absent" in message


def test_repositories_may_be_addresses(world: Any) -> None:
    params = {**given(world, "CreateNotebookInstance"), "DefaultCodeRepository": "https://github.com/o/r.git"}
    world.ok("CreateNotebookInstance", **params)


def test_settings_are_looked_into_at_any_depth(world: Any) -> None:
    domain = world.make("Domain")["DomainArn"].rpartition("/")[2]
    image = world.make("Image")["ImageName"]
    custom = {"CustomImages": [{"ImageName": image, "AppImageConfigName": "none"}]}
    settings = {"JupyterLabAppSettings": custom}
    code, message = world.refused("UpdateDomain", DomainId=domain, DefaultUserSettings=settings)
    assert (code, "app-image-config/none" in message) == ("ResourceNotFound", True)
    world.ok("CreateAppImageConfig", AppImageConfigName="none")
    world.ok("UpdateDomain", DomainId=domain, DefaultUserSettings=settings)
    public = "arn:aws:sagemaker:eu-west-1:081325390199:image/datascience-1.0"
    spec = {"DefaultResourceSpec": {"SageMakerImageArn": public}}
    world.ok("UpdateDomain", DomainId=domain, DefaultUserSettings={"KernelGatewayAppSettings": spec})


def test_owners_are_looked_for_in_their_domain(world: Any) -> None:
    here, there = world.make("UserProfile"), world.make("UserProfile")
    app = {"UserProfileName": here["UserProfileName"], "AppType": "JupyterLab", "AppName": "default"}
    world.ok("CreateApp", DomainId=here["DomainId"], **app)
    code, _ = world.refused("CreateApp", DomainId=there["DomainId"], **app)
    assert code == "ResourceNotFound"


def test_a_schedule_needs_its_definition(world: Any) -> None:
    config = {
        "ScheduleConfig": {"ScheduleExpression": "cron(0 * ? * * *)"},
        "MonitoringJobDefinitionName": "none",
        "MonitoringType": "ModelQuality",
    }
    code, message = world.refused(
        "CreateMonitoringSchedule", MonitoringScheduleName="s", MonitoringScheduleConfig=config
    )
    assert (code, "model-quality-job-definition/none" in message) == ("ResourceNotFound", True)
    name = world.make("ModelQualityJobDefinition")["JobDefinitionName"]
    for kind in ("DataQuality", "ModelBias"):
        other = {**config, "MonitoringJobDefinitionName": name, "MonitoringType": kind}
        world.refused("CreateMonitoringSchedule", MonitoringScheduleName="s", MonitoringScheduleConfig=other)
    config["MonitoringJobDefinitionName"] = name
    world.ok("CreateMonitoringSchedule", MonitoringScheduleName="s", MonitoringScheduleConfig=config)
    shown = world.ok("DescribeMonitoringSchedule", MonitoringScheduleName="s")
    assert shown["MonitoringType"] == "ModelQuality"
    changed = {**config, "MonitoringJobDefinitionName": "none"}
    world.refused("UpdateMonitoringSchedule", MonitoringScheduleName="s", MonitoringScheduleConfig=changed)


@pytest.mark.parametrize(
    ("definition", "part"),
    [
        ("nonsense", "Unable to parse pipeline definition. Pipeline definition is not JSON: "),
        ("[]", "Unable to parse pipeline definition. Expecting start of Json Object."),
        ('{"Steps": []}', "Unable to parse pipeline definition. It must have a Version."),
        ('{"Version": 1, "Steps": []}', "Unable to parse pipeline definition. It must have a Version."),
        (
            '{"Version": "2020-12-01", "Steps": {}}',
            "Unable to parse pipeline definition. Expecting start of Json Array.",
        ),
    ],
)
def test_definitions_that_are_none(definition: Any, part: Any, world: Any) -> None:
    role = "arn:aws:iam::123456789012:role/sandbox-role"
    asked = {"PipelineName": "p", "RoleArn": role, "PipelineDefinition": definition}
    code, message = world.refused("CreatePipeline", ClientRequestToken="t" * 32, **asked)
    assert (code, message.startswith(part)) == ("ValidationException", True), message
    world.ok(
        "CreatePipeline", ClientRequestToken="u" * 32, **{**asked, "PipelineDefinition": '{"Version":"2020-12-01"}'}
    )
    assert world.refused("UpdatePipeline", PipelineName="p", PipelineDefinition=definition)[0] == "ValidationException"


@pytest.mark.parametrize("kind", ["ProductionVariants", "ShadowProductionVariants"])
def test_sizes_of_serverless_endpoints(kind: Any, world: Any) -> None:
    model = world.make("Model")["ModelName"]

    def asked(name: str, **config: int) -> Any:
        variant = {"VariantName": "v", "ModelName": model, "ServerlessConfig": {"MaxConcurrency": 5, **config}}
        usual = {"VariantName": "u", "ModelName": model, "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}
        return {"EndpointConfigName": name, "ProductionVariants": [usual], kind: [usual, variant]}

    for size in (1025, 1536):
        code, message = world.refused("CreateEndpointConfig", **asked("c", MemorySizeInMB=size))
        place = f"{kind[0].lower()}{kind[1:]}.2.member.serverlessConfig.memorySizeInMB"
        assert (code, f"Value '{size}' at '{place}'" in message) == ("ValidationException", True)
    for size in (1024, 6144):
        world.ok("CreateEndpointConfig", **asked(f"c{size}", MemorySizeInMB=size))
    concurrency = {"MemorySizeInMB": 1024, "ProvisionedConcurrency": 6}
    assert world.refused("CreateEndpointConfig", **asked("c", **concurrency))[0] == "ValidationException"


def test_properties_that_search_does_not_know(world: Any) -> None:
    def search(resource: str, name: str, **more: Any) -> Any:
        rule = {"Name": name, "Operator": "Equals", "Value": "x"}
        return {"Resource": resource, "SearchExpression": {"Filters": [rule]}, **more}

    for resource, name in [
        ("TrainingJob", "Nonsense"),
        ("TrainingJob", "TrainingJobNam"),
        ("TrainingJob", "ResourceConfig.Nonsense"),
        ("TrainingJob", "TrainingJobName.More"),
        ("Experiment", "TrialName"),
        ("ModelPackage", "InferenceSpecification.Containers.Nonsense"),
    ]:
        code, message = world.refused("Search", **search(resource, name))
        assert (code, name in message) == ("ValidationException", True)
    for resource, name in [
        ("TrainingJob", "TrainingJobName"),
        ("TrainingJob", "HyperParameters.any.thing"),
        ("TrainingJob", "InputDataConfig.DataSource.S3DataSource.S3Uri"),
        ("TrainingJob", "Metrics.train:accuracy"),
        ("TrainingJob", "Tags.Project"),
        ("ExperimentTrialComponent", "Parameters.rate"),
        ("ExperimentTrialComponent", "Parents.ExperimentName"),
        ("FeatureMetadata", "AllParameters"),
        ("Model", "ModelName"),
        ("Model", "Model.ModelName"),
    ]:
        assert world.ok("Search", **search(resource, name))["Results"] == []
    inner = {"SubExpressions": [{"Filters": [{"Name": "Nonsense"}]}]}
    world.refused("Search", Resource="TrainingJob", SearchExpression=inner)
    unknown = world.refused("Search", Resource="TrainingJob", SortBy="Nonsense")
    assert unknown == ("ValidationException", "Unknown property name: Nonsense")
    world.ok("Search", Resource="TrainingJob", SortBy="Metrics.train:accuracy")


@pytest.mark.parametrize("title", ["TrainingJob", "Experiment", "ModelPackageGroup", "Endpoint", "Project"])
def test_what_is_suggested_can_be_asked_for(title: Any, world: Any) -> None:
    world.make(title)
    found = world.ok("GetSearchSuggestions", Resource=title)["PropertyNameSuggestions"]
    assert len(found) >= 4
    for row in found:
        rule = {"Name": row["PropertyName"], "Operator": "Exists"}
        world.ok("Search", Resource=title, SearchExpression={"Filters": [rule]})


def test_parts_of_texts_are_asked_for_once(world: Any) -> None:
    def rules(*names: str) -> Any:
        return {"Filters": [{"Name": name, "Operator": "Contains", "Value": "x"} for name in names]}

    world.ok("Search", Resource="Experiment", SearchExpression=rules("ExperimentName", "DisplayName"))
    world.ok("Search", Resource="TrainingJob", SearchExpression=rules("TrainingJobName"))
    twice = rules("TrainingJobName", "RoleArn")
    assert world.refused("Search", Resource="TrainingJob", SearchExpression=twice) == (
        "ValidationException",
        "'CONTAINS' operator usage limit of 1 exceeded.",
    )
