"""The first command in a fresh home, with slices of another botocore; see README.md in this folder."""

import argparse
import functools
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from start import CALL, base_environment, endpoint  # type: ignore[import-not-found] # it lies beside this program

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOCAL = {
    "skeleton": ["sagemaker", "create-inference-experiment", "--generate-cli-skeleton"],
    "missing option": ["sagemaker", "describe-endpoint"],
    "help in a pipe": ["sagemaker", "create-inference-experiment", "help"],
}
COUNTED = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
#: Commands that run at once, and from which operations they are drawn. Of the reference fewer: 200 need 12 GB.
CROWD, REFERENCE_CROWD = 200, 20
OPERATIONS = ("list-models", "describe-endpoint", "create-model", "create-training-job")

#: What was not measured.
NONE = float("nan")


def environment(folder: str, python: str, *packages: str) -> str:
    """A virtual environment in ``folder`` with ``packages``; gives its ``bin``."""
    subprocess.run([python, "-m", "venv", folder], check=True)
    place = os.path.join(folder, "bin")
    install = [os.path.join(place, "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, *packages], check=True, stderr=subprocess.DEVNULL)
    return place


def lay(folder: str, built_with: str, beside: str) -> str:
    """Build a wheel with one botocore and install it beside another; gives the ``bin`` it was installed to."""
    builder = environment(
        os.path.join(folder, "builder"), sys.executable, "build", "hatchling", f"botocore{built_with}"
    )
    wheels = os.path.join(folder, "wheels")
    build = [os.path.join(builder, "python"), "-m", "build", "--wheel", "--no-isolation", "--outdir", wheels, ROOT]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = os.listdir(wheels)
    return environment(os.path.join(folder, "user"), sys.executable, os.path.join(wheels, wheel), f"botocore{beside}")


def fresh(folder: str, base: dict[str, str], writable: bool) -> dict[str, str]:
    """``base`` with an empty home, whose cache can or cannot be written."""
    home = tempfile.mkdtemp(dir=folder)
    cache = os.path.join(home, ".cache") if writable else "/dev/null/cache"
    return {**base, "HOME": home, "XDG_CACHE_HOME": cache}


def timed(command: list[str], environ: dict[str, str]) -> tuple[float, float]:
    """Run once; seconds of CPU (user and system) and of wall time."""
    with open(os.devnull, "wb") as sink:
        begin = time.perf_counter()
        process = subprocess.Popen(command, env=environ, stdout=sink, stderr=sink)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        return usage.ru_utime + usage.ru_stime, time.perf_counter() - begin


def counted(command: list[str], environ: dict[str, str]) -> float:
    """Run once under valgrind; millions of instructions."""
    if not shutil.which(COUNTED[0]):
        return NONE
    line = [*COUNTED, os.path.join(os.path.dirname(command[0]), "python"), *command]
    steady = {**environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(line, env=steady, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    found = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    return int(found[1].replace(",", "")) / 1e6 if found else NONE


def pairs(commands: list[list[str]], home: Callable[[], dict[str, str]], count: int) -> list[list[float]]:
    """Medians of CPU and wall time of each command, the commands in turn; the first turn is not counted."""
    turns = [[timed(command, home()) for command in commands] for _ in range(count + 1)][1:]
    return [[statistics.median(turn[n][kind] for turn in turns) for kind in (0, 1)] for n in range(len(commands))]


def crowd(program: str, environ: dict[str, str], size: int) -> tuple[float, float, int]:
    """``size`` commands started at once: CPU and wall seconds a command, and how many failed."""
    before, begin = os.times(), time.perf_counter()
    running = [
        subprocess.Popen(
            [program, "sagemaker", OPERATIONS[n % len(OPERATIONS)], "--generate-cli-skeleton"],
            env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for n in range(size)
    ]  # fmt: skip
    failed = sum(process.wait() != 0 for process in running)
    after, wall = os.times(), time.perf_counter() - begin
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu / size, wall / size, failed


def rows(ours: str, reference: str | None, folder: str, base: dict[str, str], count: int) -> Iterator[str]:
    """The table, row by row. The reference keeps no slices: its instructions are counted once a command."""
    call = {**base, "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret"}
    homes = {
        "with": functools.partial(fresh, folder, call, True),
        "without": functools.partial(fresh, folder, call, False),
    }
    programs = [ours, *([reference] if reference else [])]
    for name, words in {**LOCAL, "call, http": CALL}.items():
        lines = [[program, *words] for program in programs]
        theirs = counted(lines[1], homes["with"]()) if reference else NONE
        for kind, home in homes.items():
            times = pairs(lines, home, count)
            mine = [*times[0], counted(lines[0], home())]
            other = [*times[1], theirs] if reference else [NONE] * 3
            ratios = " | ".join(f"{a / b:.3f}" for a, b in zip(mine, other, strict=True))
            amounts = f"{mine[0] * 1000:.0f} | {other[0] * 1000:.0f} | {mine[2]:.0f} | {other[2]:.0f}"
            yield f"| {name}, {kind} a cache | {ratios} | {amounts} |"


def crowds(ours: str, reference: str | None, folder: str, base: dict[str, str]) -> Iterator[str]:
    """What many first commands at once cost; the home of ours is shared."""
    environ = fresh(folder, base, True)
    cpu, wall, failed = crowd(ours, environ, CROWD)
    kept = os.path.join(environ["XDG_CACHE_HOME"], "awsshadow")
    left = [name for name in os.listdir(kept) if name.startswith("building-")]
    text = "{} first commands at once: {:.0f} ms CPU and {:.0f} ms wall a command, {} failed"
    yield text.format(CROWD, cpu * 1000, wall * 1000, failed) + f", {len(left)} files left over"
    if reference:
        their_cpu, their_wall, failed = crowd(reference, fresh(folder, base, True), REFERENCE_CROWD)
        yield "the reference: " + text.format(REFERENCE_CROWD, their_cpu * 1000, their_wall * 1000, failed)
        yield f"ratio: {cpu / their_cpu:.3f} CPU, {wall / their_wall:.3f} wall"


def main() -> None:
    """Lay a wheel built with one botocore beside another, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--built-with", default="==1.44.5", help="the botocore of the wheel (default: ==1.44.5)")
    parser.add_argument("--beside", default=">1.44.5", help="the botocore it is installed beside (default: >1.44.5)")
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--no-crowd", action="store_true", help="leave out the many commands at once")
    options = parser.parse_args()
    reference = os.environ.get("AWSSHADOW_REFERENCE")
    with tempfile.TemporaryDirectory() as folder, endpoint("--pages", "1") as port:
        place = lay(folder, options.built_with, options.beside)
        ours = os.path.join(place, "awsshadow")
        found = subprocess.run(
            [ours, "doctor"], env=fresh(folder, {}, True), capture_output=True, text=True, check=False
        ).stdout
        print(*(line for line in found.splitlines() if line.startswith(("version", "slices"))), sep="\n")
        base = {**base_environment(folder), "AWS_ENDPOINT_URL_SAGEMAKER": f"http://127.0.0.1:{port}"}
        print("| first command | CPU | wall | instructions | ms CPU | reference | M instructions | reference |")
        print("|---|---|---|---|---|---|---|---|")
        for row in rows(ours, reference, folder, base, options.pairs):
            print(row, flush=True)
        for row in () if options.no_crowd else crowds(ours, reference, folder, base):
            print(row, flush=True)


if __name__ == "__main__":
    main()
