"""What the resource classes of sagemaker-core do with the sandbox; skipped where the package is not installed."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.sandbox.service import advance_clock, set_faults

resources: Any = pytest.importorskip("sagemaker.core.resources", reason="sagemaker-core is not installed")
shapes: Any = pytest.importorskip("sagemaker.core.shapes")
errors: Any = pytest.importorskip("sagemaker.core.utils.exceptions")
boto3: Any = pytest.importorskip("boto3")
ClientError: Any = pytest.importorskip("botocore.exceptions").ClientError

if TYPE_CHECKING:
    from collections.abc import Callable

ROLE = "arn:aws:iam::123456789012:role/core"
IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
MACHINE = {"instance_type": "ml.m5.xlarge", "instance_count": 1}

pytestmark = pytest.mark.usefixtures("clock")


def training(name: str = "train", **more: Any) -> Any:
    return resources.TrainingJob.create(
        training_job_name=name,
        role_arn=ROLE,
        algorithm_specification=shapes.AlgorithmSpecification(training_image=IMAGE, training_input_mode="File"),
        resource_config=shapes.ResourceConfig(**MACHINE, volume_size_in_gb=30),
        stopping_condition=shapes.StoppingCondition(max_runtime_in_seconds=600),
        output_data_config=shapes.OutputDataConfig(s3_output_path="s3://bucket/out"),
        **more,
    )


def processing(name: str = "process") -> Any:
    return resources.ProcessingJob.create(
        processing_job_name=name,
        role_arn=ROLE,
        app_specification=shapes.AppSpecification(image_uri=IMAGE),
        processing_resources=shapes.ProcessingResources(
            cluster_config=shapes.ProcessingClusterConfig(**MACHINE, volume_size_in_gb=30)
        ),
    )


def model(name: str = "model") -> Any:
    container = shapes.ContainerDefinition(image=IMAGE, model_data_url="s3://bucket/model.tar.gz")
    return resources.Model.create(model_name=name, primary_container=container, execution_role_arn=ROLE)


def endpoint(name: str = "web") -> Any:
    model()
    variant = shapes.ProductionVariant(
        variant_name="all", model_name="model", initial_instance_count=1, instance_type="ml.m5.large"
    )
    resources.EndpointConfig.create(endpoint_config_name="config", production_variants=[variant])
    return resources.Endpoint.create(endpoint_name=name, endpoint_config_name="config")


def domain() -> Any:
    made = resources.Domain.create(
        domain_name="studio",
        auth_mode="IAM",
        default_user_settings=shapes.UserSettings(execution_role=ROLE),
        subnet_ids=["subnet-12345678"],
        vpc_id="vpc-12345678",
    )
    made.wait_for_status("InService")
    return made


def test_a_training_job_is_waited_for_with_its_logs(caplog: pytest.LogCaptureFixture) -> None:
    job = training(environment={"STAGE": "dev"})
    job.wait(poll=1, logs=True)
    assert job.training_job_status == "Completed"
    assert job.model_artifacts.s3_model_artifacts == "s3://bucket/out/train/output/model.tar.gz"
    assert job.secondary_status_transitions[-1].status == "Completed"
    assert job.environment == {"STAGE": "dev"}


def test_a_training_job_that_fails_says_why(folder: str) -> None:
    set_faults(folder, {"fail": [{"family": "TrainingJob", "name": "bad*", "reason": "AlgorithmError: no data"}]})
    job = training("bad-data")
    with pytest.raises(errors.FailedStatusError, match="AlgorithmError: no data"):
        job.wait(poll=1)


def test_a_training_job_is_stopped(clock: Callable[[str], None], folder: str) -> None:
    clock("frozen")
    job = training()
    job.stop()
    job.refresh()
    assert job.training_job_status == "Stopping"
    advance_clock(folder, "1h")
    job.wait(poll=1)
    assert job.training_job_status == "Stopped"


def test_training_jobs_are_listed_page_by_page() -> None:
    for number in range(12):
        training(f"job-{number:02}")
    found = list(resources.TrainingJob.get_all(sort_by="Name", sort_order="Ascending", name_contains="job"))
    assert [job.training_job_name for job in found] == [f"job-{number:02}" for number in range(12)]


def test_a_processing_job() -> None:
    job = processing()
    job.wait(poll=1, logs=True)
    assert job.processing_job_status == "Completed"
    job.delete()
    assert list(resources.ProcessingJob.get_all()) == []


def test_a_transform_job() -> None:
    model()
    job = resources.TransformJob.create(
        transform_job_name="score",
        model_name="model",
        transform_input=shapes.TransformInput(
            data_source=shapes.TransformDataSource(
                s3_data_source=shapes.TransformS3DataSource(s3_data_type="S3Prefix", s3_uri="s3://bucket/in")
            )
        ),
        transform_output=shapes.TransformOutput(s3_output_path="s3://bucket/scores"),
        transform_resources=shapes.TransformResources(**MACHINE),
    )
    job.wait(poll=1, logs=True)
    assert job.transform_job_status == "Completed"
    assert resources.TransformJob.get("score").transform_end_time is not None


def test_an_endpoint_answers_and_goes() -> None:
    web = endpoint()
    web.wait_for_status("InService", poll=1)
    answer = web.invoke(body=b"1,2,3", content_type="text/csv", accept="text/csv")
    assert answer.body.read() == b"1,2,3"
    assert answer.invoked_production_variant == "all"
    web.delete()
    web.wait_for_delete(poll=1)
    resources.EndpointConfig.get("config").delete()
    resources.Model.get("model").delete()
    assert list(resources.Endpoint.get_all()) == []


def test_an_endpoint_is_updated() -> None:
    web = endpoint()
    variant = shapes.ProductionVariant(
        variant_name="all", model_name="model", initial_instance_count=3, instance_type="ml.m5.large"
    )
    resources.EndpointConfig.create(endpoint_config_name="larger", production_variants=[variant])
    web.endpoint_config_name = "larger"
    web.update()
    web.wait_for_status("InService", poll=1)
    assert web.production_variants[0].current_instance_count == 3
    web.update_weights_and_capacities([shapes.DesiredWeightAndCapacity(variant_name="all", desired_instance_count=2)])
    web.refresh()
    assert web.production_variants[0].desired_instance_count == 2


def test_an_answer_for_later() -> None:
    model()
    variant = shapes.ProductionVariant(
        variant_name="all", model_name="model", initial_instance_count=1, instance_type="ml.m5.large"
    )
    output = shapes.AsyncInferenceOutputConfig(s3_output_path="s3://bucket/answers")
    resources.EndpointConfig.create(
        endpoint_config_name="later",
        production_variants=[variant],
        async_inference_config=shapes.AsyncInferenceConfig(output_config=output),
    )
    web = resources.Endpoint.create(endpoint_name="web", endpoint_config_name="later")
    later = web.invoke_async(input_location="s3://bucket/in.csv", content_type="text/csv")
    assert later.output_location.startswith("s3://bucket/answers/")


def test_a_missing_resource_is_a_client_error() -> None:
    with pytest.raises(ClientError, match="Could not find model"):
        resources.Model.get("nothing")


def test_an_inference_component_is_on_an_endpoint() -> None:
    variant = shapes.ProductionVariant(variant_name="all", initial_instance_count=1, instance_type="ml.g5.xlarge")
    resources.EndpointConfig.create(endpoint_config_name="bare", production_variants=[variant], execution_role_arn=ROLE)
    resources.Endpoint.create(endpoint_name="web", endpoint_config_name="bare")
    model()
    component = resources.InferenceComponent.create(
        inference_component_name="part",
        endpoint_name="web",
        variant_name="all",
        specification=shapes.InferenceComponentSpecification(
            model_name="model",
            compute_resource_requirements=shapes.InferenceComponentComputeResourceRequirements(
                number_of_accelerator_devices_required=1, min_memory_required_in_mb=1024
            ),
        ),
        runtime_config=shapes.InferenceComponentRuntimeConfig(copy_count=1),
    )
    component.wait_for_status("InService", poll=1)
    component.update_runtime_configs(shapes.InferenceComponentRuntimeConfig(copy_count=2))
    component.refresh()
    assert component.runtime_config.desired_copy_count == 2
    component.delete()
    component.wait_for_delete(poll=1)


def test_a_tuning_job_has_a_best_training_job() -> None:
    objective = shapes.HyperParameterTuningJobObjective(type="Minimize", metric_name="loss")
    rate = shapes.ContinuousParameterRange(name="rate", min_value="0.1", max_value="0.9")
    job = resources.HyperParameterTuningJob.create(
        hyper_parameter_tuning_job_name="tune",
        hyper_parameter_tuning_job_config=shapes.HyperParameterTuningJobConfig(
            strategy="Bayesian",
            hyper_parameter_tuning_job_objective=objective,
            resource_limits=shapes.ResourceLimits(max_number_of_training_jobs=4, max_parallel_training_jobs=2),
            parameter_ranges=shapes.ParameterRanges(continuous_parameter_ranges=[rate]),
        ),
        training_job_definition=shapes.HyperParameterTrainingJobDefinition(
            algorithm_specification=shapes.HyperParameterAlgorithmSpecification(
                training_image=IMAGE,
                training_input_mode="File",
                metric_definitions=[shapes.MetricDefinition(name="loss", regex="loss: (.*)")],
            ),
            role_arn=ROLE,
            output_data_config=shapes.OutputDataConfig(s3_output_path="s3://bucket/tuned"),
            resource_config=shapes.ResourceConfig(**MACHINE, volume_size_in_gb=30),
            stopping_condition=shapes.StoppingCondition(max_runtime_in_seconds=600),
        ),
    )
    job.wait(poll=1)
    assert job.hyper_parameter_tuning_job_status == "Completed"
    assert len(list(job.get_all_training_jobs())) == 4
    best = job.best_training_job
    assert resources.TrainingJob.get(best.training_job_name).training_job_status == "Completed"
    assert best.final_hyper_parameter_tuning_job_objective_metric.metric_name == "loss"


def test_records_of_a_feature_group_are_kept() -> None:
    group = resources.FeatureGroup.create(
        feature_group_name="customers",
        record_identifier_feature_name="id",
        event_time_feature_name="at",
        feature_definitions=[
            shapes.FeatureDefinition(feature_name="id", feature_type="String"),
            shapes.FeatureDefinition(feature_name="at", feature_type="Fractional"),
        ],
        online_store_config=shapes.OnlineStoreConfig(enable_online_store=True),
    )
    group.wait_for_status("Created", poll=1)
    values = [
        shapes.FeatureValue(feature_name="id", value_as_string="c1"),
        shapes.FeatureValue(feature_name="at", value_as_string=str(int(time.time()))),
    ]
    group.put_record(record=values)
    found = group.get_record(record_identifier_value_as_string="c1")
    assert {value.feature_name: value.value_as_string for value in found.record}["id"] == "c1"
    group.delete_record(record_identifier_value_as_string="c1", event_time=str(int(time.time()) + 1))
    group.update(feature_additions=[shapes.FeatureDefinition(feature_name="score", feature_type="Fractional")])
    group.refresh()
    assert [each.feature_name for each in group.feature_definitions] == ["id", "at", "score"]
    group.delete()


def test_a_pipeline_runs_its_steps() -> None:
    arguments = {
        "RoleArn": ROLE,
        "AppSpecification": {"ImageUri": IMAGE},
        "ProcessingResources": {
            "ClusterConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 30}
        },
    }
    definition = {"Version": "2020-12-01", "Steps": [{"Name": "Clean", "Type": "Processing", "Arguments": arguments}]}
    pipeline = resources.Pipeline.create(
        pipeline_name="flow",
        client_request_token="t" * 32,
        role_arn=ROLE,
        pipeline_definition=json.dumps(definition),
    )
    asked = {"PipelineName": "flow", "ClientRequestToken": "u" * 32}
    arn = boto3.client("sagemaker").start_pipeline_execution(**asked)["PipelineExecutionArn"]
    execution = resources.PipelineExecution.get(arn)
    execution.wait_for_status("Succeeded", poll=1)
    assert execution.pipeline_execution_status == "Succeeded"
    step = next(iter(execution.get_all_steps()))
    assert (step.step_name, step.step_status) == ("Clean", "Succeeded")
    made = resources.ProcessingJob.get(step.metadata.processing_job.arn.rpartition("/")[2])
    assert made.processing_job_status == "Completed"
    pipeline.update(pipeline_description="new")
    pipeline.refresh()
    assert pipeline.pipeline_description == "new"
    pipeline.delete(client_request_token="v" * 32)


def test_a_model_package_is_approved() -> None:
    group = resources.ModelPackageGroup.create(model_package_group_name="churn")
    group.wait_for_status("Completed", poll=1)
    # Two shapes of the package have the name of the specification, and the one that counts is a model card's.
    specification = {
        "Containers": [{"Image": IMAGE}],
        "SupportedContentTypes": ["text/csv"],
        "SupportedResponseMIMETypes": ["text/csv"],
    }
    made = boto3.client("sagemaker").create_model_package(
        ModelPackageGroupName="churn",
        InferenceSpecification=specification,
        ModelApprovalStatus="PendingManualApproval",
    )
    # Of what is in a list the class knows the ARN; of what it describes, a name that versions share.
    package = next(iter(resources.ModelPackage.get_all(model_package_group_name="churn")))
    assert package.model_package_arn == made["ModelPackageArn"]
    boto3.client("sagemaker").update_model_package(
        ModelPackageArn=package.model_package_arn, ModelApprovalStatus="Approved"
    )
    package = resources.ModelPackage.get(made["ModelPackageArn"])
    assert (package.model_package_version, package.model_approval_status) == (1, "Approved")
    found = list(resources.ModelPackage.get_all(model_package_group_name="churn", model_approval_status="Approved"))
    assert len(found) == 1
    boto3.client("sagemaker").delete_model_package(ModelPackageName=package.model_package_arn)
    group.delete()


def test_a_domain_with_a_profile_and_an_app() -> None:
    studio = domain()
    profile = resources.UserProfile.create(domain_id=studio.domain_id, user_profile_name="ada")
    profile.wait_for_status("InService", poll=1)
    named = {"DomainId": studio.domain_id, "UserProfileName": "ada", "AppType": "JupyterServer", "AppName": "default"}
    boto3.client("sagemaker").create_app(**named)  # the class looks for what it made without its profile
    app = resources.App.get(
        domain_id=studio.domain_id, user_profile_name="ada", app_type="JupyterServer", app_name="default"
    )
    app.wait_for_status("InService", poll=1)
    app.delete()
    app.wait_for_delete(poll=1)
    profile.delete()
    profile.wait_for_delete(poll=1)
    studio.delete(retention_policy=shapes.RetentionPolicy(home_efs_file_system="Delete"))
    studio.wait_for_delete(poll=1)
    assert list(resources.Domain.get_all()) == []


def test_a_space_of_a_domain() -> None:
    studio = domain()
    space = resources.Space.create(domain_id=studio.domain_id, space_name="team")
    space.wait_for_status("InService", poll=1)
    space.update(space_display_name="Team")
    space.wait_for_status("InService", poll=1)
    assert space.space_display_name == "Team"
    space.delete()
    space.wait_for_delete(poll=1)


def test_a_monitoring_schedule() -> None:
    endpoint()
    resources.DataQualityJobDefinition.create(
        job_definition_name="quality",
        data_quality_app_specification=shapes.DataQualityAppSpecification(image_uri=IMAGE),
        data_quality_job_input=shapes.DataQualityJobInput(
            endpoint_input=shapes.EndpointInput(endpoint_name="web", local_path="/opt/ml/in")
        ),
        data_quality_job_output_config=shapes.MonitoringOutputConfig(
            monitoring_outputs=[
                shapes.MonitoringOutput(
                    s3_output=shapes.MonitoringS3Output(s3_uri="s3://bucket/reports", local_path="/opt/ml/out")
                )
            ]
        ),
        job_resources=shapes.MonitoringResources(
            cluster_config=shapes.MonitoringClusterConfig(**MACHINE, volume_size_in_gb=30)
        ),
        role_arn=ROLE,
    )
    schedule = resources.MonitoringSchedule.create(
        monitoring_schedule_name="hourly",
        monitoring_schedule_config=shapes.MonitoringScheduleConfig(
            schedule_config=shapes.ScheduleConfig(schedule_expression="cron(0 * ? * * *)"),
            monitoring_job_definition_name="quality",
            monitoring_type="DataQuality",
        ),
    )
    schedule.wait_for_status("Scheduled", poll=1)
    schedule.stop()
    schedule.wait_for_status("Stopped", poll=1)
    schedule.delete()


def test_a_cluster_and_its_nodes() -> None:
    group = shapes.ClusterInstanceGroupSpecification(
        instance_count=2,
        instance_group_name="workers",
        instance_type="ml.p4d.24xlarge",
        life_cycle_config=shapes.ClusterLifeCycleConfig(source_s3_uri="s3://sagemaker-setup", on_create="setup.sh"),
        execution_role=ROLE,
    )
    cluster = resources.Cluster.create(cluster_name="hyper", instance_groups=[group])
    cluster.wait_for_status("InService", poll=1)
    nodes = list(cluster.get_all_nodes())
    assert len(nodes) == 2
    assert {node.instance_status.status for node in nodes} == {"Running"}
    boto3.client("sagemaker").update_cluster_software(ClusterName="hyper")  # the class sends what it was shown
    cluster.wait_for_status("InService", poll=1)
    cluster.delete()
    cluster.wait_for_delete(poll=1)


def test_a_notebook_instance() -> None:
    notebook = resources.NotebookInstance.create(
        notebook_instance_name="notes", instance_type="ml.t3.medium", role_arn=ROLE
    )
    notebook.wait_for_status("InService", poll=1)
    notebook.stop()
    notebook.wait_for_status("Stopped", poll=1)
    notebook.update(instance_type="ml.t3.large")
    notebook.start()
    notebook.wait_for_status("InService", poll=1)
    assert notebook.instance_type == "ml.t3.large"
    notebook.stop()
    notebook.delete()
    notebook.wait_for_delete(poll=1)


def test_an_auto_ml_job_has_candidates() -> None:
    job = resources.AutoMLJobV2.create(
        auto_ml_job_name="auto",
        auto_ml_job_input_data_config=[
            shapes.AutoMLJobChannel(
                channel_type="training",
                data_source=shapes.AutoMLDataSource(
                    s3_data_source=shapes.AutoMLS3DataSource(s3_data_type="S3Prefix", s3_uri="s3://bucket/in")
                ),
            )
        ],
        output_data_config=shapes.AutoMLOutputDataConfig(s3_output_path="s3://bucket/auto"),
        auto_ml_problem_type_config=shapes.AutoMLProblemTypeConfig(
            tabular_job_config=shapes.TabularJobConfig(target_attribute_name="churned")
        ),
        role_arn=ROLE,
    )
    job.wait(poll=1)
    assert job.best_candidate.candidate_status == "Completed"
    assert job.auto_ml_job_status == "Completed"


def test_a_compilation_job() -> None:
    job = resources.CompilationJob.create(
        compilation_job_name="compile",
        role_arn=ROLE,
        input_config=shapes.InputConfig(s3_uri="s3://bucket/model.tar.gz", framework="PYTORCH"),
        output_config=shapes.OutputConfig(s3_output_location="s3://bucket/compiled", target_device="ml_c5"),
        stopping_condition=shapes.StoppingCondition(max_runtime_in_seconds=600),
    )
    job.wait(poll=1)
    assert job.compilation_job_status == "COMPLETED"


def test_an_experiment_with_trials_and_components() -> None:
    experiment = resources.Experiment.create(experiment_name="churn")
    trial = resources.Trial.create(trial_name="first", experiment_name="churn")
    component = resources.TrialComponent.create(
        trial_component_name="run",
        status=shapes.TrialComponentStatus(primary_status="InProgress"),
        parameters={"depth": shapes.TrialComponentParameterValue(number_value=3)},
    )
    component.associate_trail(trial_name="first")
    component.update(status=shapes.TrialComponentStatus(primary_status="Completed"))
    component.refresh()
    assert component.parameters["depth"].number_value == 3
    assert [each.trial_component_name for each in resources.TrialComponent.get_all(trial_name="first")] == ["run"]
    component.disassociate_trail(trial_name="first")
    component.delete()
    trial.delete()
    experiment.delete()


def test_a_model_card_and_its_export() -> None:
    card = resources.ModelCard.create(
        model_card_name="card",
        content=json.dumps({"model_overview": {"model_name": "churn"}}),
        model_card_status="Draft",
    )
    card.update(model_card_status="Approved")
    assert resources.ModelCard.get("card").model_card_status == "Approved"
    export = resources.ModelCardExportJob.create(
        model_card_name="card",
        model_card_export_job_name="pdf",
        output_config=shapes.ModelCardExportOutputConfig(s3_output_path="s3://bucket/cards"),
    )
    export.wait(poll=1)
    assert export.status == "Completed"
    assert [version.model_card_version for version in card.get_all_versions()] == [1]  # those of its own status


def test_an_image() -> None:
    image = resources.Image.create(image_name="custom", role_arn=ROLE)
    image.wait_for_status("CREATED", poll=1)
    image.update(display_name="Custom")
    image.refresh()
    assert image.display_name == "Custom"
    image.delete()
    image.wait_for_delete(poll=1)


def test_artifacts_and_what_came_of_them() -> None:
    made = [
        resources.Artifact.create(artifact_type=kind, source=shapes.ArtifactSource(source_uri=f"s3://bucket/{kind}"))
        for kind in ("DataSet", "Model")
    ]
    resources.Association.add(
        source_arn=made[0].artifact_arn, destination_arn=made[1].artifact_arn, association_type="ContributedTo"
    )
    found = list(resources.Association.get_all(source_arn=made[0].artifact_arn))
    assert [each.destination_arn for each in found] == [made[1].artifact_arn]


def test_tags_are_added_and_taken() -> None:
    made = model()
    tags = [{"key": "b", "value": "1"}, {"key": "a", "value": "2"}]
    resources.Tag.add_tags(resource_arn=made.model_arn, tags=tags)
    resources.Tag.delete_tags(resource_arn=made.model_arn, tag_keys=["b"])
    assert [(tag.key, tag.value) for tag in resources.Tag.get_all(resource_arn=made.model_arn)] == [("a", "2")]


def test_a_tracking_server() -> None:
    server = resources.MlflowTrackingServer.create(
        tracking_server_name="runs", artifact_store_uri="s3://bucket/mlflow", role_arn=ROLE
    )
    server.wait_for_status("Created", poll=1)
    server.stop()
    server.wait_for_status("Stopped", poll=1)
    server.start()
    server.wait_for_status("Started", poll=1)
    server.delete()


def test_an_optimization_job() -> None:
    model()
    job = resources.OptimizationJob.create(
        optimization_job_name="smaller",
        role_arn=ROLE,
        model_source=shapes.OptimizationJobModelSource(
            s3=shapes.OptimizationJobModelSourceS3(s3_uri="s3://bucket/llm/")
        ),
        deployment_instance_type="ml.g5.xlarge",
        optimization_configs=[
            shapes.OptimizationConfig(model_quantization_config=shapes.ModelQuantizationConfig(image=IMAGE))
        ],
        output_config=shapes.OptimizationJobOutputConfig(s3_output_location="s3://bucket/smaller"),
        stopping_condition=shapes.StoppingCondition(max_runtime_in_seconds=600),
    )
    job.wait(poll=1)
    assert job.optimization_job_status == "COMPLETED"
