# Neo compilation: the compiled model is packaged for a fleet of devices
set -euo pipefail

aws sagemaker create-compilation-job --compilation-job-name gate-camera --role-arn arn:aws:iam::123456789012:role/edge \
    --input-config 'S3Uri=s3://edge-models/gate.tar.gz,Framework=TFLITE' \
    --output-config 'S3OutputLocation=s3://edge-models/out/,TargetPlatform={Os=LINUX,Arch=ARM64}' \
    --stopping-condition MaxRuntimeInSeconds=900 > /dev/null
aws sagemaker create-edge-packaging-job --edge-packaging-job-name gate-camera-1 --compilation-job-name gate-camera \
    --model-name gate --model-version 1.0 --role-arn arn:aws:iam::123456789012:role/edge \
    --output-config S3OutputLocation=s3://edge-models/packaged/

while s=$(aws sagemaker describe-edge-packaging-job --edge-packaging-job-name gate-camera-1 --query EdgePackagingJobStatus --output text)
      [ "$s" = INPROGRESS ] || [ "$s" = STARTING ]; do
    sleep 10
done
[ "$s" = COMPLETED ]

aws sagemaker create-device-fleet --device-fleet-name gates --role-arn arn:aws:iam::123456789012:role/edge \
    --output-config S3OutputLocation=s3://edge-data/
aws sagemaker register-devices --device-fleet-name gates --devices DeviceName=gate-north DeviceName=gate-south
devices=$(aws sagemaker list-devices --device-fleet-name gates --query 'DeviceSummaries[].DeviceName' --output text | xargs -n1 | sort | xargs)
[ "$devices" = 'gate-north gate-south' ]
fleet=$(aws sagemaker-edge get-device-registration --device-name gate-north --device-fleet-name gates --query DeviceRegistration --output text)
[ -n "$fleet" ]
