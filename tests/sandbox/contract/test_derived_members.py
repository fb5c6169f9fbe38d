"""Members that follow from what is known: times, places, ids, who created something."""

from __future__ import annotations

import re
from typing import Any

import pytest

from awsshadow.sandbox import service

ROLE = "arn:aws:iam::123456789012:role/sandbox-role"
CLUSTER = {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 30}
TRAINING: dict[str, Any] = {
    "TrainingJobName": "train",
    "AlgorithmSpecification": {"TrainingImage": "image", "TrainingInputMode": "File"},
    "OutputDataConfig": {"S3OutputPath": "s3://bucket/models/"},
    "ResourceConfig": CLUSTER,
    "RoleArn": ROLE,
    "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
}
COMPILATION: dict[str, Any] = {
    "CompilationJobName": "compile",
    "InputConfig": {"DataInputConfig": "{}", "Framework": "XGBOOST", "S3Uri": "s3://bucket/model.tar.gz"},
    "OutputConfig": {"S3OutputLocation": "s3://bucket/out/", "TargetDevice": "ml_c5"},
    "RoleArn": ROLE,
    "StoppingCondition": {"MaxRuntimeInSeconds": 900},
}


@pytest.fixture
def still(tmp_path: Any, make_world: Any) -> Any:
    """A world in which time moves by ``pass_time`` only, from 1000 on."""
    sandbox = service.Sandbox(str(tmp_path), clock="frozen:1000")
    world = make_world(sandbox)
    world.pass_time = lambda duration: service.advance_clock(str(tmp_path), duration)
    yield world
    sandbox.close()


def phases(job: Any) -> list[tuple[str, float, float | None]]:
    return [(t["Status"], t["StartTime"], t.get("EndTime")) for t in job["SecondaryStatusTransitions"]]


def train(world: Any) -> Any:
    return world.ok("DescribeTrainingJob", TrainingJobName="train")


def test_a_training_job_shows_its_way(still: Any) -> None:
    still.ok("CreateTrainingJob", **TRAINING)
    shown = train(still)
    assert (shown["SecondaryStatus"], shown["TrainingStartTime"]) == ("Training", 1000)
    assert phases(shown) == [("Starting", 1000, 1000), ("Downloading", 1000, 1000), ("Training", 1000, None)]
    assert not {"TrainingEndTime", "TrainingTimeInSeconds", "BillableTimeInSeconds"} & set(shown)
    still.pass_time("1h")
    shown = train(still)
    assert phases(shown)[2:] == [("Training", 1000, 1300), ("Uploading", 1300, 1300), ("Completed", 1300, 1300)]
    assert all(t["StatusMessage"] for t in shown["SecondaryStatusTransitions"])
    assert shown["SecondaryStatus"] == phases(shown)[-1][0]
    assert shown["TrainingTimeInSeconds"] == shown["BillableTimeInSeconds"] == 300
    assert shown["ModelArtifacts"]["S3ModelArtifacts"] == "s3://bucket/models/train/output/model.tar.gz"


def test_spot_training_is_billed_for_less(still: Any) -> None:
    still.ok("CreateTrainingJob", **TRAINING, EnableManagedSpotTraining=True)
    still.pass_time("1h")
    assert 0 < train(still)["BillableTimeInSeconds"] < train(still)["TrainingTimeInSeconds"] == 300


def test_a_stopped_training_job_ends_with_that(still: Any) -> None:
    still.ok("CreateTrainingJob", **TRAINING)
    still.pass_time("1m")
    still.ok("StopTrainingJob", TrainingJobName="train")
    assert phases(train(still))[-2:] == [("Training", 1000, 1060), ("Stopping", 1060, None)]
    still.pass_time("1h")
    assert phases(train(still))[-2:] == [("Training", 1000, 1090), ("Stopped", 1090, 1090)]
    assert train(still)["TrainingTimeInSeconds"] == 90


def test_a_failed_training_job_ends_with_that(sandbox: Any, make_world: Any, tmp_path: Any) -> None:
    world = make_world(sandbox)
    service.set_faults(str(tmp_path / "sandbox"), {"fail": [{"family": "TrainingJob"}]})
    world.ok("CreateTrainingJob", **TRAINING)
    assert [status for status, *_ in phases(train(world))] == ["Starting", "Downloading", "Training", "Failed"]
    # The least that the model allows, where no time has passed.
    assert train(world)["TrainingTimeInSeconds"] >= 1


def test_other_jobs_have_started(still: Any) -> None:
    still.ok(
        "CreateProcessingJob",
        ProcessingJobName="process",
        AppSpecification={"ImageUri": "image"},
        ProcessingResources={"ClusterConfig": CLUSTER},
        RoleArn=ROLE,
    )
    still.ok("CreateModel", ModelName="model", PrimaryContainer={"Image": "image"}, ExecutionRoleArn=ROLE)
    still.ok(
        "CreateTransformJob",
        TransformJobName="transform",
        ModelName="model",
        TransformInput={"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://bucket/in"}}},
        TransformOutput={"S3OutputPath": "s3://bucket/out"},
        TransformResources={"InstanceCount": 1, "InstanceType": "ml.m5.large"},
    )
    still.ok("CreateCompilationJob", **COMPILATION)
    compiling = still.ok("DescribeCompilationJob", CompilationJobName="compile")
    assert (compiling["CompilationJobStatus"], "CompilationStartTime" in compiling) == ("STARTING", False)
    still.pass_time("1h")
    for kind, name in (("Processing", "process"), ("Transform", "transform"), ("Compilation", "compile")):
        shown = still.ok(f"Describe{kind}Job", **{f"{kind}JobName": name})
        assert shown[f"{kind}StartTime"] == shown["CreationTime"] == 1000
        assert shown[f"{kind}EndTime"] > 1000
    assert still.ok("ListCompilationJobs")["CompilationJobSummaries"][0]["CompilationStartTime"] == 1000
    place = still.ok("DescribeCompilationJob", CompilationJobName="compile")["ModelArtifacts"]["S3ModelArtifacts"]
    assert place == "s3://bucket/out/compile.tar.gz"


def config(world: Any, name: str, *models: str) -> None:
    variants = [
        {"VariantName": model, "ModelName": model, "InitialInstanceCount": 1, "InstanceType": "ml.m5.large"}
        for model in models
    ]
    world.ok("CreateEndpointConfig", EndpointConfigName=name, ProductionVariants=variants)


def images(world: Any) -> dict[str, list[str]]:
    shown = world.ok("DescribeEndpoint", EndpointName="endpoint")
    return {
        variant["VariantName"]: [image["SpecifiedImage"] for image in variant["DeployedImages"]]
        for variant in shown["ProductionVariants"]
    }


def test_variants_show_the_images_of_their_models(world: Any) -> None:
    registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"
    world.ok("CreateModel", ModelName="one", PrimaryContainer={"Image": f"{registry}/a/b:1.0"}, ExecutionRoleArn=ROLE)
    two = [{"Image": f"{registry}/c@sha256:{'0' * 64}"}, {"Image": "plain"}]
    world.ok("CreateModel", ModelName="two", Containers=two, ExecutionRoleArn=ROLE)
    package = world.ok(
        "CreateModelPackage",
        ModelPackageName="package",
        InferenceSpecification={"Containers": [{"Image": "packaged:3"}]},
    )["ModelPackageArn"]
    world.ok("CreateModel", ModelName="three", PrimaryContainer={"ModelPackageName": package}, ExecutionRoleArn=ROLE)
    config(world, "first", "one", "two", "three")
    world.ok("CreateEndpoint", EndpointName="endpoint", EndpointConfigName="first")
    assert images(world) == {
        "one": [f"{registry}/a/b:1.0"],
        "two": [f"{registry}/c@sha256:{'0' * 64}", "plain"],
        "three": ["packaged:3"],
    }
    shown = world.ok("DescribeEndpoint", EndpointName="endpoint")["ProductionVariants"]
    resolved = [image["ResolvedImage"] for variant in shown for image in variant["DeployedImages"]]
    assert [image.partition("@")[0] for image in resolved] == [f"{registry}/a/b", f"{registry}/c", "plain", "packaged"]
    assert all(re.fullmatch(r".+@sha256:[0-9a-f]{64}", image) for image in resolved)
    assert resolved[1] == f"{registry}/c@sha256:{'0' * 64}"
    config(world, "second", "two")
    world.ok("UpdateEndpoint", EndpointName="endpoint", EndpointConfigName="second")
    assert list(images(world)) == ["two"]

    container = {"Image": f"{registry}/d:2", "ArtifactUrl": "s3://bucket/d.tar.gz"}
    needs = {"MinMemoryRequiredInMb": 128}
    world.ok(
        "CreateInferenceComponent",
        InferenceComponentName="component",
        EndpointName="endpoint",
        VariantName="two",
        Specification={"Container": container, "ComputeResourceRequirements": needs},
        RuntimeConfig={"CopyCount": 1},
    )
    component = world.ok("DescribeInferenceComponent", InferenceComponentName="component")["Specification"]["Container"]
    assert component["ArtifactUrl"] == "s3://bucket/d.tar.gz"
    assert component["DeployedImage"]["SpecifiedImage"] == f"{registry}/d:2"


FEATURES: dict[str, Any] = {
    "EventTimeFeatureName": "at",
    "FeatureDefinitions": [{"FeatureName": name, "FeatureType": "String"} for name in ("id", "at")],
    "FeatureGroupName": "My-Group",
    "RecordIdentifierFeatureName": "id",
    "RoleArn": ROLE,
}


def test_an_offline_store_has_a_place_and_a_table(still: Any) -> None:
    store = {"S3StorageConfig": {"S3Uri": "s3://bucket/features/"}}
    still.ok("CreateFeatureGroup", **FEATURES, OfflineStoreConfig=store)
    shown = still.ok("DescribeFeatureGroup", FeatureGroupName="My-Group")["OfflineStoreConfig"]
    assert shown["S3StorageConfig"] == {
        "S3Uri": "s3://bucket/features/",
        "ResolvedOutputS3Uri": (
            "s3://bucket/features/123456789012/sagemaker/eu-west-1/offline-store/My-Group-1000/data"
        ),
    }
    assert shown["DataCatalogConfig"] == {
        "Catalog": "AwsDataCatalog",
        "Database": "sagemaker_featurestore",
        "TableName": "my_group_1000",
    }


def test_without_a_table_there_is_no_catalogue(still: Any) -> None:
    store = {"S3StorageConfig": {"S3Uri": "s3://bucket"}, "DisableGlueTableCreation": True}
    still.ok("CreateFeatureGroup", **FEATURES, OfflineStoreConfig=store)
    shown = still.ok("DescribeFeatureGroup", FeatureGroupName="My-Group")["OfflineStoreConfig"]
    assert "DataCatalogConfig" not in shown


def domain(world: Any, **more: Any) -> Any:
    settings = {"ExecutionRole": ROLE}
    made = world.ok(
        "CreateDomain", **{"DomainName": world.name(), "AuthMode": "IAM", "DefaultUserSettings": settings, **more}
    )
    return world.ok("DescribeDomain", DomainId=made["DomainArn"].rpartition("/")[2])


def test_domains(world: Any) -> None:
    plain = domain(world)
    assert re.fullmatch(r"fs-[0-9a-f]{17}", plain["HomeEfsFileSystemId"])
    assert plain["Url"].startswith(f"https://{plain['DomainId']}.studio.")
    assert not {"SecurityGroupIdForDomainBoundary", "SingleSignOnApplicationArn"} & set(plain)
    assert world.ok("DescribeDomain", DomainId=plain["DomainId"]) == plain
    rstudio = {"RStudioServerProDomainSettings": {"DomainExecutionRoleArn": ROLE}}
    signed = domain(world, AuthMode="SSO", DomainSettings=rstudio)
    assert signed["HomeEfsFileSystemId"] != plain["HomeEfsFileSystemId"]
    assert re.fullmatch(r"sg-[0-9a-f]{17}", signed["SecurityGroupIdForDomainBoundary"])
    assert signed["SingleSignOnApplicationArn"].startswith("arn:aws:sso::123456789012:application/")
    assert "HomeEfsFileSystemId" not in domain(world, HomeEfsFileSystemCreation="Disabled")
    world.ok("CreateUserProfile", DomainId=plain["DomainId"], UserProfileName="someone")
    profile = world.ok("DescribeUserProfile", DomainId=plain["DomainId"], UserProfileName="someone")
    assert profile["HomeEfsFileSystemUid"].isdigit()


def test_servers_and_notebooks(world: Any) -> None:
    world.ok("CreateMlflowTrackingServer", TrackingServerName="server", ArtifactStoreUri="s3://bucket/ml", RoleArn=ROLE)
    server = world.ok("DescribeMlflowTrackingServer", TrackingServerName="server")
    assert re.fullmatch(r"https://t-[0-9a-f]{12}\.mlflow\.sandbox\.invalid", server["TrackingServerUrl"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", server["MlflowVersion"])
    assert server["TrackingServerSize"] == "Small"
    (listed,) = world.ok("ListMlflowTrackingServers")["TrackingServerSummaries"]
    assert listed["MlflowVersion"] == server["MlflowVersion"]
    notebook = {"InstanceType": "ml.t3.medium", "RoleArn": ROLE}
    world.ok("CreateNotebookInstance", NotebookInstanceName="one", **notebook)
    world.ok("CreateNotebookInstance", NotebookInstanceName="two", SubnetId="subnet-1", **notebook)
    one, two = (world.ok("DescribeNotebookInstance", NotebookInstanceName=name) for name in ("one", "two"))
    assert one["Url"].startswith("one.notebook.")
    assert ("NetworkInterfaceId" in one, two["NetworkInterfaceId"][:4]) == (False, "eni-")


@pytest.mark.parametrize(
    ("region", "zone", "id", "host"),
    [
        ("eu-west-1", r"eu-west-1[abc]", r"euw1-az[123]", r"eu-west-1\.compute\.internal"),
        ("ap-northeast-2", r"ap-northeast-2[abc]", r"apne2-az[123]", r"ap-northeast-2\.compute\.internal"),
        ("us-east-1", r"us-east-1[abc]", r"use1-az[123]", r"ec2\.internal"),
    ],
)
def test_nodes_lie_somewhere(sandbox: Any, make_world: Any, region: str, zone: str, id: str, host: str) -> None:
    world = make_world(sandbox)
    world.region = region
    group = {
        "ExecutionRole": ROLE,
        "InstanceCount": 3,
        "InstanceGroupName": "group",
        "InstanceType": "ml.m5.large",
        "LifeCycleConfig": {"OnCreate": "on_create.sh", "SourceS3Uri": "s3://sagemaker-bucket"},
    }
    world.ok("CreateCluster", ClusterName="cluster", InstanceGroups=[group])
    listed = world.ok("ListClusterNodes", ClusterName="cluster")["ClusterNodeSummaries"]
    addresses = set()
    for node in listed:
        shown = world.ok("DescribeClusterNode", ClusterName="cluster", NodeId=node["InstanceId"])["NodeDetails"]
        assert re.fullmatch(r"10\.1\.\d{1,3}\.\d{1,3}", shown["PrivatePrimaryIp"])
        name = re.escape(shown["PrivatePrimaryIp"].replace(".", "-"))
        assert re.fullmatch(rf"ip-{name}\.{host}", shown["PrivateDnsHostname"])
        assert node["PrivateDnsHostname"] == shown["PrivateDnsHostname"]
        assert re.fullmatch(zone, shown["Placement"]["AvailabilityZone"])
        assert re.fullmatch(id, shown["Placement"]["AvailabilityZoneId"])
        addresses.add(shown["PrivatePrimaryIp"])
    assert len(addresses) == 3


def test_names_to_display_are_names_when_none_was_given(world: Any) -> None:
    world.ok("CreateExperiment", ExperimentName="e")
    world.ok("CreateExperiment", ExperimentName="f", DisplayName="Effort")
    world.ok("CreateTrial", TrialName="t", ExperimentName="e")
    world.ok("CreateTrialComponent", TrialComponentName="c")
    assert world.ok("DescribeExperiment", ExperimentName="e")["DisplayName"] == "e"
    assert world.ok("DescribeExperiment", ExperimentName="f")["DisplayName"] == "Effort"
    assert world.ok("DescribeTrial", TrialName="t")["DisplayName"] == "t"
    assert world.ok("DescribeTrialComponent", TrialComponentName="c")["DisplayName"] == "c"
    shown = world.ok("ListExperiments")["ExperimentSummaries"]
    assert {experiment["DisplayName"] for experiment in shown} == {"e", "Effort"}
    assert [t["DisplayName"] for t in world.ok("ListTrials")["TrialSummaries"]] == ["t"]
    assert [c["DisplayName"] for c in world.ok("ListTrialComponents")["TrialComponentSummaries"]] == ["c"]


@pytest.mark.parametrize(
    "title",
    ["Experiment", "Trial", "TrialComponent", "Pipeline", "ModelPackageGroup", "Project", "Context", "ModelCard"],
)
def test_somebody_created_it(world: Any, title: str) -> None:
    made = world.make(title)
    named = {f"{title}Name": made[f"{title}Name"]}
    shown = world.ok(f"Describe{title}", **named)
    creator = shown["CreatedBy"]["IamIdentity"]
    assert re.fullmatch(r"arn:aws:iam::123456789012:user/.+", creator["Arn"])
    assert re.fullmatch(r"AIDA[0-9A-Z]{17}", creator["PrincipalId"])
    # Of a group of model packages nobody is said to have changed it.
    assert shown.get("LastModifiedBy") == (None if title == "ModelPackageGroup" else shown["CreatedBy"])


def test_rules_are_evaluated_with_their_training_job(still: Any) -> None:
    rules = [{"RuleConfigurationName": "loss", "RuleEvaluatorImage": "image"}]
    still.ok(
        "CreateTrainingJob", **TRAINING, DebugRuleConfigurations=rules, ProfilerConfig={"S3OutputPath": "s3://bucket/p"}
    )

    def status() -> Any:
        return train(still)["DebugRuleEvaluationStatuses"][0]["RuleEvaluationStatus"]

    assert (status(), train(still)["ProfilingStatus"]) == ("InProgress", "Enabled")
    still.pass_time("1h")
    assert status() == "NoIssuesFound"
