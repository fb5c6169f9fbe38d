# Page by hand with the service's own token.
token=None
pages=0
while [ $pages -lt 5 ]; do
  if [ "$token" = None ]; then more=(); else more=(--next-token "$token"); fi
  aws sagemaker list-endpoints --no-paginate --output json "${more[@]}" >page.json
  pages=$((pages + 1))
  token=$(python3 -c 'import json; print(json.load(open("page.json")).get("NextToken"))')
  [ "$token" = None ] && break
done
echo "$pages pages"
