# Branch on the exit code: usage, service, everything else.
classify() {
  "$@" >/dev/null 2>&1
  case $? in
    0) echo fine ;;
    252) echo usage ;;
    253) echo configuration ;;
    254) echo service ;;
    *) echo other ;;
  esac
}
classify aws sagemaker describe-model --model-name m
classify aws sagemaker describe-model --model-name m
classify aws sagemaker describe-model
classify aws sagemaker describe-model --model-name m --bogus
classify env -u AWS_DEFAULT_REGION aws sagemaker describe-model --model-name m
classify aws sagemaker describe-model --model-name m --profile nobody
classify aws sagemaker describe-model --model-name m --endpoint-url http://127.0.0.1:9
