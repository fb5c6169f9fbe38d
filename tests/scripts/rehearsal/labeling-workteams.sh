# labeling: teams from a table, members changed, a topic for each
set -euo pipefail

aws sagemaker create-workforce --workforce-name private --cognito-config UserPool=us-east-1_abcdefghi,ClientId=1234567890abcdef > /dev/null
member() { echo "CognitoMemberDefinition={UserPool=us-east-1_abcdefghi,UserGroup=$1,ClientId=1234567890abcdef}"; }

while read -r team group; do
    topic=$(aws sns create-topic --name "labeling-$team" --query TopicArn --output text)
    aws sagemaker create-workteam --workteam-name "$team" --workforce-name private --description "$team people" \
        --member-definitions "$(member "$group")" --notification-configuration NotificationTopicArn="$topic" > /dev/null < /dev/null
done <<EOF
radiology doctors
retail interns
EOF
aws sagemaker update-workteam --workteam-name retail --member-definitions "$(member interns)" "$(member experts)" > /dev/null

groups=$(aws sagemaker describe-workteam --workteam-name retail --output text \
    --query 'Workteam.MemberDefinitions[].CognitoMemberDefinition.UserGroup')
[[ $groups == $'interns\texperts' ]]
aws sagemaker describe-workteam --workteam-name radiology --output text \
    --query Workteam.NotificationConfiguration.NotificationTopicArn | grep -q ':labeling-radiology$'
for team in $(aws sagemaker list-workteams --query 'Workteams[].WorkteamName' --output text); do
    [[ $(aws sagemaker delete-workteam --workteam-name "$team" --query Success) == true ]]
done
