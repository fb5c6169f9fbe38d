# account set-up: an image is built and pushed to ECR, then served
set -euo pipefail

docker() { # there is none in a rehearsal: say what it would have done
    case $1 in login) cat > password ;; esac
    echo "docker $*" >> docker.log
}

image=${1:-churn-server}
account=$(aws sts get-caller-identity --query Account --output text)
region=$(aws configure get region)
region=${region:-us-west-2}
fullname="$account.dkr.ecr.$region.amazonaws.com/$image:latest"

aws ecr describe-repositories --repository-names "$image" > /dev/null 2>&1 || aws ecr create-repository --repository-name "$image" > /dev/null
aws ecr get-login-password --region "$region" | docker login --username AWS --password-stdin "${fullname%%/*}"
docker build -t "$image" .
docker tag "$image" "$fullname"
docker push "$fullname"
aws ecr put-lifecycle-policy --repository-name "$image" --lifecycle-policy-text \
    '{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 3}, "action": {"type": "expire"}}]}' > /dev/null

aws sagemaker create-model --model-name "$image" --execution-role-arn "arn:aws:iam::$account:role/s" --primary-container Image="$fullname" > /dev/null
uri=$(aws ecr describe-repositories --repository-names "$image" --query 'repositories[0].repositoryUri' --output text)
[[ -s password && $(aws sagemaker describe-model --model-name "$image" --query PrimaryContainer.Image --output text) == "$uri:latest" ]]
[[ $(tail -1 docker.log) == "docker push $fullname" ]]
