# inventory over regions: endpoints and notebooks of all regions as one CSV
set -euo pipefail

for r in us-east-1 eu-west-1 ap-southeast-2; do
    aws sagemaker create-notebook-instance --region $r --notebook-instance-name "nb-$r" --instance-type ml.t3.medium \
        --role-arn arn:aws:iam::123456789012:role/nb > /dev/null
done
aws sagemaker create-model --region eu-west-1 --model-name m --execution-role-arn arn:aws:iam::123456789012:role/m --primary-container Image=i > /dev/null
aws sagemaker create-endpoint-config --region eu-west-1 --endpoint-config-name m --production-variants VariantName=v,ModelName=m,InstanceType=ml.m5.large,InitialInstanceCount=1 > /dev/null
aws sagemaker create-endpoint --region eu-west-1 --endpoint-name m --endpoint-config-name m > /dev/null

REGIONS=$(aws ec2 describe-regions --query 'Regions[].RegionName' --output text)
echo 'region,kind,name,status' > inventory.csv
for region in $REGIONS; do
    case $region in us-*-1 | eu-west-* | ap-southeast-2) ;; *) continue ;; esac
    aws sagemaker list-endpoints --region "$region" --query 'Endpoints[].[EndpointName,EndpointStatus]' --output text |
        sed "s/^/$region,endpoint,/; s/\t/,/" >> inventory.csv
    aws sagemaker list-notebook-instances --region "$region" \
        --query 'NotebookInstances[].[NotebookInstanceName,NotebookInstanceStatus]' --output text |
        sed "s/^/$region,notebook,/; s/\t/,/" >> inventory.csv
done

cat inventory.csv
[[ $(grep -c ,notebook, inventory.csv) == 3 && $(grep -c ,endpoint, inventory.csv) == 1 ]]
grep -qx 'eu-west-1,endpoint,m,InService' inventory.csv
