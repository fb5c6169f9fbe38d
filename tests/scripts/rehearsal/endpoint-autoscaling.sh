# endpoint deployed and rolled back: scaling is registered for a variant, and taken away with the endpoint
set -e

ENDPOINT=recommend
VARIANT=AllTraffic
RESOURCE_ID=endpoint/$ENDPOINT/variant/$VARIANT
DIMENSION=sagemaker:variant:DesiredInstanceCount

aws sagemaker create-model --model-name $ENDPOINT --execution-role-arn arn:aws:iam::123456789012:role/r \
    --primary-container Image=123456789012.dkr.ecr.us-east-1.amazonaws.com/recommend
aws sagemaker create-endpoint-config --endpoint-config-name $ENDPOINT --production-variants \
    VariantName=$VARIANT,ModelName=$ENDPOINT,InstanceType=ml.m5.large,InitialInstanceCount=1
aws sagemaker create-endpoint --endpoint-name $ENDPOINT --endpoint-config-name $ENDPOINT
aws sagemaker wait endpoint-in-service --endpoint-name $ENDPOINT

aws application-autoscaling register-scalable-target --service-namespace sagemaker \
    --resource-id $RESOURCE_ID --scalable-dimension $DIMENSION --min-capacity 1 --max-capacity 4
cat > policy.json <<'EOF'
{
    "TargetValue": 70.0,
    "PredefinedMetricSpecification": {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"},
    "ScaleInCooldown": 600,
    "ScaleOutCooldown": 300
}
EOF
aws application-autoscaling put-scaling-policy --service-namespace sagemaker --policy-name invocations \
    --policy-type TargetTrackingScaling --resource-id $RESOURCE_ID --scalable-dimension $DIMENSION \
    --target-tracking-scaling-policy-configuration file://policy.json
policies=$(aws application-autoscaling describe-scaling-policies --service-namespace sagemaker \
    --resource-id $RESOURCE_ID --query 'length(ScalingPolicies)')
test "$policies" = 1

aws application-autoscaling deregister-scalable-target --service-namespace sagemaker \
    --resource-id $RESOURCE_ID --scalable-dimension $DIMENSION
aws sagemaker delete-endpoint --endpoint-name $ENDPOINT
aws sagemaker wait endpoint-deleted --endpoint-name $ENDPOINT
targets=$(aws application-autoscaling describe-scalable-targets --service-namespace sagemaker --query 'length(ScalableTargets)')
test "$targets" = 0
