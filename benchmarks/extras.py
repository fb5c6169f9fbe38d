"""What the commands that the reference does not have cost: wall time and peak memory; see README.md in this folder."""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

#: A script as people write them: variables, a loop, a condition, a here-document, and one mistake.
SCRIPT = """\
#!/bin/bash
set -euo pipefail
NAME="churn-$(date +%s)"
aws sagemaker create-model --model-name "$NAME" --execution-role-arn "$ROLE" \\
  --primary-container "Image=$IMAGE,ModelDataUrl=s3://$BUCKET/model.tar.gz"
aws sagemaker create-endpoint-config --endpoint-config-name "$NAME" --production-variants \\
  VariantName=v,ModelName="$NAME",InstanceType=ml.m5.large,InitialInstanceCount=1
cat > config.json <<EOF
{"EndpointName": "$NAME"}
EOF
if ! aws sagemaker describe-endpoint --endpoint-name "$NAME" --query EndpointStatus --output text 2>/dev/null; then
  aws sagemaker create-endpoint --cli-input-json file://config.json --endpoint-config-name "$NAME"
fi
aws sagemaker wait endpoint-in-service --endpoint-name "$NAME"
for job in $(aws sagemaker list-training-jobs --status-equals Failed --query 'TrainingJobSummaries[0]'); do
  aws sagemaker add-tags --resource-arn "$job" --tags Key=state,Value=failed Key=team
done
"""


def measured(words: list[str], folder: str, runs: int) -> tuple[float, float]:
    """The median of wall seconds of a command in ``folder``, and its peak memory in MB."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-m", "awsshadow", *words], cwd=folder, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=False)  # fmt: skip
        times.append(time.perf_counter() - begin)
    return statistics.median(times), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Print a table, a row a command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        scripts = [f"{number}.sh" for number in range(100)]
        for name in scripts:
            with open(os.path.join(folder, name), "w") as file:
                file.write(SCRIPT)
        rows = {
            "check of 100 scripts with 900 commands": ["check", "--from-script", *scripts],
            "schema of one operation": ["schema", "create-training-job"],
            "schema --all": ["schema", "--all", "-d", "schemas"],
            "schema --commands": ["schema", "--commands"],
        }
        print("| command | seconds | peak of all so far, MB |\n|---|---|---|")
        for name, words in rows.items():
            seconds, memory = measured(words, folder, runs)
            print(f"| {name} | {seconds:.2f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
