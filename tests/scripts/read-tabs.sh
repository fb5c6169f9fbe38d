# Read rows of text output, tab by tab.
aws sagemaker list-endpoints --query 'Endpoints[].[EndpointName,EndpointStatus,LastModifiedTime]' --output text |
while IFS=$'\t' read -r name status changed; do
  printf '%-8s|%-10s|%s\n' "$name" "$status" "${changed%T*}"
done
