# image versions: all but the newest three versions of each image are deleted
set -eo pipefail

KEEP=3
for image in base gpu; do
    aws sagemaker create-image --image-name $image --role-arn arn:aws:iam::123456789012:role/images > /dev/null
    for i in {1..5}; do
        aws sagemaker create-image-version --image-name $image --client-token "$(printf '%s-%026d' $image "$i")" \
            --base-image "123456789012.dkr.ecr.us-east-1.amazonaws.com/$image:$i" > /dev/null
    done
done

aws sagemaker list-images --query 'Images[].ImageName' --output text | tr '\t' '\n' | while read -r image; do
    aws sagemaker list-image-versions --image-name "$image" --sort-by VERSION --sort-order DESCENDING \
        --query "ImageVersions[$KEEP:].Version" --output text | tr '\t' '\n' | while read -r version; do
        echo "$image:$version"
        aws sagemaker delete-image-version --image-name "$image" --version-number "$version"
    done
done > deleted

diff deleted - <<'EOF' || { sort deleted; exit 1; }
gpu:2
gpu:1
base:2
base:1
EOF
[ "$(aws sagemaker list-image-versions --image-name gpu --query 'length(ImageVersions)')" = 3 ]
