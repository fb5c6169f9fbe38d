# labeling: a team, a template in S3, a labeling job, and its output manifest
# sandbox: --clock step
set -euo pipefail

ACCOUNT=$(aws sts get-caller-identity --query Account --output text)
BUCKET=labeling-$ACCOUNT
aws s3 mb s3://$BUCKET
for i in 1 2 3; do echo "{\"source-ref\": \"s3://$BUCKET/images/$i.jpg\"}"; done | aws s3 cp - s3://$BUCKET/input.manifest
cat > template.liquid <<'EOF'
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form><crowd-image-classifier name="label" src="{{ task.input.taskObject }}" categories="['cat', 'dog']"
  header="What is it?"></crowd-image-classifier></crowd-form>
EOF
aws s3 cp template.liquid s3://$BUCKET/template.liquid
echo '{"document-version": "2018-11-28", "labels": [{"label": "cat"}, {"label": "dog"}]}' | aws s3 cp - s3://$BUCKET/labels.json

pool=$(aws cognito-idp create-user-pool --pool-name labelers --query UserPool.Id --output text)
client=$(aws cognito-idp create-user-pool-client --user-pool-id "$pool" --client-name labeling --query UserPoolClient.ClientId --output text)
aws sagemaker create-workforce --workforce-name private --cognito-config UserPool="$pool",ClientId="$client"
TEAM=$(aws sagemaker create-workteam --workteam-name experts --workforce-name private --description 'People who know' --query WorkteamArn --output text \
    --member-definitions "CognitoMemberDefinition={UserPool=$pool,UserGroup=experts,ClientId=$client}")

aws sagemaker create-labeling-job --labeling-job-name cats --label-attribute-name label \
    --role-arn "arn:aws:iam::$ACCOUNT:role/labeling" --label-category-config-s3-uri s3://$BUCKET/labels.json \
    --input-config "DataSource={S3DataSource={ManifestS3Uri=s3://$BUCKET/input.manifest}}" \
    --output-config S3OutputPath=s3://$BUCKET/out \
    --human-task-config "{
        \"WorkteamArn\": \"$TEAM\", \"UiConfig\": {\"UiTemplateS3Uri\": \"s3://$BUCKET/template.liquid\"},
        \"PreHumanTaskLambdaArn\": \"arn:aws:lambda:us-east-1:432418664414:function:PRE-ImageMultiClass\",
        \"TaskTitle\": \"Cats and dogs\", \"TaskDescription\": \"Say what is in the picture\",
        \"NumberOfHumanWorkersPerDataObject\": 1, \"TaskTimeLimitInSeconds\": 300,
        \"AnnotationConsolidationConfig\": {\"AnnotationConsolidationLambdaArn\": \"arn:aws:lambda:us-east-1:432418664414:function:ACS-ImageMultiClass\"}}"

while s=$(aws sagemaker describe-labeling-job --labeling-job-name cats --query LabelingJobStatus --output text); do
    echo "cats: $s"
    [[ $s =~ Initializing|InProgress ]] || break
    sleep 60
done
manifest=$(aws sagemaker describe-labeling-job --labeling-job-name cats --query LabelingJobOutput.OutputDatasetS3Uri --output text)
[[ $s == Completed && $manifest == s3://$BUCKET/out/cats/* ]]
for_team=$(aws sagemaker list-labeling-jobs-for-workteam --workteam-arn "$TEAM" --query 'length(LabelingJobSummaryList)')
[[ $for_team == 1 ]]
