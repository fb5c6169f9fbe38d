# jobs polled: an AutoML job and its candidates
set -euo pipefail

aws sagemaker create-auto-ml-job-v2 --auto-ml-job-name churn-auto --role-arn arn:aws:iam::123456789012:role/automl \
    --auto-ml-job-input-data-config 'ChannelType=training,ContentType=text/csv;header=present,DataSource={S3DataSource={S3DataType=S3Prefix,S3Uri=s3://automl/churn/}}' \
    --output-data-config S3OutputPath=s3://automl/out \
    --auto-ml-problem-type-config 'TabularJobConfig={TargetAttributeName=churned,ProblemType=BinaryClassification,CompletionCriteria={MaxCandidates=5}}' \
    --auto-ml-job-objective MetricName=F1 > /dev/null

for i in $(seq 20); do
    s=$(aws sagemaker describe-auto-ml-job-v2 --auto-ml-job-name churn-auto --query AutoMLJobStatus --output text)
    [ "$s" = Completed ] && break
    [ "$s" = InProgress ] || exit 1
    sleep 60
done
best=$(aws sagemaker describe-auto-ml-job-v2 --auto-ml-job-name churn-auto --query BestCandidate.CandidateName --output text)
aws sagemaker list-candidates-for-auto-ml-job --auto-ml-job-name churn-auto --sort-by FinalObjectiveMetricValue \
    --sort-order Descending --query 'Candidates[].CandidateName' --output text | tr '\t' '\n' | head -1 | grep -qx "$best"
