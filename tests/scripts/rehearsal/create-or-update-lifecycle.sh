# create or update: Studio and notebook lifecycle configurations from files, replaced when the file has changed
set -euo pipefail

encode() { base64 < "$1" | tr -d '\n'; }

put_notebook_config() {
    local name=$1 file=$2 content
    content=$(encode "$file")
    if current=$(aws sagemaker describe-notebook-instance-lifecycle-config \
        --notebook-instance-lifecycle-config-name "$name" --query 'OnStart[0].Content' --output text 2> /dev/null); then
        [[ $current == "$content" ]] && { echo unchanged; return; }
        aws sagemaker update-notebook-instance-lifecycle-config \
            --notebook-instance-lifecycle-config-name "$name" --on-start Content="$content"
        echo replaced
    else
        aws sagemaker create-notebook-instance-lifecycle-config \
            --notebook-instance-lifecycle-config-name "$name" --on-start Content="$content" > /dev/null
        echo created
    fi
}

cat > on-start.sh <<'EOF'
#!/bin/bash
set -e
echo "IDLE=3600" >> /etc/environment
EOF
[[ $(put_notebook_config idle on-start.sh) == created ]]
[[ $(put_notebook_config idle on-start.sh) == unchanged ]]
echo 'echo done' >> on-start.sh
[[ $(put_notebook_config idle on-start.sh) == replaced ]]

# Studio's cannot be updated: delete, then create.
for _ in 1 2; do
    aws sagemaker delete-studio-lifecycle-config --studio-lifecycle-config-name idle 2> /dev/null || true
    aws sagemaker create-studio-lifecycle-config --studio-lifecycle-config-name idle \
        --studio-lifecycle-config-app-type JupyterLab --studio-lifecycle-config-content "$(encode on-start.sh)"
done
aws sagemaker describe-studio-lifecycle-config --studio-lifecycle-config-name idle \
    --query StudioLifecycleConfigContent --output text | base64 -d | diff - on-start.sh
