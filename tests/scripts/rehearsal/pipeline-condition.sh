# pipeline started by CI and watched: a condition on a parameter decides whether the model is made
set -euo pipefail

cat > pipe.json <<'EOF'
{"Version": "2020-12-01",
 "Parameters": [{"Name": "Accuracy", "Type": "Float", "DefaultValue": 0.5}],
 "Steps": [{"Name": "GoodEnough", "Type": "Condition", "Arguments": {
   "Conditions": [{"Type": "GreaterThanOrEqualTo", "LeftValue": {"Get": "Parameters.Accuracy"}, "RightValue": 0.8}],
   "IfSteps": [{"Name": "MakeModel", "Type": "Model", "Arguments": {
     "ExecutionRoleArn": "arn:aws:iam::123456789012:role/p",
     "PrimaryContainer": {"Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/m:1"}}}],
   "ElseSteps": [{"Name": "NotGood", "Type": "Fail", "Arguments": {"ErrorMessage": "accuracy is too low"}}]}}]}
EOF
aws sagemaker create-pipeline --pipeline-name gate --role-arn arn:aws:iam::123456789012:role/p \
    --client-request-token 0123456789012345678901234567890123456789 --pipeline-definition "$(cat pipe.json)"

outcome() {
    local arn
    arn=$(aws sagemaker start-pipeline-execution --pipeline-name gate \
        --pipeline-parameters "Name=Accuracy,Value=$1" --query PipelineExecutionArn --output text)
    for _ in 1 2 3 4 5 6 7 8; do
        s=$(aws sagemaker describe-pipeline-execution --pipeline-execution-arn "$arn" --query PipelineExecutionStatus --output text)
        [ "$s" = Executing ] || break
        sleep 5
    done
    echo "$s"
}

[[ $(outcome 0.79) == Failed ]]
[[ $(aws sagemaker list-models --query 'length(Models)') == 0 ]]
[[ $(outcome 0.93) == Succeeded ]]
[[ $(aws sagemaker list-models --query 'length(Models)') == 1 ]]
counts=$(aws sagemaker list-pipeline-executions --pipeline-name gate \
    --query 'PipelineExecutionSummaries[].PipelineExecutionStatus' --output text | tr '\t' '\n' | sort | uniq -c | awk '{print $2$1}' | xargs)
[[ $counts == 'Failed1 Succeeded1' ]]
