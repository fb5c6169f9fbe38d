# notebook lifecycle: start if stopped, then open the presigned address
set -u
NAME=${1:-analysis}

aws sagemaker create-code-repository --code-repository-name $NAME \
    --git-config RepositoryUrl=https://github.com/example/analysis.git,Branch=main > /dev/null
aws sagemaker create-notebook-instance --notebook-instance-name $NAME --instance-type ml.t3.large \
    --default-code-repository $NAME --role-arn arn:aws:iam::123456789012:role/nb > /dev/null
aws sagemaker stop-notebook-instance --notebook-instance-name $NAME

status() {
    aws sagemaker describe-notebook-instance --notebook-instance-name $NAME --query NotebookInstanceStatus --output text
}

if [ "$(status)" = Stopped ]; then
    aws sagemaker start-notebook-instance --notebook-instance-name $NAME
fi
SECONDS=0
until [ "$(status)" = InService ]; do
    [ $SECONDS -lt 600 ] || exit 1
    sleep 20
done

url=$(aws sagemaker create-presigned-notebook-instance-url --notebook-instance-name $NAME \
    --session-expiration-duration-in-seconds 1800 --query AuthorizedUrl --output text)
echo "open ${url%%\?*}"
case $url in
    http*"$NAME"*) ;;
    *) exit 1 ;;
esac
lines=$(aws logs get-log-events --log-group-name /aws/sagemaker/NotebookInstances \
    --log-stream-name "$(aws logs describe-log-streams --log-group-name /aws/sagemaker/NotebookInstances \
        --query 'logStreams[0].logStreamName' --output text)" --query 'length(events)')
[ "$lines" -gt 0 ]
