# feature groups: a group with an online and an offline store is made, filled, read and deleted
set -euo pipefail

FG=customers
BUCKET=feature-store-$(aws sts get-caller-identity --query Account --output text)
aws s3 mb s3://$BUCKET > /dev/null

cat > feature-group.json <<EOF
{
  "FeatureGroupName": "$FG",
  "RecordIdentifierFeatureName": "customer_id",
  "EventTimeFeatureName": "event_time",
  "FeatureDefinitions": [
    {"FeatureName": "customer_id", "FeatureType": "String"},
    {"FeatureName": "event_time", "FeatureType": "String"},
    {"FeatureName": "age", "FeatureType": "Integral"},
    {"FeatureName": "balance", "FeatureType": "Fractional"}
  ],
  "OnlineStoreConfig": {"EnableOnlineStore": true},
  "OfflineStoreConfig": {"S3StorageConfig": {"S3Uri": "s3://$BUCKET/offline"}},
  "RoleArn": "arn:aws:iam::123456789012:role/FeatureStore"
}
EOF
aws sagemaker create-feature-group --cli-input-json file://feature-group.json
while [ "$(aws sagemaker describe-feature-group --feature-group-name $FG --query FeatureGroupStatus --output text)" = Creating ]; do
    sleep 5
done

put() {
    aws sagemaker-featurestore-runtime put-record --feature-group-name $FG --record \
        FeatureName=customer_id,ValueAsString=$1 FeatureName=event_time,ValueAsString=$2 \
        FeatureName=age,ValueAsString=$3 FeatureName=balance,ValueAsString=$4
}
put c-1 2026-03-01T00:00:00Z 41 10.5
put c-1 2026-03-02T00:00:00Z 41 99.25
put c-1 2026-02-01T00:00:00Z 40 1.0

balance=$(aws sagemaker-featurestore-runtime get-record --feature-group-name $FG \
    --record-identifier-value-as-string c-1 --feature-names balance --query 'Record[0].ValueAsString' --output text)
[ "$balance" = 99.25 ]
store=$(aws sagemaker describe-feature-group --feature-group-name $FG \
    --query OfflineStoreConfig.S3StorageConfig.ResolvedOutputS3Uri --output text)
case $store in s3://$BUCKET/offline/*) ;; *) exit 1 ;; esac

aws sagemaker delete-feature-group --feature-group-name $FG
! aws sagemaker describe-feature-group --feature-group-name $FG 2> /dev/null
