"""How the cost of a command grows with what it is given: instructions, or CPU time without valgrind.

``python benchmarks/growth.py [--largest N] [--only TEXT]`` runs the ``awsshadow`` beside the running Python with
work of a thousand, ten thousand and so on, and prints what each tenfold costs beyond what a command costs anyway.
Where that is ten times as much as before, the cost is linear.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable

from endpoint import ARN  # type: ignore[import-not-found] # it lies beside this program
from start import (  # type: ignore[import-not-found] # it lies beside this program
    CALL,
    Scenario,
    base_environment,
    endpoint,
    instructions,
    run,
)

#: Subject -> the sizes it is tried at.
SIZES = {
    "items of a listing, json": (1_000, 10_000, 100_000, 1_000_000),
    "items of a listing, text": (1_000, 10_000, 100_000, 1_000_000),
    "items of a listing, yaml": (1_000, 10_000, 100_000, 1_000_000),
    "items of a listing, table": (1_000, 10_000, 100_000),
    "items of a listing under --query": (1_000, 10_000, 100_000),
    "characters of an argument, from a file": (10_000, 100_000, 1_000_000, 10_000_000),
    "tags in shorthand": (100, 1_000, 10_000),
    "tags in JSON": (100, 1_000, 10_000),
    "aliases": (10, 100, 1_000),
    "profiles in the config file": (100, 1_000, 10_000),
}
LISTING = ["sagemaker", "list-inference-experiments", "--output"]
DESCRIBE = ["sagemaker", "describe-endpoint", "--endpoint-name", "e"]


class World:
    """A folder with files and an environment for one run; ``port`` is that of the endpoint."""

    def __init__(self, folder: str, port: int) -> None:
        self.folder = folder
        keys = {"AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret"}
        url = {"AWS_ENDPOINT_URL_SAGEMAKER": f"http://127.0.0.1:{port}"}
        self.environ = {**base_environment(folder), **keys, **url}

    def lay(self, name: str, text: str) -> str:
        """A file with ``text``; gives its path."""
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
        return path


def listing(form: str, *options: str) -> Callable[[World, int], list[str]]:
    return lambda _world, _size: [*LISTING, form, *options]


def argument(world: World, size: int) -> list[str]:
    words = ["sagemaker", "create-trial-component", "--trial-component-name", "t", "--parameters"]
    path = world.lay("argument.json", json.dumps({f"p{n}": {"StringValue": "x" * 1000} for n in range(size // 1000)}))
    return [*words, f"file://{path}"]


def shorthand(_world: World, size: int) -> list[str]:
    return [*CALL, "--tags", *(f"Key=k{n},Value=v{n}" for n in range(size))]


def tags(world: World, size: int) -> list[str]:
    path = world.lay("tags.json", json.dumps([{"Key": f"k{n}", "Value": f"v{n}"} for n in range(size)]))
    return ["sagemaker", "add-tags", "--resource-arn", ARN, "--tags", f"file://{path}"]


def aliases(world: World, size: int) -> list[str]:
    lines = [f"a{n} = {' '.join(DESCRIBE)}" for n in range(size)]
    world.lay(os.path.join(".aws", "cli", "alias"), "\n".join(["[toplevel]", *lines, ""]))
    return [f"a{size - 1}"]


def profiles(world: World, size: int) -> list[str]:
    sections = [f"[profile p{n}]\naws_access_key_id = AKID\naws_secret_access_key = secret\n" for n in range(size)]
    world.lay(os.path.join(".aws", "config"), "".join(sections))
    return [*DESCRIBE, "--profile", f"p{size - 1}"]


COMMANDS: dict[str, Callable[[World, int], list[str]]] = {
    **{f"items of a listing, {form}": listing(form) for form in ("json", "text", "yaml", "table")},
    "items of a listing under --query": listing("json", "--query", "InferenceExperiments[?Status=='Completed'].Name"),
    "characters of an argument, from a file": argument,
    "tags in shorthand": shorthand,
    "tags in JSON": tags,
    "aliases": aliases,
    "profiles in the config file": profiles,
}


def cost(argv: list[str], environ: dict[str, str], counting: bool) -> tuple[float, float]:
    """Millions of instructions (CPU milliseconds without ``counting``) and the peak memory in MB.

    Raises RuntimeError when the command fails: then it did not do the work.
    """
    program = os.path.join(os.path.dirname(sys.executable), "awsshadow")
    scenario = Scenario("", argv, environ, 1)
    seen = run(program, scenario)
    if seen.code:
        raise RuntimeError(f"{' '.join(argv)[:200]} ended with {seen.code}")
    counted = instructions(program, scenario) if counting else None
    return (counted or seen.cpu * 1000), seen.memory


def series(name: str, counting: bool, largest: int) -> list[tuple[int, float, float]]:
    """Size, cost and memory for each size, the first of them next to nothing."""
    found = []
    for size in (1, *(size for size in SIZES[name] if size <= largest)):
        with tempfile.TemporaryDirectory() as folder, endpoint("--pages", str(max(size // 100, 1))) as port:
            world = World(folder, port)
            argv = COMMANDS[name](world, size)
            found.append((size, *cost(argv, world.environ, counting)))
    return found


def main() -> None:
    """Print a row for each size of each subject."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=10_000_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--times-only", action="store_true", help="CPU time even where instructions can be counted")
    options = parser.parse_args()
    print("| work | size | cost | beyond the least | times the size before | peak MB |")
    print("|---|--:|--:|--:|--:|--:|")
    for name in SIZES:
        if options.only not in name:
            continue
        (_, least, _), *rows = series(name, not options.times_only, options.largest)
        before = 0.0
        for size, spent, memory in rows:
            more = spent - least
            times = f"{more / before:.1f}" if before > 0 else "-"
            print(f"| {name} | {size:,} | {spent:,.0f} | {more:,.0f} | {times} | {memory:.0f} |", flush=True)
            before = more


if __name__ == "__main__":
    main()
