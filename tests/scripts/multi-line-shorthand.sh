# Shorthand over several lines.
aws sagemaker create-endpoint-config \
  --endpoint-config-name blue-green \
  --production-variants \
      VariantName=blue,ModelName=m1,InitialInstanceCount=1,InstanceType=ml.m5.large,InitialVariantWeight=0.9 \
      VariantName=green,ModelName=m2,InitialInstanceCount=2,InstanceType=ml.m5.large,InitialVariantWeight=0.1 \
  --tags Key=stage,Value=test "Key=owner,Value='Ada Lovelace, 2nd floor'" \
  --async-inference-config 'OutputConfig={S3OutputPath=s3://bucket/out},ClientConfig={MaxConcurrentInvocationsPerInstance=4}'
