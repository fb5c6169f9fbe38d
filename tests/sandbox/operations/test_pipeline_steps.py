"""What the steps of pipelines make, refer to and decide."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from awsshadow.sandbox import service

ROLE = "arn:aws:iam::123456789012:role/sandbox-role"
TRAINING = {
    "AlgorithmSpecification": {"TrainingImage": "image", "TrainingInputMode": "File"},
    "OutputDataConfig": {"S3OutputPath": "s3://bucket/models"},
    "ResourceConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 30},
    "RoleArn": ROLE,
    "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
}
PROCESSING = {
    "AppSpecification": {"ImageUri": "image"},
    "ProcessingOutputConfig": {
        "Outputs": [
            {
                "OutputName": "train",
                "S3Output": {"LocalPath": "/opt/train", "S3UploadMode": "EndOfJob", "S3Uri": "s3://bucket/train"},
            }
        ]
    },
    "ProcessingResources": {"ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 30}},
    "RoleArn": ROLE,
}
CONTAINER = {"Image": "image", "ModelDataUrl": {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"}}
TUNING = {
    "HyperParameterTuningJobConfig": {
        "HyperParameterTuningJobObjective": {"MetricName": "loss", "Type": "Minimize"},
        "ParameterRanges": {"IntegerParameterRanges": [{"Name": "depth", "MinValue": "2", "MaxValue": "5"}]},
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 3, "MaxParallelTrainingJobs": 2},
        "Strategy": "Bayesian",
    },
    "TrainingJobDefinition": TRAINING,
}


def step(name: str, kind: str, told: Any = None, **more: Any) -> dict[str, Any]:
    return {"Name": name, "Type": kind, **({} if told is None else {"Arguments": told}), **more}


def run(world: Any, *steps: dict[str, Any], parameters: Any = (), **given: Any) -> str:
    """The ARN of an execution of these steps."""
    text = json.dumps({"Version": "2020-12-01", "Parameters": list(parameters), "Steps": steps})
    name = world.name()
    world.ok(
        "CreatePipeline", PipelineName=name, PipelineDefinition=text, RoleArn=ROLE, ClientRequestToken=world.token()
    )
    made = world.ok("StartPipelineExecution", PipelineName=name, ClientRequestToken=world.token(), **given)
    return str(made["PipelineExecutionArn"])


def ended(world: Any, arn: str) -> tuple[str, str | None]:
    shown = world.ok("DescribePipelineExecution", PipelineExecutionArn=arn)
    return shown["PipelineExecutionStatus"], shown.get("FailureReason")


def begun(world: Any, arn: str) -> dict[str, Any]:
    shown = world.ok("ListPipelineExecutionSteps", PipelineExecutionArn=arn, SortOrder="Ascending")
    return {each["StepName"]: each for each in shown["PipelineExecutionSteps"]}


def job(world: Any, arn: str, name: str, member: str) -> str:
    """The name of what a step made, from its description: the ARN has it in small letters."""
    family = {"TuningJob": "HyperParameterTuningJob"}.get(member, member)
    small = begun(world, arn)[name]["Metadata"][member]["Arn"].rpartition("/")[2]
    return str(world.ok(f"Describe{family}", **{f"{family}Name": small})[f"{family}Name"])


def test_a_step_has_made_the_job_it_names(world: Any) -> None:
    data = {"Get": "Steps.Prepare.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri"}
    source = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": data}}
    train = {**TRAINING, "InputDataConfig": [{"ChannelName": "train", "DataSource": source}]}
    register = {
        "InferenceSpecification": {
            "Containers": [CONTAINER],
            "SupportedContentTypes": ["text/csv"],
            "SupportedResponseMIMETypes": ["text/csv"],
        },
        "ModelPackageGroupName": "group",
    }
    transform = {
        "ModelName": {"Get": "Steps.Model.ModelName"},
        "TransformInput": {"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://bucket/in"}}},
        "TransformOutput": {"S3OutputPath": "s3://bucket/out"},
        "TransformResources": {"InstanceCount": 1, "InstanceType": "ml.m5.large"},
    }
    # The order is that of what refers to what, not that of the definition.
    arn = run(
        world,
        step("Transform", "Transform", transform),
        step("Train", "Training", train),
        step("Prepare", "Processing", PROCESSING),
        step("Model", "Model", {"ExecutionRoleArn": ROLE, "PrimaryContainer": CONTAINER}),
        step("Register", "RegisterModel", register),
    )
    assert ended(world, arn) == ("Succeeded", None)
    assert list(begun(world, arn)) == ["Prepare", "Train", "Model", "Transform", "Register"]

    name = job(world, arn, "Train", "TrainingJob")
    execution = arn.rpartition("/")[2]
    assert re.fullmatch(rf"pipelines-{execution}-Train-[A-Za-z0-9]{{10}}", name)
    shown = world.ok("DescribeTrainingJob", TrainingJobName=name)
    assert shown["TrainingJobArn"] == begun(world, arn)["Train"]["Metadata"]["TrainingJob"]["Arn"]
    assert shown["TrainingJobStatus"] == "Completed"
    assert shown["InputDataConfig"][0]["DataSource"]["S3DataSource"]["S3Uri"] == "s3://bucket/train"
    assert [j["TrainingJobName"] for j in world.ok("ListTrainingJobs")["TrainingJobSummaries"]] == [name]
    tags = {tag["Key"]: tag["Value"] for tag in world.ok("ListTags", ResourceArn=shown["TrainingJobArn"])["Tags"]}
    assert tags == {"sagemaker:pipeline-execution-arn": arn, "sagemaker:pipeline-step-name": "Train"}
    processing = world.ok("DescribeProcessingJob", ProcessingJobName=job(world, arn, "Prepare", "ProcessingJob"))
    assert processing["ProcessingJobStatus"] == "Completed"
    model = world.ok("DescribeModel", ModelName=job(world, arn, "Model", "Model"))
    assert model["PrimaryContainer"]["ModelDataUrl"] == shown["ModelArtifacts"]["S3ModelArtifacts"]
    used = world.ok("DescribeTransformJob", TransformJobName=job(world, arn, "Transform", "TransformJob"))
    assert used["ModelName"] == model["ModelName"]
    package = begun(world, arn)["Register"]["Metadata"]["RegisterModel"]["Arn"]
    assert world.ok("DescribeModelPackage", ModelPackageName=package)["ModelPackageStatus"] == "Completed"


@pytest.mark.parametrize(
    ("kind", "told", "member", "describe", "of"),
    [
        ("Tuning", TUNING, "TuningJob", "DescribeHyperParameterTuningJob", "HyperParameterTuningJob"),
        (
            "AutoML",
            {
                "InputDataConfig": [{"TargetAttributeName": "y"}],
                "OutputDataConfig": {"S3OutputPath": "s3://bucket/out"},
                "RoleArn": ROLE,
            },
            "AutoMLJob",
            "DescribeAutoMLJob",
            "AutoMLJob",
        ),
    ],
)
def test_names_of_some_jobs_are_short(world: Any, kind: str, told: Any, member: str, describe: str, of: str) -> None:
    arn = run(world, step("A_rather_long_name", kind, told))
    assert ended(world, arn) == ("Succeeded", None)
    name = job(world, arn, "A_rather_long_name", member)
    assert re.fullmatch(rf"{arn.rpartition('/')[2]}-A-rather-[A-Za-z0-9]{{10}}", name)
    assert world.ok(describe, **{f"{of}Name": name})[f"{of}Status"] == "Completed"


def test_the_best_of_a_tuning_job_can_be_used(world: Any) -> None:
    best = {"Std:Join": {"On": "/", "Values": ["s3:/", "bucket", {"Get": "Steps.T.BestTrainingJob.TrainingJobName"}]}}
    first = {"Get": "Steps.T.TrainingJobSummaries[0].TrainingJobName"}
    told = {**TRAINING, "OutputDataConfig": {"S3OutputPath": best}, "HyperParameters": {"from": first}}
    arn = run(world, step("T", "Tuning", TUNING), step("Again", "Training", told))
    assert ended(world, arn) == ("Succeeded", None)
    tuning = job(world, arn, "T", "TuningJob")
    name = world.ok("DescribeHyperParameterTuningJob", HyperParameterTuningJobName=tuning)["BestTrainingJob"]
    shown = world.ok("DescribeTrainingJob", TrainingJobName=job(world, arn, "Again", "TrainingJob"))
    assert shown["OutputDataConfig"]["S3OutputPath"] == f"s3://bucket/{name['TrainingJobName']}"
    assert shown["HyperParameters"] == {"from": name["TrainingJobName"]}


@pytest.mark.parametrize("kind", ["QualityCheck", "ClarifyCheck"])
def test_checks_are_processing_jobs(world: Any, kind: str) -> None:
    arn = run(
        world,
        step("Check", kind, PROCESSING, CheckType="DATA_QUALITY", SkipCheck={"Get": "Parameters.Skip"}),
        parameters=[{"Name": "Skip", "Type": "Boolean", "DefaultValue": True}],
    )
    assert ended(world, arn) == ("Succeeded", None)
    shown = begun(world, arn)["Check"]["Metadata"][kind]
    assert (shown["CheckType"], shown["SkipCheck"]) == ("DATA_QUALITY", True)
    assert shown["CalculatedBaselineConstraints"].startswith("s3://bucket/train/")
    (listed,) = world.ok("ListProcessingJobs")["ProcessingJobSummaries"]
    assert (listed["ProcessingJobArn"], listed["ProcessingJobStatus"]) == (shown["CheckJobArn"], "Completed")


def test_parameters_and_variables(world: Any) -> None:
    told = {
        **TRAINING,
        "ResourceConfig": {**TRAINING["ResourceConfig"], "InstanceCount": {"Get": "Parameters.Count"}},  # type: ignore[dict-item]
        "OutputDataConfig": {
            "S3OutputPath": {
                "Std:Join": {
                    "On": "/",
                    "Values": ["s3:/", {"Get": "Parameters.Bucket"}, {"Get": "Execution.PipelineExecutionId"}, 7],
                }
            }
        },
        "EnableManagedSpotTraining": {"Get": "Parameters.Spot"},
        "HyperParameters": {"at": {"Get": "Execution.StartDateTime"}, "of": {"Get": "Execution.PipelineName"}},
    }
    parameters = [
        {"Name": "Bucket", "Type": "String", "DefaultValue": "bucket"},
        {"Name": "Count", "Type": "Integer", "DefaultValue": 1},
        {"Name": "Spot", "Type": "Boolean", "DefaultValue": "false"},
    ]
    given = [{"Name": "Count", "Value": "3"}, {"Name": "Spot", "Value": "True"}]
    arn = run(world, step("Train", "Training", told), parameters=parameters, PipelineParameters=given)
    assert ended(world, arn) == ("Succeeded", None)
    shown = world.ok("DescribeTrainingJob", TrainingJobName=job(world, arn, "Train", "TrainingJob"))
    assert shown["ResourceConfig"]["InstanceCount"] == 3
    assert shown["OutputDataConfig"]["S3OutputPath"] == f"s3://bucket/{arn.rpartition('/')[2]}/7"
    assert shown["EnableManagedSpotTraining"] is True
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", shown["HyperParameters"]["at"])
    assert shown["HyperParameters"]["of"] == arn.split("/")[1]


def test_a_job_may_know_its_name_or_have_a_prefix(world: Any) -> None:
    own = {**TRAINING, "HyperParameters": {"me": {"Get": "Execution.TrainingJobName"}}}
    model = {"ModelName": "my-model", "ExecutionRoleArn": ROLE, "PrimaryContainer": {"Image": "image"}}
    arn = run(
        world,
        step("Own", "Training", own),
        step("Prefix", "Training", {**TRAINING, "TrainingJobName": "my-prefix"}),
        step("Model", "Model", model),
    )
    assert ended(world, arn) == ("Succeeded", None)
    name = job(world, arn, "Own", "TrainingJob")
    assert world.ok("DescribeTrainingJob", TrainingJobName=name)["HyperParameters"] == {"me": name}
    prefixed = job(world, arn, "Prefix", "TrainingJob")
    assert re.fullmatch(rf"my-prefix-{arn.rpartition('/')[2]}-[A-Za-z0-9]{{10}}", prefixed)
    assert job(world, arn, "Model", "Model") == "my-model"


def test_a_refused_job_fails_its_step(world: Any) -> None:
    config = {**TRAINING["ResourceConfig"], "InstanceType": "ml.nonsense"}  # type: ignore[dict-item]
    arn = run(world, step("Train", "Training", {**TRAINING, "ResourceConfig": config}), step("Next", "Training"))
    status, reason = ended(world, arn)
    assert status == "Failed"
    assert reason
    assert reason.startswith(
        "ClientError: Failed to invoke sagemaker:CreateTrainingJob. Error Details: 1 validation error detected: "
        "Value 'ml.nonsense' at 'resourceConfig.instanceType'"
    )
    (failed,) = begun(world, arn).values()
    assert (failed["StepStatus"], failed["FailureReason"]) == ("Failed", reason)


def test_a_job_that_fails_takes_its_execution_with_it(sandbox: Any, make_world: Any, tmp_path: Any) -> None:
    world = make_world(sandbox)
    service.set_faults(
        str(tmp_path / "sandbox"), {"fail": [{"family": "TrainingJob", "name": "*-Train-*", "reason": "Out of luck."}]}
    )
    arn = run(world, step("Train", "Training", TRAINING), step("Next", "Training", TRAINING))
    assert ended(world, arn) == ("Failed", "Out of luck.")
    assert [(s["StepName"], s["StepStatus"]) for s in begun(world, arn).values()] == [("Train", "Failed")]
    first = job(world, arn, "Train", "TrainingJob")
    assert world.ok("DescribeTrainingJob", TrainingJobName=first)["FailureReason"] == "Out of luck."
    service.set_faults(str(tmp_path / "sandbox"), {})
    world.ok("RetryPipelineExecution", PipelineExecutionArn=arn, ClientRequestToken=world.token())
    assert ended(world, arn) == ("Succeeded", None)
    assert job(world, arn, "Train", "TrainingJob") != first


def test_quotas_hold_for_steps_and_throttling_does_not(sandbox: Any, make_world: Any, tmp_path: Any) -> None:
    world = make_world(sandbox)
    quota = {"instance": "ml.m5.large", "usage": "training job", "limit": 0}
    throttle = {"operation": "CreateProcessingJob"}
    service.set_faults(str(tmp_path / "sandbox"), {"quota": [quota], "throttle": [throttle]})
    arn = run(world, step("Prepare", "Processing", PROCESSING), step("Train", "Training", TRAINING))
    status, reason = ended(world, arn)
    assert (status, [s["StepStatus"] for s in begun(world, arn).values()]) == ("Failed", ["Succeeded", "Failed"])
    assert "The account-level service limit 'ml.m5.large for training job usage' is 0 Instances" in (reason or "")


def test_steps_go_on_for_whoever_looks(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path), clock="frozen:1000")
    world = make_world(sandbox)
    run(world, step("Prepare", "Processing", PROCESSING), step("Train", "Training", TRAINING))
    service.advance_clock(str(tmp_path), "6m")
    listed = {row["family"]: row["status"] for row in service.listing(str(tmp_path))}
    assert (listed["ProcessingJob"], listed["TrainingJob"]) == ("Completed", "InProgress")
    sandbox.close()


def test_time_passes_for_jobs_and_steps_alike(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path), clock="frozen:1000")
    world = make_world(sandbox)
    arn = run(world, step("Prepare", "Processing", PROCESSING), step("Train", "Training", TRAINING))
    name = job(world, arn, "Prepare", "ProcessingJob")
    assert world.ok("DescribeProcessingJob", ProcessingJobName=name)["ProcessingJobStatus"] == "InProgress"
    service.advance_clock(str(tmp_path), "301s")
    assert world.ok("DescribeProcessingJob", ProcessingJobName=name)["ProcessingEndTime"] == 1300
    assert begun(world, arn)["Prepare"]["EndTime"] == begun(world, arn)["Train"]["StartTime"] == 1300
    service.advance_clock(str(tmp_path), "1h")
    train = world.ok("DescribeTrainingJob", TrainingJobName=job(world, arn, "Train", "TrainingJob"))
    assert (train["CreationTime"], train["TrainingEndTime"]) == (1300, 1600)
    assert ended(world, arn) == ("Succeeded", None)
    sandbox.close()


def test_stopping_an_execution_stops_its_job(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path), clock="frozen:1000")
    world = make_world(sandbox)
    arn = run(world, step("Train", "Training", TRAINING), step("Next", "Training", TRAINING))
    name = job(world, arn, "Train", "TrainingJob")
    world.ok("StopPipelineExecution", PipelineExecutionArn=arn, ClientRequestToken=world.token())
    assert world.ok("DescribeTrainingJob", TrainingJobName=name)["TrainingJobStatus"] == "Stopping"
    assert (ended(world, arn)[0], begun(world, arn)["Train"]["StepStatus"]) == ("Stopping", "Stopping")
    service.advance_clock(str(tmp_path), "1m")
    assert world.ok("DescribeTrainingJob", TrainingJobName=name)["TrainingJobStatus"] == "Stopped"
    assert (ended(world, arn)[0], begun(world, arn)["Train"]["StepStatus"]) == ("Stopped", "Stopped")
    assert list(begun(world, arn)) == ["Train"]
    sandbox.close()


def test_a_job_that_somebody_stops_fails_its_step(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path), clock="frozen:1000")
    world = make_world(sandbox)
    arn = run(world, step("Train", "Training", TRAINING))
    name = job(world, arn, "Train", "TrainingJob")
    world.ok("StopTrainingJob", TrainingJobName=name)
    service.advance_clock(str(tmp_path), "1m")
    assert ended(world, arn) == ("Failed", f"The job {name} ended in the status Stopped.")
    sandbox.close()


def test_looking_at_an_execution_moves_its_job_on(tmp_path: Any, make_world: Any) -> None:
    sandbox = service.Sandbox(str(tmp_path), clock="step")
    world = make_world(sandbox)
    arn = run(world, step("Train", "Training", TRAINING), step("Tune", "Tuning", TUNING))
    looks = [ended(world, arn)[0] for _ in range(6)]
    assert looks[0] == "Executing"
    assert looks[-1] == "Succeeded"
    sandbox.close()


def condition(kind: str, left: Any, right: Any) -> dict[str, Any]:
    return {"Type": kind, "LeftValue": left, "RightValue": right}


PARAMETERS = [
    {"Name": "N", "Type": "Integer", "DefaultValue": 5},
    {"Name": "F", "Type": "Float", "DefaultValue": 0.5},
    {"Name": "S", "Type": "String", "DefaultValue": "on"},
    {"Name": "B", "Type": "Boolean", "DefaultValue": True},
]
N, F, S, B = ({"Get": f"Parameters.{name}"} for name in "NFSB")
NOT = {"Type": "Not", "Expression": condition("Equals", S, "on")}


@pytest.mark.parametrize(
    ("conditions", "outcome"),
    [
        ([condition("Equals", N, 5)], "True"),
        ([condition("Equals", S, "off")], "False"),
        ([condition("Equals", B, True)], "True"),
        ([condition("GreaterThan", N, 5)], "False"),
        ([condition("GreaterThanOrEqualTo", N, 5)], "True"),
        ([condition("LessThan", F, 0.6)], "True"),
        ([condition("LessThanOrEqualTo", F, 0.4)], "False"),
        ([condition("GreaterThan", N, "12")], "False"),
        ([condition("LessThan", "abc", "abd")], "True"),
        ([condition("Equals", {"Get": "Steps.Train.TrainingJobStatus"}, "Completed")], "True"),
        ([condition("Equals", {"Get": "Execution.PipelineName"}, "another")], "False"),
        ([{"Type": "In", "QueryValue": S, "Values": ["off", "on"]}], "True"),
        ([{"Type": "In", "QueryValue": N, "Values": [1, 2]}], "False"),
        ([NOT], "False"),
        ([{"Type": "Or", "Conditions": [NOT, condition("Equals", N, 5)]}], "True"),
        ([condition("Equals", N, 5), NOT], "False"),
    ],
)
def test_a_condition_takes_a_branch(world: Any, conditions: Any, outcome: str) -> None:
    inner = step("Deep", "Condition", {"Conditions": [condition("Equals", 1, 1)], "IfSteps": [step("In", "Training")]})
    branches = {"IfSteps": [step("Yes", "Training", TRAINING), inner], "ElseSteps": [step("No", "Training", TRAINING)]}
    arn = run(
        world,
        step("Train", "Training", TRAINING),
        step("Check", "Condition", {"Conditions": conditions, **branches}, DependsOn=["Train"]),
        parameters=PARAMETERS,
    )
    assert ended(world, arn) == ("Succeeded", None)
    shown = begun(world, arn)
    assert shown["Check"]["Metadata"] == {"Condition": {"Outcome": outcome}}
    taken = ["Yes", "Deep", "In"] if outcome == "True" else ["No"]
    assert list(shown) == ["Train", "Check", *taken]
    assert len(world.ok("ListTrainingJobs")["TrainingJobSummaries"]) == 2


@pytest.mark.parametrize(
    ("left", "sentence"),
    [
        (
            {"Std:JsonGet": {"PropertyFile": {"Get": "Steps.Train.PropertyFiles.Report"}, "Path": "mse.value"}},
            "the property file Steps.Train.PropertyFiles.Report cannot be read",
        ),
        ({"Std:JsonGet": {"S3Uri": "s3://bucket/report.json", "Path": "a"}}, "the JSON at s3://bucket/report.json"),
        ({"Get": "Steps.Train.NoSuchProperty"}, "there is no value for Steps.Train.NoSuchProperty"),
        ({"Get": "Parameters.Missing"}, "there is no value for Parameters.Missing"),
        ({"Get": "nonsense"}, "nonsense is no reference"),
    ],
)
def test_what_cannot_be_evaluated_fails_the_step(world: Any, left: Any, sentence: str) -> None:
    told = {"Conditions": [condition("LessThan", left, 6)], "IfSteps": [step("Yes", "Training", TRAINING)]}
    arn = run(world, step("Train", "Training", TRAINING), step("Check", "Condition", told, DependsOn=["Train"]))
    status, reason = ended(world, arn)
    assert (status, list(begun(world, arn))) == ("Failed", ["Train", "Check"])
    assert sentence in (reason or "")
    assert begun(world, arn)["Check"]["FailureReason"] == reason


def test_a_fail_step_says_its_message(world: Any) -> None:
    message = {"Std:Join": {"On": " ", "Values": ["stopped at", N]}}
    arn = run(world, step("Stop", "Fail", {"ErrorMessage": message}), parameters=PARAMETERS)
    assert ended(world, arn) == ("Failed", "stopped at 5")
    assert begun(world, arn)["Stop"]["Metadata"] == {"Fail": {"ErrorMessage": "stopped at 5"}}


def test_what_a_callback_answers_can_be_used(world: Any) -> None:
    told = {**TRAINING, "HyperParameters": {"x": {"Get": "Steps.Wait.OutputParameters['x']"}}}
    arn = run(world, step("Wait", "Callback", SqsQueueUrl="https://queue"), step("Train", "Training", told))
    waiting = begun(world, arn)["Wait"]["Metadata"]["Callback"]
    assert waiting["SqsQueueUrl"] == "https://queue"
    outputs = [{"Name": "x", "Value": "42"}]
    world.ok("SendPipelineExecutionStepSuccess", CallbackToken=waiting["CallbackToken"], OutputParameters=outputs)
    assert ended(world, arn) == ("Succeeded", None)
    shown = world.ok("DescribeTrainingJob", TrainingJobName=job(world, arn, "Train", "TrainingJob"))
    assert shown["HyperParameters"] == {"x": "42"}


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([step("a", "Training", DependsOn=["b"])], "needs a step b: there is none"),
        ([step("a", "Training", {"x": {"Get": "Steps.zz.Y"}})], "needs a step zz: there is none"),
        (
            [step("a", "Training", DependsOn=["b"]), step("b", "Training", DependsOn=["a"])],
            "Steps need each other in a circle: a, b.",
        ),
    ],
)
def test_steps_that_could_never_begin_are_refused(world: Any, steps: Any, sentence: str) -> None:
    text = json.dumps({"Version": "2020-12-01", "Steps": steps})
    params = {"PipelineName": "p", "PipelineDefinition": text, "RoleArn": ROLE, "ClientRequestToken": world.token()}
    code, message = world.refused("CreatePipeline", **params)
    assert code == "ValidationException"
    assert sentence in message


@pytest.mark.parametrize(
    "definition",
    [
        {"Steps": [{"Name": ["a"], "Type": "Training"}]},
        {"Steps": [{"Name": "a", "Type": {"b": 1}}]},
        {"Steps": [], "Parameters": [{"Name": 5}]},
        {"Steps": [step("a", "Condition", {"IfSteps": [{"Name": 1}]})]},
        {"Steps": [step("a", "Training", json.loads("[" * 200 + "]" * 200))]},
    ],
)
def test_definitions_that_could_not_be_carried_out_are_refused(world: Any, definition: Any) -> None:
    text = json.dumps({"Version": "2020-12-01", **definition})
    params = {"PipelineName": "p", "PipelineDefinition": text, "RoleArn": ROLE, "ClientRequestToken": world.token()}
    code, message = world.refused("CreatePipeline", **params)
    assert (code, message.partition(". ")[0]) == ("ValidationException", "Unable to parse pipeline definition")


@pytest.mark.parametrize(
    "odd",
    [
        step("a", "Training", [1, 2]),
        step("a", "Training", "text"),
        step("a", "Training", {"TrainingJobName": 5, "RoleArn": {"Get": 7}}),
        step("a", "Training", {"RoleArn": {"Std:Join": {"On": 1, "Values": 5}}}),
        step("a", "Training", DependsOn="b"),
        step("a", "Condition", {"Conditions": 5, "IfSteps": 5}),
        step("a", "Condition", {"Conditions": [5]}),
        step("a", "Condition", {"Conditions": [{"Type": "Or", "Conditions": 1}, {"Type": ["x"]}]}),
        step("a", "Condition", {"Conditions": [condition("GreaterThan", {"x": 1}, [2])]}),
        step("a", "Condition", {"Conditions": [{"Type": "In", "QueryValue": None, "Values": {"a": 1}}]}),
        step("a", "Fail", {"ErrorMessage": ["x"]}),
        step("a", "Fail", {"ErrorMessage": {"Get": "Execution.Nothing"}}),
        step("a", "Callback", SqsQueueUrl=5),
        step("a", "Lambda", FunctionArn={"Get": "Parameters.None"}),
        step("a", "Something", {}),
        step("a", "RegisterModel", {"ModelPackageGroupName": "not a name"}),
        step("a", "Tuning", {"HyperParameterTuningJobConfig": {}}),
    ],
)
def test_whatever_a_step_says_its_execution_goes_on_or_fails(world: Any, odd: Any) -> None:
    arn = run(world, odd)
    status, reason = ended(world, arn)
    assert status in {"Succeeded", "Failed", "Executing"}
    assert (status == "Failed") == bool(reason)
    assert (status == "Executing") == (odd["Type"] == "Callback")
