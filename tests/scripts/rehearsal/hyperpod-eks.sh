# HyperPod cluster: an EKS cluster orchestrates it; kubectl's configuration is written
set -euo pipefail

EKS=hyperpod-eks
REGION=us-east-2
KUBECONFIG=$PWD/kubeconfig
export KUBECONFIG

cat > trust.json <<'EOF'
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "eks.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
EOF
role=$(aws iam create-role --role-name eks --assume-role-policy-document file://trust.json --query Role.Arn --output text)
subnets=$(aws ec2 describe-subnets --region $REGION --query 'join(`,`, Subnets[:2].SubnetId)' --output text)
aws eks create-cluster --region $REGION --name $EKS --role-arn "$role" --resources-vpc-config "subnetIds=$subnets" > /dev/null
aws eks wait cluster-active --region $REGION --name $EKS
aws eks update-kubeconfig --region $REGION --name $EKS --alias $EKS
grep -q "cluster/$EKS" kubeconfig

EKS_ARN=$(aws eks describe-cluster --region $REGION --name $EKS --query cluster.arn --output text)
cat > cluster.yaml <<EOF
ClusterName: hyperpod
Orchestrator:
  Eks:
    ClusterArn: $EKS_ARN
InstanceGroups:
  - InstanceGroupName: workers
    InstanceType: ml.g5.8xlarge
    InstanceCount: 1
    ExecutionRole: arn:aws:iam::123456789012:role/hyperpod
    LifeCycleConfig:
      SourceS3Uri: s3://sagemaker-hyperpod/scripts
      OnCreate: on_create.sh
NodeRecovery: Automatic
EOF
aws sagemaker create-cluster --region $REGION --cli-input-yaml file://cluster.yaml
for ((i = 0; i < 30; i++)); do
    [[ $(aws sagemaker describe-cluster --region $REGION --cluster-name hyperpod --query ClusterStatus --output text) == InService ]] && break
    sleep 20
done

arn=$(aws sagemaker describe-cluster --region $REGION --cluster-name hyperpod --query Orchestrator.Eks.ClusterArn --output text)
[[ $arn == "$EKS_ARN" ]]
