# A skeleton, filled in by Python; an option on the command line wins over the file.
aws sagemaker create-endpoint --generate-cli-skeleton input >endpoint.json
python3 - <<'PY'
import json
document = json.load(open("endpoint.json"))
document = {key: document[key] for key in ("EndpointName", "EndpointConfigName")}
document.update(EndpointName="from-file", EndpointConfigName="config")
json.dump(document, open("endpoint.json", "w"))
PY
aws sagemaker create-endpoint --cli-input-json file://endpoint.json --endpoint-name from-option
