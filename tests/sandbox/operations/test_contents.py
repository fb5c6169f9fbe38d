"""Things with versions: hub contents, model packages, images, model cards; features, alerts, edge fleets."""

from typing import Any

HUB = {"HubContentType": "Model", "DocumentSchemaVersion": "2.0.0", "HubContentDocument": "{}"}


def test_hub_contents_have_versions(world: Any) -> None:
    hub = world.make("Hub")["HubName"]
    for version in ("1.0.0", "1.10.0", "1.9.0"):
        world.ok("ImportHubContent", HubName=hub, HubContentName="c", HubContentVersion=version, **HUB)
    named = {"HubName": hub, "HubContentType": "Model", "HubContentName": "c"}
    assert world.ok("DescribeHubContent", **named)["HubContentVersion"] == "1.10.0"
    arn = world.ok("DescribeHubContent", **named, HubContentVersion="1.9.0")["HubContentArn"]
    assert arn.endswith(f":hub-content/{hub}/Model/c/1.9.0")
    listed = world.ok("ListHubContents", HubName=hub, HubContentType="Model")["HubContentSummaries"]
    assert [c["HubContentVersion"] for c in listed] == ["1.10.0"]
    listed = world.ok("ListHubContentVersions", **named, MinVersion="1.5.0")["HubContentSummaries"]
    assert {c["HubContentVersion"] for c in listed} == {"1.10.0", "1.9.0"}
    assert (
        world.refused("ImportHubContent", HubName=hub, HubContentName="c", HubContentVersion="1.0.0", **HUB)[0]
        == "ResourceInUse"
    )
    world.ok("DeleteHubContent", **named, HubContentVersion="1.10.0")
    assert world.ok("DescribeHubContent", **named)["HubContentVersion"] == "1.9.0"


def test_references_to_public_contents(world: Any) -> None:
    hub = world.make("Hub")["HubName"]
    public = "arn:aws:sagemaker:eu-west-1:aws:hub-content/SageMakerPublicHub/Model/public-model"
    world.ok("CreateHubContentReference", HubName=hub, SageMakerPublicHubContentArn=public)
    named = {"HubName": hub, "HubContentType": "ModelReference", "HubContentName": "public-model"}
    assert world.ok("DescribeHubContent", **named)["SageMakerPublicHubContentArn"] == public
    world.ok("UpdateHubContentReference", **named, MinVersion="1.2.0")
    assert world.ok("DescribeHubContent", **named)["ReferenceMinVersion"] == "1.2.0"
    assert (
        world.refused("CreateHubContentReference", HubName=hub, SageMakerPublicHubContentArn=public)[0]
        == "ResourceInUse"
    )
    world.ok("DeleteHubContentReference", **named)
    assert world.refused("DescribeHubContent", **named)[0] == "ResourceNotFound"


def test_packages_in_groups_are_numbered(world: Any) -> None:
    world.ok("CreateModelPackageGroup", ModelPackageGroupName="g")
    arns = [world.ok("CreateModelPackage", ModelPackageGroupName="g")["ModelPackageArn"] for _ in range(2)]
    assert [arn.rpartition(":")[2] for arn in arns] == ["model-package/g/1", "model-package/g/2"]
    world.ok("CreateModelPackage", ModelPackageName="alone")

    def names(**by: Any) -> Any:
        return {p["ModelPackageArn"] for p in world.ok("ListModelPackages", **by)["ModelPackageSummaryList"]}

    assert names(ModelPackageGroupName="g") == set(arns)
    assert names(ModelPackageType="Versioned") == set(arns)
    assert len(names(ModelPackageType="Both")) == 3
    assert len(names()) == 1
    both = world.ok("ListModelPackages", ModelPackageType="Both")["ModelPackageSummaryList"]
    assert sorted(package.get("ModelPackageName", "") for package in both) == ["", "", "alone"]
    world.ok(
        "UpdateModelPackage",
        ModelPackageArn=arns[0],
        ModelApprovalStatus="Approved",
        CustomerMetadataProperties={"a": "1"},
    )
    world.ok("UpdateModelPackage", ModelPackageArn=arns[0], CustomerMetadataProperties={"b": "2"})
    world.ok("UpdateModelPackage", ModelPackageArn=arns[0], CustomerMetadataPropertiesToRemove=["a"])
    shown = world.ok("DescribeModelPackage", ModelPackageName=arns[0])
    assert (shown["ModelApprovalStatus"], shown["CustomerMetadataProperties"]) == ("Approved", {"b": "2"})
    assert names(ModelPackageGroupName="g", ModelApprovalStatus="Approved") == {arns[0]}
    many = world.ok("BatchDescribeModelPackage", ModelPackageArnList=[arns[1], arns[1] + "0"])
    assert list(many["ModelPackageSummaries"]) == [arns[1]]
    assert many["BatchDescribeModelPackageErrorMap"][arns[1] + "0"]["ErrorCode"] == "ValidationException"
    # A number is never given again.
    world.ok("DeleteModelPackage", ModelPackageName=arns[1])
    assert world.ok("CreateModelPackage", ModelPackageGroupName="g")["ModelPackageArn"].endswith("/g/3")


def test_policies_of_groups(world: Any) -> None:
    world.ok("CreateModelPackageGroup", ModelPackageGroupName="g")
    assert world.refused("GetModelPackageGroupPolicy", ModelPackageGroupName="g")[0] == "ValidationException"
    world.ok("PutModelPackageGroupPolicy", ModelPackageGroupName="g", ResourcePolicy="{}")
    assert world.ok("GetModelPackageGroupPolicy", ModelPackageGroupName="g") == {"ResourcePolicy": "{}"}
    world.ok("DeleteModelPackageGroupPolicy", ModelPackageGroupName="g")
    world.refused("GetModelPackageGroupPolicy", ModelPackageGroupName="g")


def test_versions_and_aliases_of_images(world: Any) -> None:
    image = world.make("Image")["ImageName"]

    def add(*aliases: str) -> Any:
        given = {"ImageName": image, "BaseImage": "b", "ClientToken": world.token(), "Aliases": list(aliases)}
        return world.ok("CreateImageVersion", **given)

    assert add("one")["ImageVersionArn"].endswith(f":image-version/{image}/1")
    add("latest")
    assert world.ok("DescribeImageVersion", ImageName=image)["Version"] == 2
    assert world.ok("DescribeImageVersion", ImageName=image, Alias="one")["Version"] == 1
    world.ok("UpdateImageVersion", ImageName=image, Version=1, AliasesToAdd=["latest"])
    assert world.ok("DescribeImageVersion", ImageName=image, Alias="latest")["Version"] == 1
    assert sorted(world.ok("ListAliases", ImageName=image)["SageMakerImageVersionAliases"]) == ["latest", "one"]
    assert world.ok("ListAliases", ImageName=image, Version=2)["SageMakerImageVersionAliases"] == []
    world.ok("DeleteImageVersion", ImageName=image, Version=2)
    assert world.ok("DescribeImageVersion", ImageName=image)["Version"] == 1
    assert world.refused("DescribeImageVersion", ImageName=image, Version=2)[0] == "ResourceNotFound"


def test_cards_keep_their_versions(world: Any) -> None:
    world.ok("CreateModelCard", ModelCardName="c", Content="{}", ModelCardStatus="Draft")
    world.ok("UpdateModelCard", ModelCardName="c", Content='{"a": 1}', ModelCardStatus="Approved")
    now = world.ok("DescribeModelCard", ModelCardName="c")
    assert (now["ModelCardVersion"], now["ModelCardStatus"], now["Content"]) == (2, "Approved", '{"a": 1}')
    old = world.ok("DescribeModelCard", ModelCardName="c", ModelCardVersion=1)
    assert (old["ModelCardVersion"], old["ModelCardStatus"], old["Content"]) == (1, "Draft", "{}")
    listed = world.ok("ListModelCardVersions", ModelCardName="c")["ModelCardVersionSummaryList"]
    assert [v["ModelCardVersion"] for v in listed] == [1, 2]
    assert [v["LastModifiedTime"] for v in listed] == [v["CreationTime"] for v in listed]
    made = world.ok(
        "CreateModelCardExportJob",
        ModelCardName="c",
        ModelCardExportJobName="x",
        OutputConfig={"S3OutputPath": "s3://b/"},
    )
    shown = world.ok("DescribeModelCardExportJob", **made)
    assert shown["ExportArtifacts"]["S3ExportArtifacts"] == "s3://b/c/2/x.pdf"
    world.ok("DeleteModelCard", ModelCardName="c")
    assert world.refused("DescribeModelCardExportJob", **made)[0] == "ResourceNotFound"


def test_features_and_their_notes(world: Any) -> None:
    name = world.make("FeatureGroup")["FeatureGroupName"]
    added = [{"FeatureName": "second", "FeatureType": "Integral"}]
    world.ok("UpdateFeatureGroup", FeatureGroupName=name, FeatureAdditions=added)
    world.refused("UpdateFeatureGroup", FeatureGroupName=name, FeatureAdditions=added)
    parameters = [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
    named = {"FeatureGroupName": name, "FeatureName": "second"}
    world.ok("UpdateFeatureMetadata", **named, Description="d", ParameterAdditions=parameters)
    world.ok("UpdateFeatureMetadata", **named, ParameterRemovals=["a"])
    shown = world.ok("DescribeFeatureMetadata", **named)
    assert (shown["FeatureType"], shown["Description"], shown["Parameters"]) == ("Integral", "d", parameters[1:])
    assert world.refused("DescribeFeatureMetadata", FeatureGroupName=name, FeatureName="none")[0] == "ResourceNotFound"


def test_alerts_of_schedules(world: Any) -> None:
    name = world.make("MonitoringSchedule")["MonitoringScheduleName"]
    (alert,) = world.ok("ListMonitoringAlerts", MonitoringScheduleName=name)["MonitoringAlertSummaries"]
    alert = alert["MonitoringAlertName"]
    wanted = {"DatapointsToAlert": 3, "EvaluationPeriod": 5}
    world.ok("UpdateMonitoringAlert", MonitoringScheduleName=name, MonitoringAlertName=alert, **wanted)
    (shown,) = world.ok("ListMonitoringAlerts", MonitoringScheduleName=name)["MonitoringAlertSummaries"]
    assert wanted.items() <= shown.items()


def test_fleets_and_stages(world: Any) -> None:
    device = world.make("Device")
    fleet = device["DeviceFleetName"]
    report = world.ok("GetDeviceFleetReport", DeviceFleetName=fleet)
    assert report["DeviceStats"] == {"ConnectedDeviceCount": 0, "RegisteredDeviceCount": 1}
    model = {"ModelHandle": "h", "EdgePackagingJobName": world.make("EdgePackagingJob")["EdgePackagingJobName"]}
    world.ok("CreateEdgeDeploymentPlan", EdgeDeploymentPlanName="p", ModelConfigs=[model], DeviceFleetName=fleet)
    stage = {
        "StageName": "s",
        "DeviceSelectionConfig": {"DeviceSubsetType": "SELECTION", "DeviceNames": [device["DeviceName"]]},
    }
    world.ok("CreateEdgeDeploymentStage", EdgeDeploymentPlanName="p", Stages=[stage])
    named = {"EdgeDeploymentPlanName": "p", "StageName": "s"}
    world.ok("StartEdgeDeploymentStage", **named)
    (shown,) = world.ok("ListStageDevices", **named)["DeviceDeploymentSummaries"]
    assert (shown["DeviceName"], shown["DeviceDeploymentStatus"]) == (device["DeviceName"], "INPROGRESS")
    assert world.refused("DeleteEdgeDeploymentStage", **named)[0] == "ResourceInUse"
    world.ok("StopEdgeDeploymentStage", **named)
    world.ok("DeleteEdgeDeploymentStage", **named)
    assert world.ok("DescribeEdgeDeploymentPlan", EdgeDeploymentPlanName="p")["Stages"] == []


def test_endpoints_follow_their_configurations(world: Any) -> None:
    model = world.make("Model")["ModelName"]
    for name, size in (("small", 1), ("large", 3)):
        variant = {"VariantName": "v", "ModelName": model, "InstanceType": "ml.m5.large", "InitialInstanceCount": size}
        world.ok("CreateEndpointConfig", EndpointConfigName=name, ProductionVariants=[variant])
    world.ok("CreateEndpoint", EndpointName="e", EndpointConfigName="small")

    def count() -> Any:
        return world.ok("DescribeEndpoint", EndpointName="e")["ProductionVariants"][0]["CurrentInstanceCount"]

    assert count() == 1
    world.ok("UpdateEndpoint", EndpointName="e", EndpointConfigName="large", RetainAllVariantProperties=True)
    assert count() == 1
    world.ok("UpdateEndpoint", EndpointName="e", EndpointConfigName="large")
    assert count() == 3
    weights = [{"VariantName": "v", "DesiredInstanceCount": 2, "DesiredWeight": 0.5}]
    world.ok("UpdateEndpointWeightsAndCapacities", EndpointName="e", DesiredWeightsAndCapacities=weights)
    assert count() == 2
    for named, sentence in (
        (["v", "x"], 'The variant name(s) "x" is/are not present within endpoint configuration "large".'),
        (["v", "v"], 'The variant name "v" was non-unique within the request.'),
    ):
        weights = [{"VariantName": variant, "DesiredWeight": 1.5} for variant in named]
        asked = {"EndpointName": "e", "DesiredWeightsAndCapacities": weights}
        assert world.refused("UpdateEndpointWeightsAndCapacities", **asked) == ("ValidationException", sentence)
        assert count() == 2
    world.ok("PutEndpointPolicy", EndpointName="e", ResourcePolicy="{}")
    assert world.ok("GetEndpointPolicy", EndpointName="e")["ResourcePolicy"] == "{}"
    world.ok("DeleteEndpointPolicy", EndpointName="e")
    assert "ResourcePolicy" not in world.ok("GetEndpointPolicy", EndpointName="e")


def test_components_of_endpoints(world: Any) -> None:
    name = world.make("InferenceComponent")
    shown = world.ok("DescribeInferenceComponent", InferenceComponentName=name["InferenceComponentName"])
    assert shown["EndpointArn"].endswith(shown["EndpointName"])
    wanted = {"CopyCount": 4}
    world.ok(
        "UpdateInferenceComponentRuntimeConfig",
        InferenceComponentName=shown["InferenceComponentName"],
        DesiredRuntimeConfig=wanted,
    )
    shown = world.ok("DescribeInferenceComponent", InferenceComponentName=shown["InferenceComponentName"])
    assert shown["RuntimeConfig"] == {"DesiredCopyCount": 4, "CurrentCopyCount": 4}


def test_notebooks_lose_what_is_disassociated(world: Any) -> None:
    notebook = world.create_input("NotebookInstance", world.minimal)
    world.ok("CreateNotebookInstanceLifecycleConfig", NotebookInstanceLifecycleConfigName="config")
    world.ok("CreateNotebookInstance", **notebook, LifecycleConfigName="config", DefaultCodeRepository="https://git/x")
    name = notebook["NotebookInstanceName"]
    shown = world.ok("DescribeNotebookInstance", NotebookInstanceName=name)
    assert shown["NotebookInstanceLifecycleConfigName"] == "config"
    world.ok("StopNotebookInstance", NotebookInstanceName=name)
    gone = {"DisassociateLifecycleConfig": True, "DisassociateDefaultCodeRepository": True}
    world.ok("UpdateNotebookInstance", NotebookInstanceName=name, **gone)
    shown = world.ok("DescribeNotebookInstance", NotebookInstanceName=name)
    assert shown["NotebookInstanceStatus"] == "Stopped"
    assert not {"NotebookInstanceLifecycleConfigName", "DefaultCodeRepository"} & set(shown)


def test_the_portfolio_is_remembered(world: Any) -> None:
    assert world.ok("GetSagemakerServicecatalogPortfolioStatus") == {"Status": "Disabled"}
    world.ok("EnableSagemakerServicecatalogPortfolio")
    assert world.ok("GetSagemakerServicecatalogPortfolioStatus") == {"Status": "Enabled"}


def test_labeling_jobs_of_a_work_team(world: Any) -> None:
    job = world.make("LabelingJob")["_asked"]
    team = job["HumanTaskConfig"]["WorkteamArn"]
    listed = world.ok("ListLabelingJobsForWorkteam", WorkteamArn=team)["LabelingJobSummaryList"]
    assert [j["LabelingJobName"] for j in listed] == [job["LabelingJobName"]]
