# endpoint deployed and rolled back: traffic is moved to a second variant in steps, and back when errors are seen
# sandbox: --clock step
set -euo pipefail

role=arn:aws:iam::123456789012:role/ab-test
for v in a b; do
    aws sagemaker create-model --model-name "ranker-$v" --execution-role-arn $role \
        --primary-container "Image=123456789012.dkr.ecr.eu-central-1.amazonaws.com/ranker:$v" --output text
done

variant() { echo "VariantName=$1,ModelName=ranker-$1,InstanceType=ml.m5.large,InitialInstanceCount=1,InitialVariantWeight=$2"; }

aws sagemaker create-endpoint-config --endpoint-config-name ranker \
    --production-variants "$(variant a 1)" "$(variant b 0)" --output text
aws sagemaker create-endpoint --endpoint-name ranker --endpoint-config-name ranker --output text

wait_until_ready() {
    local tries=0 status
    until status=$(aws sagemaker describe-endpoint --endpoint-name ranker --query EndpointStatus --output text) &&
        [ "$status" = InService ]; do
        tries=$((tries + 1))
        if [ $tries -gt 20 ] || [ "$status" = Failed ]; then
            echo "gave up, $status" >&2
            return 1
        fi
        echo "ranker is $status"
        sleep 15
    done
}
wait_until_ready

shift_traffic() {
    aws sagemaker update-endpoint-weights-and-capacities --endpoint-name ranker \
        --desired-weights-and-capacities VariantName=a,DesiredWeight="$1" VariantName=b,DesiredWeight="$2" > /dev/null
    wait_until_ready
}

for b in 0.1 0.5; do
    shift_traffic "$(awk "BEGIN {print 1 - $b}")" $b
done
weight=$(aws sagemaker describe-endpoint --endpoint-name ranker \
    --query "ProductionVariants[?VariantName=='b'].CurrentWeight | [0]" --output text)
[ "$weight" = 0.5 ]

echo 'errors on b: everything goes back to a'
shift_traffic 1 0
printf 'x' > body
served=$(aws sagemaker-runtime invoke-endpoint --endpoint-name ranker --body fileb://body out \
    --query InvokedProductionVariant --output text)
[ "$served" = a ]
