"""How long many calls take: 1,000 items made whole, and what runs in 30 regions, beside the loops that people write.

``python benchmarks/fanout.py [--items N] [--regions N] [--loop N] [--repeats N]`` needs nothing but awsshadow in the
same environment; with ``AWSSHADOW_REFERENCE`` the loops are run with that, too. Everything goes to a sandbox on the
loopback interface, whose server shares the machine's cores. Loops are run over ``--loop`` items and extrapolated.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

from sandbox import Client, Running, create  # type: ignore[import-not-found] # it lies beside this program

if TYPE_CHECKING:
    from collections.abc import Sequence

OWN = [sys.executable, "-m", "awsshadow"]
#: Regions of the partition, more than are asked for.
REGIONS = (
    "af-south-1", "ap-east-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2",
    "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ca-central-1",
    "ca-west-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2",
    "eu-west-3", "il-central-1", "me-central-1", "me-south-1", "sa-east-1", "us-east-1", "us-east-2", "us-west-1",
    "us-west-2",
)  # fmt: skip
#: What somebody asks a region for who looks for what costs, in a loop: as many commands as there are kinds.
LISTINGS = (
    "list-endpoints", "list-inference-components", "list-notebook-instances", "list-apps", "list-clusters",
    "list-mlflow-tracking-servers", "list-mlflow-apps", "list-partner-apps", "list-training-jobs",
    "list-processing-jobs", "list-transform-jobs", "list-hyper-parameter-tuning-jobs", "list-auto-ml-jobs",
    "list-monitoring-schedules", "list-feature-groups",
)  # fmt: skip


def environ(url: str) -> dict[str, str]:
    given = {"AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_PAGER": ""}
    return {**os.environ, "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true", **given}


def seconds(words: Sequence[str], url: str) -> float:
    """How long a command takes. Raises CalledProcessError when it fails."""
    begin = time.perf_counter()
    subprocess.run(words, env=environ(url), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def loop(program: Sequence[str], commands: Sequence[Sequence[str]], url: str, number: int) -> float:
    """How long all ``commands`` take one after another, from ``number`` of them."""
    chosen = commands[:number]
    return sum(seconds([*program, "sagemaker", *words], url) for words in chosen) * len(commands) / len(chosen)


def median(repeats: int, words: Sequence[str], url: str) -> float:
    """The median time of a command."""
    return statistics.median(seconds(words, url) for _ in range(repeats))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--regions", type=int, default=len(REGIONS))
    parser.add_argument("--loop", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    programs = {"awsshadow": OWN}
    if "AWSSHADOW_REFERENCE" in os.environ:
        programs["reference"] = [os.environ["AWSSHADOW_REFERENCE"]]
    regions = REGIONS[: given.regions]
    with tempfile.TemporaryDirectory() as folder:
        running = Running(os.path.join(folder, "store"))
        client = Client(running.url)
        for number in range(given.items):
            create(client, number)
        for jobs in (1, 8):
            found = median(
                given.repeats, [*OWN, "sagemaker", "list-models", "--hydrate", "--jobs", str(jobs)], running.url
            )
            print(f"{given.items} items, --jobs {jobs}: {found:.2f} s")
        describes = [["describe-model", "--model-name", f"model-{number}"] for number in range(given.items)]
        listings = [[name, "--region", region] for region in regions for name in LISTINGS]
        found = median(given.repeats, [*OWN, "running", "--regions", ",".join(regions)], running.url)
        print(f"running, {len(regions)} regions: {found:.2f} s")
        for name, program in programs.items():
            print(f"{given.items} items, loop of {name}: {loop(program, describes, running.url, given.loop):.0f} s")
            print(f"{len(listings)} listings, loop of {name}: {loop(program, listings, running.url, given.loop):.0f} s")
        running.end()


if __name__ == "__main__":
    main()
