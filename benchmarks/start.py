"""How long commands take, beside the reference; see README.md in this folder."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha1

HERE = os.path.dirname(os.path.abspath(__file__))
ROLE = "arn:aws:iam::123456789012:role/benchmark"
VARIANT = (
    "ModelName=m,VariantName=v,InfrastructureConfig={InfrastructureType=RealTimeInference,"
    "RealTimeInferenceConfig={InstanceType=ml.m5.large,InstanceCount=1}}"
)
SHADOW = '{"SourceModelVariantName":"v","ShadowModelVariants":[{"ShadowModelVariantName":"s","SamplingPercentage":20}]}'
CALL = [
    "sagemaker", "create-inference-experiment", "--name", "benchmark", "--type", "ShadowMode", "--role-arn", ROLE,
    "--endpoint-name", "endpoint", "--model-variants", VARIANT, "--shadow-mode-config", SHADOW,
    "--schedule", "StartTime=2026-01-01T00:00:00Z,EndTime=2026-02-01T00:00:00Z",
    "--data-storage-config", "Destination=s3://bucket/prefix,KmsKey=key",
    "--tags", "Key=a,Value=b", "Key=c,Value=d",
]  # fmt: skip
OFFLINE = {
    "--version": ["--version"],
    "usage error": ["sagemaker", "list-models", "--output", "nope"],
    "missing option": ["sagemaker", "describe-endpoint"],
    "misspelt operation": ["sagemaker", "describe-modl"],
    "skeleton input": ["sagemaker", "create-inference-experiment", "--generate-cli-skeleton"],
    "skeleton yaml-input": ["sagemaker", "create-inference-experiment", "--generate-cli-skeleton", "yaml-input"],
    "skeleton output": [*CALL, "--generate-cli-skeleton", "output"],
    "help in a pipe": ["sagemaker", "create-inference-experiment", "help"],
}
COMPLETIONS = {
    "completion of an operation": "aws sagemaker create-inf",
    "completion of an option": "aws sagemaker create-inference-experiment --sched",
}
FORMATS = ("json", "text", "yaml", "yaml-stream", "table")


class Scenario:
    """A command line and the environment it runs in; ``tools`` are programs beside ours and the reference's."""

    def __init__(
        self, name: str, argv: list[str], environ: dict[str, str], pairs: int, tools: tuple[str, str] = ("", "")
    ) -> None:
        self.name, self.argv, self.environ, self.pairs, self.tools = name, argv, environ, pairs, tools


@contextmanager
def endpoint(*options: str) -> Iterator[int]:
    """A loopback endpoint in a process of its own; gives its port."""
    command = [sys.executable, os.path.join(HERE, "endpoint.py"), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def certificate(folder: str) -> tuple[str, str]:
    """A certificate of its own authority for 127.0.0.1, and its key; made by openssl."""
    cert, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    subject = ["-subj", "/CN=benchmark", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert]
    subprocess.run([*command, *subject], check=True, capture_output=True)
    return cert, key


def base_environment(home: str) -> dict[str, str]:
    """What every command sees: no files, no proxy, nothing of the caller's own."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": home, "LANG": "C.UTF-8", "TZ": "UTC", "TERM": "dumb",
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true", "AWS_PAGER": "", "PAGER": "cat",
    }  # fmt: skip


def call_scenarios(base: dict[str, str], folder: str, http: int, https: int, cert: str, pairs: int) -> list[Scenario]:
    """Signed calls: plain, two kinds of TLS, a profile from files, a role from its cache."""
    static = {"AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret"}
    plain = {**base, "AWS_ENDPOINT_URL_SAGEMAKER": f"http://127.0.0.1:{http}"}
    secure = {**base, **static, "AWS_ENDPOINT_URL_SAGEMAKER": f"https://127.0.0.1:{https}"}
    files = {**plain, "HOME": os.path.join(folder, "files")}
    role = {**files, "AWS_PROFILE": "role"}
    lay_profiles(files["HOME"])
    return [
        Scenario("call, http", CALL, {**plain, **static}, pairs),
        Scenario("call, https, small CA", CALL, {**secure, "AWS_CA_BUNDLE": cert}, pairs),
        Scenario("call, https, full CA bundle", CALL, {**secure, "AWS_CA_BUNDLE": full_bundle(folder, cert)}, pairs),
        Scenario("call, profile from files", CALL, {**files, "AWS_PROFILE": "static"}, pairs),
        Scenario("call, role from its cache", CALL, role, pairs),
    ]


def full_bundle(folder: str, cert: str) -> str:
    """botocore's own bundle with the benchmark's authority added."""
    import botocore

    path = os.path.join(folder, "bundle.pem")
    with open(path, "wb") as bundle:
        for part in (os.path.join(os.path.dirname(botocore.__file__), "cacert.pem"), cert):
            with open(part, "rb") as file:
                shutil.copyfileobj(file, bundle)
    return path


def lay_profiles(home: str) -> None:
    """A profile with keys, one with a role, and the role's credentials in the cache."""
    cache = os.path.join(home, ".aws", "cli", "cache")
    os.makedirs(cache)
    with open(os.path.join(home, ".aws", "credentials"), "w") as file:
        file.write("[static]\naws_access_key_id = AKID\naws_secret_access_key = secret\n")
    with open(os.path.join(home, ".aws", "config"), "w") as file:
        file.write("[profile static]\nregion = us-east-1\n")
        file.write(f"[profile role]\nregion = us-east-1\nrole_arn = {ROLE}\nsource_profile = static\n")
    credentials = {
        "AccessKeyId": "ASIAROLE", "SecretAccessKey": "secret", "SessionToken": "token",
        "Expiration": "2099-01-01T00:00:00+00:00", "AccountId": "123456789012",
    }  # fmt: skip
    name = sha1(json.dumps({"RoleArn": ROLE}).encode(), usedforsecurity=False).hexdigest()
    with open(os.path.join(cache, name + ".json"), "w") as file:
        json.dump({"Credentials": credentials, "AssumedRoleUser": {}}, file)


def timed(program: str, scenario: Scenario) -> tuple[float, float]:
    """Run once; wall seconds and peak memory in MB."""
    with open(os.devnull, "wb") as sink:
        begin = time.perf_counter()
        process = subprocess.Popen([program, *scenario.argv], env=scenario.environ, stdout=sink, stderr=sink)
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
    process.returncode = 0
    return seconds, usage.ru_maxrss / 1024


def beside(program: str, tool: str) -> str:
    """``tool`` in the folder of ``program``, or the program itself."""
    return os.path.join(os.path.dirname(program), tool) if tool else program


def measure(scenario: Scenario, ours: str, reference: str | None) -> dict[str, float]:
    """Medians of both programs, run in turn; ``ratio`` is to the reference or to the floor."""
    floor = Scenario("floor", ["-c", "pass"], scenario.environ, scenario.pairs)
    mine, theirs, bare = [], [], []
    for turn in range(scenario.pairs + 1):
        runs = (timed(beside(ours, scenario.tools[0]), scenario), timed(sys.executable, floor))
        other = timed(beside(reference, scenario.tools[1]), scenario) if reference else None
        if turn:  # the first turn warms the caches
            mine.append(runs[0])
            bare.append(runs[1])
            theirs += [other] if other else []
    seconds = [statistics.median(t for t, _ in runs) for runs in (mine, bare)]
    found = {"ours": seconds[0], "floor": seconds[1], "ours_mb": max(m for _, m in mine)}
    if theirs:
        found["reference"] = statistics.median(t for t, _ in theirs)
        found["reference_mb"] = max(m for _, m in theirs)
    found["ratio"] = found["ours"] / found.get("reference", found["floor"])
    return found


def report(name: str, found: dict[str, float]) -> None:
    """One row of the table."""
    theirs = f"{found['reference'] * 1000:.0f}" if "reference" in found else "-"
    memory = f"{found['ours_mb']:.0f} / {found['reference_mb']:.0f}" if "reference_mb" in found else "-"
    times = f"{found['ours'] * 1000:8.0f} | {theirs:>9} | {found['floor'] * 1000:5.0f}"
    print(f"| {name:32} | {found['ratio']:6.3f} | {times} | {memory:12} |", flush=True)


def main() -> None:
    """Measure every scenario and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--pages", type=int, default=0, help="pages of 100 items for the listing; 0 leaves it out")
    parser.add_argument("--listing-pairs", type=int, default=1)
    parser.add_argument("--only", default="", help="scenarios whose name holds this text")
    options = parser.parse_args()
    ours = os.path.join(os.path.dirname(sys.executable), "awsshadow")
    reference = os.environ.get("AWSSHADOW_REFERENCE")
    print(f"| scenario{' ' * 24} | ratio  | ours ms  | reference | floor | peak MB      |")
    print(f"|{'-' * 34}|{'-' * 8}|{'-' * 10}|{'-' * 11}|{'-' * 7}|{'-' * 14}|")
    with tempfile.TemporaryDirectory() as folder:
        cert, key = certificate(folder)
        base = base_environment(folder)
        pages = str(max(options.pages, 1))
        with endpoint("--pages", pages) as http, endpoint("--cert", cert, "--key", key) as https:
            scenarios = [Scenario(name, argv, base, options.pairs) for name, argv in OFFLINE.items()]
            scenarios += call_scenarios(base, folder, http, https, cert, options.pairs)
            tools = ("awsshadow_completer", "aws_completer")
            for name, line in COMPLETIONS.items():
                asked = {**base, "COMP_LINE": line, "COMP_POINT": str(len(line))}
                scenarios.append(Scenario(name, [], asked, options.pairs, tools))
            listing = {**scenarios[len(OFFLINE)].environ}
            for name in FORMATS if options.pages else ():
                argv = ["sagemaker", "list-inference-experiments", "--output", name]
                scenarios.append(Scenario(f"{options.pages * 100} items, {name}", argv, listing, options.listing_pairs))
            for scenario in scenarios:
                if options.only in scenario.name:
                    report(scenario.name, measure(scenario, ours, reference))


if __name__ == "__main__":
    main()
