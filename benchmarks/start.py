"""What commands cost, beside the reference: instructions, CPU time, wall time, memory; see README.md in this folder."""

import argparse
import json
import os
import platform
import re
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
#: Items of a listing for which instructions are counted.
PARTS = (100, 3_100)
FORMATS = ("json", "text", "yaml", "yaml-stream", "table")
#: Programs of the interpreter alone: below them no command can be that needs what they load.
FLOORS = {
    "python -c pass": "pass",
    "python, import botocore.auth": "import gc; gc.disable(); import botocore.auth; gc.freeze()",
}
COUNTER = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]


class Scenario:
    """A command line and the environment it runs in; ``tools`` are programs beside ours and the reference's."""

    #: Whether there is nothing to compare it with.
    alone = False
    #: Items of a listing: its instructions are counted for fewer, see ``counted``.
    items = 0

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


class Run:
    """What one run cost: wall and CPU seconds, and peak memory in MB; and its exit code."""

    def __init__(self, wall: float, cpu: float, memory: float, code: int) -> None:
        self.wall, self.cpu, self.memory, self.code = wall, cpu, memory, code


def run(program: str, scenario: Scenario) -> Run:
    """Run once."""
    with open(os.devnull, "wb") as sink:
        begin = time.perf_counter()
        process = subprocess.Popen([program, *scenario.argv], env=scenario.environ, stdout=sink, stderr=sink)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


def counted(program: str, scenario: Scenario) -> float | None:
    """Millions of instructions of one run, None without valgrind.

    A whole listing would take a quarter of an hour to count: a small and a middling part of it are counted, and the
    rest is reckoned from what lies between them, as the cost is linear (growth.py).
    """
    if not scenario.items:
        return instructions(program, scenario)
    found = []
    for items in PARTS:
        part = Scenario(scenario.name, [*scenario.argv, "--max-items", str(items)], scenario.environ, 1)
        found.append(instructions(program, part))
    if found[0] is None or found[1] is None:
        return None
    return found[0] + (found[1] - found[0]) * (scenario.items - PARTS[0]) / (PARTS[1] - PARTS[0])


def instructions(program: str, scenario: Scenario) -> float | None:
    """Millions of instructions of one run, which repeat to a thousandth; None without valgrind."""
    if not shutil.which(COUNTER[0]):
        return None
    environ = {**scenario.environ, "PYTHONHASHSEED": "0"}
    command = [*COUNTER, program, *scenario.argv]
    done = subprocess.run(
        command, check=False, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    found = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    return int(found[1].replace(",", "")) / 1e6 if found else None


def beside(program: str, tool: str) -> str:
    """``tool`` in the folder of ``program``, or the program itself."""
    return os.path.join(os.path.dirname(program), tool) if tool else program


class Cost:
    """What one program's runs of a scenario cost: medians, the most memory, and one count of instructions."""

    def __init__(self, runs: list[Run], counted: float | None) -> None:
        self.wall = statistics.median(run.wall for run in runs)
        self.cpu = statistics.median(run.cpu for run in runs)
        self.memory = max(run.memory for run in runs)
        self.instructions = counted


def measure(scenario: Scenario, programs: list[str], counting: bool) -> list[Cost]:
    """The cost of each of ``programs``, which are run in turn; the first turn warms the caches."""
    paths = [beside(program, tool) for program, tool in zip(programs, scenario.tools, strict=False)]
    turns = [[run(path, scenario) for path in paths] for _ in range(scenario.pairs + 1)][1:]
    counts = [counted(path, scenario) if counting else None for path in paths]
    return [Cost(list(runs), count) for runs, count in zip(zip(*turns, strict=True), counts, strict=True)]


def cells(figures: list[float | None], scale: float) -> str:
    """The figures of both programs and their ratio."""
    mine, theirs = (*figures, None)[:2]
    shown = ["-" if figure is None else f"{figure * scale:.0f}" for figure in (mine, theirs)]
    ratio = f"{mine / theirs:.3f}" if mine and theirs else "-"
    return f"{shown[0]:>6} | {shown[1]:>6} | {ratio:>5}"


def report(name: str, costs: list[Cost]) -> None:
    """One row of the table."""
    counted = cells([cost.instructions for cost in costs], 1)
    times = (cells([cost.cpu for cost in costs], 1000), cells([cost.wall for cost in costs], 1000))
    memory = " / ".join(f"{cost.memory:.0f}" for cost in costs)
    print(f"| {name:28} | {counted} | {' | '.join(times)} | {memory:10} |", flush=True)


def processor() -> str:
    """What the processor calls itself, or its kind where the system does not tell."""
    try:
        with open("/proc/cpuinfo") as file:
            names = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    except OSError:
        names = []
    return names[0] if names else platform.machine()


def heading(reference: str | None) -> None:
    """What the figures were taken on, and the head of the table."""
    import botocore

    machine = f"{os.cpu_count()} cores, {processor()}; {platform.system()} {platform.release()}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    asked = [reference, "--version"] if reference else ["echo", "none"]
    version = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split()[0]
    print(f"{machine}; {python}; botocore {botocore.__version__}; reference {version}\n")
    group = "{0} | ref. | ratio"
    print(f"| scenario | {' | '.join(group.format(name) for name in ('M instr.', 'CPU ms', 'wall ms'))} | peak MB |")
    print("|---" + "|--:" * 9 + "|---|")


def scenarios_of(options: argparse.Namespace, folder: str, ports: tuple[int, int], cert: str) -> list[Scenario]:
    """Everything there is to measure."""
    base = base_environment(folder)
    found = [Scenario(name, ["-c", code], base, options.pairs) for name, code in FLOORS.items()]
    for floor in found:
        floor.alone = True
    found += [Scenario(name, argv, base, options.pairs) for name, argv in OFFLINE.items()]
    calls = call_scenarios(base, folder, *ports, cert, options.pairs)
    for name, line in COMPLETIONS.items():
        asked = {**base, "COMP_LINE": line, "COMP_POINT": str(len(line))}
        found.append(Scenario(name, [], asked, options.pairs, ("awsshadow_completer", "aws_completer")))
    for name in FORMATS if options.pages else ():
        argv = ["sagemaker", "list-inference-experiments", "--output", name]
        listing = Scenario(f"{options.pages * 100} items, {name}", argv, calls[0].environ, options.listing_pairs)
        listing.items = options.pages * 100
        calls.append(listing)
    return found + calls


def main() -> None:
    """Measure every scenario and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--pages", type=int, default=0, help="pages of 100 items for the listing; 0 leaves it out")
    parser.add_argument("--listing-pairs", type=int, default=1)
    parser.add_argument("--only", default="", help="scenarios whose name holds this text")
    parser.add_argument("--times-only", action="store_true", help="count no instructions, which takes 50 times as long")
    options = parser.parse_args()
    ours = os.path.join(os.path.dirname(sys.executable), "awsshadow")
    reference = os.environ.get("AWSSHADOW_REFERENCE")
    heading(reference)
    with tempfile.TemporaryDirectory() as folder:
        cert, key = certificate(folder)
        pages = str(max(options.pages, 1))
        with endpoint("--pages", pages) as http, endpoint("--cert", cert, "--key", key) as https:
            for scenario in scenarios_of(options, folder, (http, https), cert):
                if options.only in scenario.name:
                    programs = [sys.executable] if scenario.alone else [ours, *([reference] if reference else [])]
                    report(scenario.name, measure(scenario, programs, not options.times_only))


if __name__ == "__main__":
    main()
