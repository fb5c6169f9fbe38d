# feature groups: rows of a CSV file become records, a batch reads them back
set -euo pipefail
cat > rides.csv <<'EOF'
ride,ts,distance
r1,2026-01-01T10:00:00Z,3.2
r2,2026-01-01T11:30:00Z,12
r3,2026-01-02T08:15:00Z,0.9
EOF

IFS=, read -ra columns < rides.csv
definitions=$(printf '{"FeatureName":"%s","FeatureType":"String"},' "${columns[@]}")
aws sagemaker create-feature-group --feature-group-name rides --record-identifier-feature-name "${columns[0]}" \
    --event-time-feature-name "${columns[1]}" --feature-definitions "[${definitions%,}]" \
    --online-store-config '{"EnableOnlineStore": true}' --role-arn arn:aws:iam::123456789012:role/fs > /dev/null

n=0
{
    read -r _
    while IFS=, read -ra cells; do
        record=()
        for i in "${!columns[@]}"; do record+=("FeatureName=${columns[i]},ValueAsString=${cells[i]}"); done
        aws sagemaker-featurestore-runtime put-record --feature-group-name rides --record "${record[@]}"
        n=$((n + 1))
    done
} < rides.csv
echo "$n rows"

aws sagemaker-featurestore-runtime batch-get-record --identifiers \
    'FeatureGroupName=rides,RecordIdentifiersValueAsString=r1,r3,r9' > batch.json
total=$(jq '[.Records[].Record[] | select(.FeatureName == "distance") | .ValueAsString | tonumber] | add * 10 | round' batch.json)
[[ $n -eq 3 && $total == 41 && $(jq '.Errors + .UnprocessedIdentifiers | length' batch.json) == 0 ]]
