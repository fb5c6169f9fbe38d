# JSON into Python's own pretty printer.
aws sagemaker describe-endpoint --endpoint-name churn | python3 -m json.tool --sort-keys --indent 2
