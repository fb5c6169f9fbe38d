# Walk through a list a few items at a time.
token=
while :; do
  aws sagemaker list-models --max-items 2 ${token:+--starting-token "$token"} >page.json
  python3 -c 'import json; print(*[m["ModelName"] for m in json.load(open("page.json"))["Models"]])'
  token=$(python3 -c 'import json; print(json.load(open("page.json")).get("NextToken", ""))')
  [ -n "$token" ] || break
done
