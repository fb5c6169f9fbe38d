# Hyperparameters and environment from shell variables.
epochs=10 rate=0.001
aws sagemaker create-processing-job --processing-job-name p --role-arn arn:aws:iam::123456789012:role/r \
  --processing-resources "ClusterConfig={InstanceCount=1,InstanceType=ml.m5.large,VolumeSizeInGB=20}" \
  --app-specification "ImageUri=image:1,ContainerEntrypoint=[python3,run.py],ContainerArguments=--epochs,$epochs" \
  --environment "EPOCHS=$epochs,RATE=$rate,EMPTY=" --output text
