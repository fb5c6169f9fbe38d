# A typing mistake is found before anything is sent.
aws sagemaker delete-model --model-nam m --force && echo deleted
echo "code $?"
aws sagemaker delete-modle --model-name m
echo "code $?"
