# labeling: a flow definition with its task template, and a human loop that is stopped again
set -euo pipefail

team=$(aws sagemaker create-workteam --workteam-name reviewers --description Reviewers \
    --member-definitions 'CognitoMemberDefinition={UserPool=us-east-1_abcdefghi,UserGroup=g,ClientId=1234567890abcdef}' \
    --query WorkteamArn --output text)
cat > ui.html <<'EOF'
<crowd-form><p>{{ task.input.text }}</p><crowd-input name="answer"></crowd-input></crowd-form>
EOF
ui=$(aws sagemaker create-human-task-ui --human-task-ui-name review --ui-template "Content=$(jq -Rs . < ui.html)" \
    --query HumanTaskUiArn --output text)
flow=$(aws sagemaker create-flow-definition --flow-definition-name review --role-arn arn:aws:iam::123456789012:role/a2i \
    --output-config S3OutputPath=s3://reviews/ --query FlowDefinitionArn --output text --human-loop-config "{
        \"WorkteamArn\": \"$team\", \"HumanTaskUiArn\": \"$ui\", \"TaskTitle\": \"Review\",
        \"TaskDescription\": \"Read and answer\", \"TaskCount\": 1}")

aws sagemaker-a2i-runtime start-human-loop --human-loop-name loop-1 --flow-definition-arn "$flow" \
    --human-loop-input '{"InputContent": "{\"text\": \"Is this right?\"}"}' > /dev/null
status=$(aws sagemaker-a2i-runtime describe-human-loop --human-loop-name loop-1 --query HumanLoopStatus --output text)
[[ $status == InProgress ]]
aws sagemaker-a2i-runtime stop-human-loop --human-loop-name loop-1
left=$(aws sagemaker-a2i-runtime list-human-loops --flow-definition-arn "$flow" \
    --query "length(HumanLoopSummaries[?HumanLoopStatus=='InProgress'])")
[[ $left == 0 ]]
