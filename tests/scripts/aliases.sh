# The team's own words.
aws eps
aws sagemaker names --max-items 1
aws sagemaker greet you
echo "code $?"
