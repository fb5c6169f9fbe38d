"""Follow a release of the AWS CLI, or of botocore, in one command::

    python -m tests.conformance.follow [--aws-cli WHERE] [--botocore VERSION] [--share N] [--drawn N] [--keep FOLDER]

makes two virtual environments, one with that AWS CLI and one with what awsshadow needs, lays the second one's service
model into the first, and says what changed:

- what the model says otherwise than the one of the botocore installed here;
- which recorded cases expect something else now, with the rules of ``docs/reference-behaviour`` that they show;
- where this checkout does something else than that AWS CLI, in the recorded cases and in commands drawn for the
  operations that are new or have changed.

WHERE is a release (``2.36.8``: its tag is fetched), a folder with a checkout, or the URL of a repository, as pip takes
it; without it the release that awsshadow follows is taken. An ``aws`` that is installed already is used as it is, with
this Python and its botocore, and nothing is made. VERSION is of botocore; without it the newest.

The exit code is 0 when nothing is to be done, 1 when an expectation changed or something differs, 2 when it could not
be found out.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from awsshadow.version import REFERENCE_VERSION
from tests.conformance.changes import changes, touched
from tests.conformance.record import model_of
from tests.conformance.test_cases import EXCEPTIONS
from tests.docs.behaviour import rules_of_case
from tests.reference.generate import Generator
from tests.reference.known import known
from tests.support import models
from tests.support.cases import differences, expectation, load, sample
from tests.support.pool import Pool
from tests.support.program import ROOT, awsshadow, reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.support.cases import Case
    from tests.support.models import Model

REPOSITORY = "git+https://github.com/aws/aws-cli.git"
#: Seed of the commands that are drawn; the same every time.
SEED = 0


@dataclass
class Findings:
    """What came out: lines about the model; reports of changed expectations and of differences, by case."""

    model: list[str] = field(default_factory=list)
    expectations: dict[str, str] = field(default_factory=dict)
    differing: dict[str, str] = field(default_factory=dict)
    compared: int = 0

    @property
    def code(self) -> int:
        return 1 if self.expectations or self.differing else 0


@dataclass(frozen=True)
class Setting:
    """Both programs: the AWS CLI at ``aws``, and the Python whose botocore awsshadow has."""

    aws: str
    python: str
    model: Model
    #: The botocore that has the model, by its version.
    version: str


def main(arguments: list[str]) -> int:
    """Follow, print what changed, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.follow")
    parser.add_argument("--aws-cli", default=REFERENCE_VERSION, help="release, checkout, URL, or an installed aws")
    parser.add_argument("--botocore", help="the botocore whose model both have (default: the newest)")
    parser.add_argument("--share", type=int, default=1, help="look at one recorded case in so many (default: 1)")
    parser.add_argument("--drawn", type=int, default=10, help="commands for each changed operation (default: 10)")
    parser.add_argument("--workers", type=int, default=None, help="processes at work (default: all cores)")
    parser.add_argument("--keep", type=Path, help="make the environments in this folder and leave them there")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="follow-") as temporary:
        folder = given.keep or Path(temporary)
        try:
            setting = prepared(given.aws_cli, given.botocore, folder)
        except (subprocess.CalledProcessError, OSError, ValueError) as error:
            print(f"Could not be found out: {error}", file=sys.stderr)
            return 2
        print(f"AWS CLI: {given.aws_cli}; both have the model of botocore {setting.version}", flush=True)
        cases = list(load())
        chosen = sample(cases, given.share, 1) if given.share > 1 else cases
        drawn = list(commands(setting.model, Path(setting.python), given.drawn))
        pools = Pool(partial(reference, setting.aws), workers=given.workers), shadow(setting, temporary, given.workers)
        findings = compare(chosen, drawn, setting, *pools)
        findings.model = changes(models.installed(), setting.model)
    print(report(findings))
    if findings.expectations and given.keep:
        print(f"\nTo record: python -m tests.conformance.record {setting.aws} --model {setting.version}")
    return findings.code


def prepared(where: str, botocore: str | None, folder: Path) -> Setting:
    """Both programs, made in ``folder`` unless ``where`` is an installed ``aws``.

    Raises CalledProcessError for what pip cannot install, ValueError for an installed ``aws`` with a ``botocore`` or
    with another model than this Python's.
    """
    if Path(where).is_file():
        model = model_of(where)
        if botocore is not None:
            raise ValueError("an installed aws is used as it is: --botocore goes with a release or a checkout")
        if model.digest != models.installed().digest:
            raise ValueError("the installed aws has another service model than the botocore of this Python")
        return Setting(where, sys.executable, model, models.installed_name())
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    python = environment(folder / "awsshadow", [*needed, *([f"botocore=={botocore}"] if botocore else [])])
    source = models.data_folder(package(python, "botocore"))
    if Path(where).is_dir():
        where = str(copied(Path(where), folder / "source"))
    real = environment(folder / "reference", [requirement(where)])
    lay(source, models.data_folder(package(real, "awscli.botocore")))
    model = models.read(source)
    version = answer(python, "import botocore; print(botocore.__version__)")
    return Setting(str(real.with_name("aws")), str(python), model, models.name_of(model) or version)


def requirement(where: str) -> str:
    """What pip installs for a release, a checkout or a URL of the AWS CLI."""
    if re.fullmatch(r"\d+(\.\d+)+", where):
        return f"awscli @ {REPOSITORY}@{where}"
    return where if "://" not in where or where.startswith("git+") else f"git+{where}"


def copied(checkout: Path, folder: Path) -> Path:
    """A copy of a checkout in ``folder``, in place of what was there: a build of the AWS CLI leaves files behind."""
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(checkout, folder, symlinks=True, ignore=shutil.ignore_patterns(".git", "build")))


def environment(folder: Path, requirements: list[str]) -> Path:
    """The Python of a new virtual environment with ``requirements``; what constrains pip elsewhere does not count."""
    venv.create(folder, with_pip=True, clear=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "--upgrade", "pip"], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", *requirements], check=True)
    return python


def package(python: Path, name: str) -> Path:
    """The folder of a package in the environment of ``python``."""
    return Path(answer(python, f"import os, {name} as found; print(os.path.dirname(found.__file__))"))


def answer(python: Path, program: str) -> str:
    """What a Python program prints."""
    return subprocess.run([python, "-c", program], check=True, capture_output=True, text=True).stdout.strip()


def lay(source: Path, target: Path) -> None:
    """Put the model in the folder ``source`` in place of that in ``target``, as plain files, which are read first.

    A newer API version takes the place of the older one's files: the name of the folder says nothing to the reader.
    """
    model = models.read(source)
    for name in models.FILES:
        for old in (target / f"{name}.json", target / f"{name}.json.gz"):
            old.unlink(missing_ok=True)
        if model.files[name]:
            (target / f"{name}.json").write_text(json.dumps(model.files[name]), encoding="utf-8")


def commands(model: Model, python: Path, count: int) -> Iterator[Case]:
    """``count`` commands for each operation that may do something else than with the model installed here.

    They are drawn from the model of the botocore of ``python``. Each operation's skeletons are among them.
    """
    operations = touched(models.installed(), model)
    if not operations or not count:
        return
    names = {operation: name for name, operation in model.commands.items()}
    for operation in operations:
        for form in ("input", "output", "yaml-input"):
            argv = ["sagemaker", names[operation], "--generate-cli-skeleton", form]
            yield {"id": f"drawn-{names[operation]}-{form}", "kind": "drawn", "argv": argv}
    drawing = Generator(SEED, package(python, "botocore") / "data", frozenset(operations))
    yield from map(drawing.case, range(count * len(operations)))


def shadow(setting: Setting, cache: str, workers: int | None) -> Pool:
    """awsshadow from this checkout, with the botocore of the setting's Python."""
    return Pool(partial(awsshadow, setting.python), Path(cache), workers)


def compare(cases: Iterable[Case], drawn: Iterable[Case], setting: Setting, real: Pool, own: Pool) -> Findings:
    """Run recorded ``cases`` and ``drawn`` ones with both programs; the pools are closed at the end."""
    found = Findings()
    expected = [(case, expectation(case, setting.model, setting.version)) for case in cases]
    asked = [(case, said) for case, said in expected if not isinstance(said, str) or "quotes" in case["expect"]]
    both = [*asked, *((case, None) for case in drawn)]
    try:
        for pool in (real, own):
            pool.submit(case for case, _ in both)
        for case, said in both:
            got, ours = real.result(case), own.result(case)
            if isinstance(said, dict) and (report := differences({**case, "expect": said}, got)) is not None:
                found.expectations[case["id"]] = with_rules(case, report)
            elif isinstance(said, str):
                found.expectations[case["id"]] = f"{case['id']}: {said}"
            differing = differences({**case, "expect": got}, ours)
            if differing is not None and case["id"] not in EXCEPTIONS and known({**case, "expect": got}, ours) is None:
                found.differing[case["id"]] = with_rules(case, differing)
            found.compared += 1
    finally:
        real.close()
        own.close()
    return found


def with_rules(case: Case, report: str) -> str:
    """``report`` and the rules that the case shows, so that it is known which of them to look at."""
    rules = rules_of_case(case["id"], case["kind"]) if case["kind"] != "drawn" else []
    return "\n".join([report, *(f"rule: {rule}" for rule in rules)])


def report(found: Findings) -> str:
    """All findings, as text."""
    sections: list[tuple[str, Iterable[str]]] = [
        ("The model", found.model or ["says the same as the one installed here"]),
        (
            f"Expectations that changed: {len(found.expectations)} of {found.compared} commands",
            named(found.expectations),
        ),
        (f"Differences of awsshadow: {len(found.differing)} of {found.compared} commands", named(found.differing)),
    ]
    return "\n\n".join("\n".join([f"== {title}", *lines]) for title, lines in sections)


def named(reports: dict[str, str]) -> Iterator[str]:
    """The names of cases on one line, then each one's report."""
    if reports:
        yield ", ".join(reports)
    for text in reports.values():
        yield ""
        yield text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
