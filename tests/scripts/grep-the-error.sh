# Look for an error code in what was said.
if aws sagemaker describe-image --image-name i 2>&1 | grep -q 'ResourceNotFound'; then
  echo missing
fi
message=$(aws sagemaker describe-image --image-name i 2>&1 >/dev/null)
echo "<${message#*: }>"
aws sagemaker describe-image --image-name i --cli-error-format json 2>&1 | python3 -c 'import json, sys; print(json.load(sys.stdin)["Code"])'
