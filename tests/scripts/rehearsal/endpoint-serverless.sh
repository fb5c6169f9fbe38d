# endpoint deployed and rolled back: a serverless endpoint from a packaged model, invoked and taken down by a trap
set -euo pipefail

export AWS_DEFAULT_REGION=us-west-2
work=$(mktemp -d)
name=sentiment-$(date +%Y%m%d-%H%M%S)
account=$(aws sts get-caller-identity --query 'Account' --output text)
bucket="sagemaker-us-west-2-$account"

teardown() {
    rm -rf "$work"
    aws sagemaker delete-endpoint --endpoint-name "$name"
    aws sagemaker delete-endpoint-config --endpoint-config-name "$name"
    aws sagemaker delete-model --model-name "$name"
    aws s3 rm "s3://$bucket" --recursive --quiet
    aws s3 rb "s3://$bucket"
}

aws s3 mb "s3://$bucket" --region us-west-2
trap teardown EXIT
mkdir "$work/code"
echo 'def model_fn(model_dir): return None' > "$work/code/inference.py"
tar -C "$work" -czf "$work/model.tar.gz" code
aws s3 cp "$work/model.tar.gz" "s3://$bucket/$name/model.tar.gz" --no-progress

aws sagemaker create-model --model-name "$name" \
    --execution-role-arn "arn:aws:iam::$account:role/sentiment" \
    --primary-container '{
        "Image": "763104351884.dkr.ecr.us-west-2.amazonaws.com/huggingface-pytorch-inference:2.1.0-cpu-py310",
        "ModelDataUrl": "'"s3://$bucket/$name/model.tar.gz"'",
        "Environment": {"HF_TASK": "text-classification"}
    }'
aws sagemaker create-endpoint-config --endpoint-config-name "$name" --production-variants \
    "VariantName=serverless,ModelName=$name,ServerlessConfig={MemorySizeInMB=4096,MaxConcurrency=5}"
aws sagemaker create-endpoint --endpoint-name "$name" --endpoint-config-name "$name"
aws sagemaker wait endpoint-in-service --endpoint-name "$name"

echo '{"inputs": "what a day"}' > "$work/request.json"
aws sagemaker-runtime invoke-endpoint --endpoint-name "$name" --content-type application/json \
    --accept application/json --body "fileb://$work/request.json" "$work/response.json"
cmp "$work/request.json" "$work/response.json"
memory=$(aws sagemaker describe-endpoint --endpoint-name "$name" --output text \
    --query 'ProductionVariants[0].CurrentServerlessConfig.MemorySizeInMB')
[[ $memory == 4096 ]]
