# Poll by hand until the job is over.
status=
while :; do
  status=$(aws sagemaker describe-training-job --training-job-name j --query TrainingJobStatus --output text)
  case $status in
    Completed|Failed|Stopped) break ;;
  esac
  echo "$status"
  sleep 30
done
echo "over: $status"
