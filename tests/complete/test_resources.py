"""Names of live resources: who is asked, what is remembered, and that no failure is seen."""

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from awsshadow.complete import resources
from awsshadow.model import find_store, load
from tests.complete.conftest import ROOT, Complete
from tests.support.endpoint import Endpoint
from tests.support.stage import Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the fake listing is a shell script")

#: Gives the files that keep names.
Remembered = Callable[[], list[Path]]

LINE = "aws sagemaker describe-endpoint --endpoint-name "


class Listing:
    """A program that stands in for the interpreter; it notes its words and does what ``body`` says."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "python"
        self.log = folder / "log"
        self.says("echo alpha; echo beta")

    def says(self, body: str) -> None:
        self.path.write_text(f'#!/bin/sh\necho "$@" >> {self.log}\n{body}\n')
        self.path.chmod(0o700)

    @property
    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def listing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Listing:
    folder = tmp_path / "fake"
    folder.mkdir()
    fake = Listing(folder)
    monkeypatch.setattr(sys, "executable", str(fake.path))
    # The names are remembered in a folder of this test's own; the slices stay where they are.
    monkeypatch.setattr(resources, "cache_folder", lambda _: str(tmp_path / "cache"))
    return fake


@pytest.fixture
def remembered(tmp_path: Path) -> Remembered:
    return lambda: sorted((tmp_path / "cache" / "names").iterdir())


@pytest.mark.parametrize(
    "name", ["$(id)", "`id`", "a;b", "a&b", "a|b", "a>b", "a'b", 'a"b', "a\\b", "-a", "{a,b}", "[a]"]
)
def test_names_that_a_shell_would_obey_are_not_offered(complete: Complete, listing: Listing, name: str) -> None:
    (listing.path.parent / "names").write_text(f"{name}\nalpha\n")
    listing.says(f"cat {listing.path.parent}/names")
    assert complete(LINE) == ["alpha"]


def test_names_are_listed_and_narrowed(complete: Complete, listing: Listing) -> None:
    assert complete(LINE) == ["alpha", "beta"]
    assert complete(LINE + "b") == ["beta"]
    words = "-P -m awsshadow sagemaker list-endpoints --max-results 100 --no-paginate --output text"
    assert listing.calls == [f"{words} --query Endpoints[].[EndpointName]"]


def test_account_and_place_of_the_line_are_passed_on_and_remembered_apart(complete: Complete, listing: Listing) -> None:
    options = "--profile p --region eu-west-1 --endpoint-url http://h --no-verify-ssl"
    complete(f"aws {options} sagemaker describe-endpoint --endpoint-name ")
    complete(LINE)
    complete(LINE, more={"AWS_PROFILE": "other"})
    complete(LINE, more={"AWSSHADOW_SANDBOX": "/sandbox"})
    assert len(listing.calls) == 4
    assert "list-endpoints --profile p --region eu-west-1 --endpoint-url http://h --no-verify-ssl" in listing.calls[0]


def test_what_a_listing_needs_is_taken_from_the_line(complete: Complete, listing: Listing) -> None:
    line = "aws sagemaker describe-image-version"
    complete(f"{line} --image-name ")
    assert "list-images" in listing.calls[-1]
    before = len(listing.calls)
    assert complete("aws sagemaker describe-app --domain-id ") == ["alpha", "beta"]
    assert len(listing.calls) == before + 1


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("delete-model --model-name", "list-models"),
        ("stop-training-job --training-job-name", "list-training-jobs"),
        ("wait transform-job-completed-or-stopped --transform-job-name", "list-transform-jobs"),
        ("create-endpoint --endpoint-config-name", "list-endpoint-configs"),
        ("update-endpoint --endpoint-config-name", "list-endpoint-configs"),
        ("wait training-job-completed-or-stopped --training-job-name", "list-training-jobs"),
        (
            "list-training-jobs-for-hyper-parameter-tuning-job --hyper-parameter-tuning-job-name",
            "list-hyper-parameter-tuning-jobs",
        ),
        (
            "update-notebook-instance-lifecycle-config --notebook-instance-lifecycle-config-name",
            "list-notebook-instance-lifecycle-configs",
        ),
        ("describe-inference-experiment --name", "list-inference-experiments"),
        ("describe-pipeline --pipeline-name", "list-pipelines"),
    ],
)
def test_options_that_name_resources(complete: Complete, listing: Listing, line: str, command: str) -> None:
    assert complete(f"aws sagemaker {line} ") == ["alpha", "beta"]
    assert f"sagemaker {command} " in listing.calls[0]


@pytest.mark.parametrize(
    "line", ["create-model --model-name ", "create-endpoint --endpoint-name ", "list-models --name-contains "]
)
def test_names_that_are_to_be_new_or_free_are_not_asked_for(complete: Complete, listing: Listing, line: str) -> None:
    assert complete("aws sagemaker " + line) == []
    assert listing.calls == []


def test_every_listing_takes_what_it_is_given(environ: dict[str, str]) -> None:
    """Each source names a list operation that has the options it needs and lists a hundred at once."""
    store = find_store(environ)
    sources = [s for name in store.index()["operations"] for s in load(store, "operations", name).resources.values()]
    assert len(sources) > 300
    for command in {source["command"] for source in sources}:
        slice = load(store, "operations", command)
        options = {argument.name: argument for argument in slice.arguments}
        most = options["max-results"].shape
        assert most is not None
        assert slice.shapes[most]["max"] == int(resources.MOST)
        assert all(set(source["needs"]) <= set(options) for source in sources if source["command"] == command)


def test_names_are_fresh_for_a_minute(complete: Complete, listing: Listing, remembered: Remembered) -> None:
    complete(LINE)
    listing.says("echo gamma")
    assert complete(LINE) == ["alpha", "beta"]
    old = time.time() - 61
    os.utime(remembered()[0], (old, old))
    assert complete(LINE) == ["gamma"]
    assert len(remembered()) == 1


def test_names_from_the_future_do_not_count(complete: Complete, listing: Listing, remembered: Remembered) -> None:
    complete(LINE)
    listing.says("echo gamma")
    later = time.time() + 3600
    os.utime(remembered()[0], (later, later))
    assert complete(LINE) == ["gamma"]


def test_what_is_remembered_is_the_users_alone(complete: Complete, listing: Listing, remembered: Remembered) -> None:
    complete(LINE)
    (kept,) = remembered()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert kept.read_text() == "alpha\nbeta"


def test_a_file_others_may_write_is_not_believed(complete: Complete, listing: Listing, remembered: Remembered) -> None:
    complete(LINE)
    (kept,) = remembered()
    kept.write_text("evil")
    kept.chmod(0o666)
    assert complete(LINE) == ["alpha", "beta"]
    assert remembered()[0].stat().st_mode & 0o022 == 0


def test_a_link_is_not_followed(complete: Complete, listing: Listing, remembered: Remembered, tmp_path: Path) -> None:
    complete(LINE)
    (kept,) = remembered()
    kept.unlink()
    (tmp_path / "elsewhere").write_text("evil")
    kept.symlink_to(tmp_path / "elsewhere")
    assert complete(LINE) == ["alpha", "beta"]
    assert (tmp_path / "elsewhere").read_text() == "evil"


@pytest.mark.parametrize("garbage", [b"\xff\xfe\x00", b"\x1b[2Jevil\n", b""])
def test_garbage_in_the_cache_offers_nothing_a_terminal_would_obey(
    complete: Complete, listing: Listing, remembered: Remembered, garbage: bytes
) -> None:
    complete(LINE)
    remembered()[0].write_bytes(garbage)
    assert all(name.isprintable() for name in complete(LINE))


def test_without_a_place_to_write_names_are_asked_for_each_time(
    complete: Complete, listing: Listing, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert complete(LINE) == ["alpha", "beta"]
    assert complete(LINE) == ["alpha", "beta"]
    assert len(listing.calls) == 2


def test_without_a_home_too(complete: Complete, listing: Listing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "cache_folder", lambda _: None)
    assert complete(LINE) == ["alpha", "beta"]


@pytest.mark.parametrize(
    "body",
    ["exit 255", "echo alpha; exit 1", "echo None", "printf '\\033[2J\\n'", "kill -9 $$", "printf '\\377\\n' >&2"],
)
def test_failures_are_silent(
    complete: Complete, listing: Listing, body: str, capfd: pytest.CaptureFixture[str]
) -> None:
    listing.says(body)
    assert complete(LINE) == []
    assert capfd.readouterr() == ("", "")


def test_a_failure_is_not_repeated_at_once_but_soon(
    complete: Complete, listing: Listing, remembered: Remembered
) -> None:
    listing.says("exit 255")
    complete(LINE)
    listing.says("echo alpha")
    assert complete(LINE) == []
    earlier = time.time() - resources.FRESH + resources.QUIET - 11
    os.utime(remembered()[0], (earlier, earlier))
    assert complete(LINE) == ["alpha"]


def test_a_program_that_cannot_start_is_silent(
    complete: Complete, listing: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(listing.log))
    assert complete(LINE) == []


def test_the_wait_is_boxed_whatever_the_listing_has_started(
    complete: Complete, listing: Listing, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(resources, "PATIENCE", 0.3)
    listing.says(f"sleep 60 & echo $! > {tmp_path}/child; wait")
    begin = time.monotonic()
    assert complete(LINE) == []
    assert time.monotonic() - begin < 30
    child = int((tmp_path / "child").read_text() or 0) if (tmp_path / "child").exists() else 0
    if child:
        assert not _alive(child)


def _alive(pid: int) -> bool:
    """Whether a process runs; one that is dead but not yet collected does not."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_listing_has_no_terminal_to_ask_on(complete: Complete, listing: Listing) -> None:
    listing.says("(exec 3</dev/tty) 2>/dev/null && echo terminal || echo none")
    assert complete(LINE) == ["none"]


def test_a_real_listing_against_an_endpoint(
    complete: Complete, endpoint: Endpoint, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way: the program itself, a signed request, names on a line each."""
    body = '{"Endpoints": [{"EndpointName": "one"}, {"EndpointName": "two"}]}'
    endpoint.script([{"status": 200, "headers": {"Content-Type": "application/x-amz-json-1.1"}, "body": body}])
    monkeypatch.setattr(resources, "PATIENCE", 60)
    assert complete(LINE, more={**stage.environ, "PYTHONPATH": str(ROOT)}) == ["one", "two"]
    (request,) = endpoint.requests()
    assert request["headers"]["x-amz-target"] == "SageMaker.ListEndpoints"
    assert request["body"] == '{"MaxResults": 100}'


def test_a_real_listing_in_the_sandbox(complete: Complete, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same with nothing but a folder: no endpoint, no credentials."""
    variables = {
        "AWSSHADOW_SANDBOX": str(tmp_path / "sandbox"),
        "AWS_DEFAULT_REGION": "us-east-1",
        "PYTHONPATH": str(ROOT),
    }
    words = ["-m", "awsshadow", "sagemaker", "create-model", "--model-name", "rehearsed"]
    role = ["--execution-role-arn", "arn:aws:iam::123456789012:role/r"]
    subprocess.run([sys.executable, *words, *role], env={**os.environ, **variables}, check=True, timeout=60)
    monkeypatch.setattr(resources, "PATIENCE", 60)
    assert complete("aws sagemaker delete-model --model-name reh", more=variables) == ["rehearsed"]
