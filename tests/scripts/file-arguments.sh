# Values read from files.
printf '{"EPOCHS": "3", "NOTE": "a,b=c"}' >environment.json
printf 'my-job' >name.txt
aws sagemaker create-transform-job --transform-job-name file://name.txt --model-name m --environment file://environment.json \
  --transform-input 'DataSource={S3DataSource={S3DataType=S3Prefix,S3Uri=s3://bucket/in}},ContentType=text/csv' \
  --transform-output S3OutputPath=s3://bucket/out --transform-resources InstanceType=ml.m5.large,InstanceCount=1
aws sagemaker describe-model --model-name file://missing.txt 2>&1 | grep -c 'Unable to load paramfile'
