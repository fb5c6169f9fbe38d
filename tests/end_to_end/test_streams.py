"""Standard streams that are closed, full, or read by nobody."""

import os
import subprocess
import sys

import pytest

from tests.end_to_end.launch import Run, command, environ, models
from tests.support.endpoint import Endpoint
from tests.support.program import ROOT
from tests.support.stage import Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell lays the streams")

FORMATS = ("json", "text", "table", "yaml", "yaml-stream")
PIPE = "[Errno 32] Broken pipe"
FULL = "[Errno 28] No space left on device"


def sink(name: str) -> int:
    """A descriptor to write to in vain: a pipe without a reader, or a full disk."""
    if name == "full":
        if not os.path.exists("/dev/full"):
            pytest.skip("no /dev/full here")
        return os.open("/dev/full", os.O_WRONLY)
    reader, writer = os.pipe()
    os.close(reader)
    return writer


def into(name: str, run: Run, *words: str) -> tuple[int, str]:
    """The exit code and what stands on standard error of a command that writes into ``sink(name)``."""
    descriptor = sink(name)
    try:
        done = run(*words, stdout=descriptor)
    finally:
        os.close(descriptor)
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize(("name", "message"), [("pipe", PIPE), ("full", FULL)])
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("sizes", [(500,), (10, 500), (500, 500)])
def test_more_than_fits_into_a_buffer(
    endpoint: Endpoint, run: Run, format: str, name: str, message: str, sizes: tuple[int, ...]
) -> None:
    replies = [models(size, f"t{n}" if n + 1 < len(sizes) else None) for n, size in enumerate(sizes)]
    endpoint.script(replies)
    code, text = into(name, run, "sagemaker", "list-models", "--output", format)
    if format == "text":
        assert (code, text) == (255, f"\nawsshadow: [ERROR]: {message}\n")
    elif format == "yaml-stream" and sizes == (10, 500):
        # What was written before, a page or blocks of one, is still buffered: the reference fails on it when it ends.
        assert code == 120
        assert text.endswith(f"Error: {message}\n")
    else:
        assert (code, text) == (0, "")
    stops_early = format in ("yaml-stream", "text") and sizes == (500, 500)
    assert len(endpoint.requests()) == (1 if stops_early else len(sizes))


@pytest.mark.parametrize(("name", "message"), [("pipe", PIPE), ("full", FULL)])
@pytest.mark.parametrize("format", FORMATS)
def test_what_fits_into_a_buffer_fails_at_the_end(
    endpoint: Endpoint, run: Run, format: str, name: str, message: str
) -> None:
    endpoint.script([models(1)])
    code, text = into(name, run, "sagemaker", "list-models", "--output", format)
    assert code == 120
    assert text.startswith("Exception ignored ")
    assert text.endswith(f"Error: {message}\n")
    assert "Traceback" not in text


CLOSED = [
    (">&-", ["list-models"], 255, "'NoneType' object has no attribute 'flush'"),
    (">&-", ["list-models", "--generate-cli-skeleton"], 255, "'NoneType' object has no attribute 'write'"),
    (">&-", ["list-models", "--output", "jsonl"], 255, "Cannot write to standard output: it is closed"),
    (">&-", ["delete-model", "--model-name", "m", "--dry-run"], 255, "Cannot write to standard output: it is closed"),
    (">&-", ["list-models", "--bogus"], 252, "Unknown options: --bogus"),
    ("2>&-", ["list-models", "--bogus"], 1, ""),
    ("2>&-", ["list-models", "--debug"], 0, ""),
    ("2>/dev/full", ["list-models", "--bogus"], 120, ""),
    (">&- 2>&-", ["list-models"], 1, ""),
    (">&- 2>&-", ["list-models", "--bogus"], 1, ""),
    ("<&-", ["list-models"], 0, ""),
    ("<&- >&- 2>&-", ["list-models"], 1, ""),
]


@pytest.mark.parametrize(("redirection", "words", "code", "message"), CLOSED)
def test_closed_streams(
    endpoint: Endpoint, stage: Stage, redirection: str, words: list[str], code: int, message: str
) -> None:
    endpoint.script([models(1)])
    line = ["sh", "-c", f'exec "$@" {redirection}', "sh", *command(["sagemaker", *words])]
    done = subprocess.run(line, env=environ(stage), cwd=stage.work, capture_output=True, timeout=60, check=False)
    assert done.returncode == code
    text = done.stderr.decode()
    assert text.endswith(f"awsshadow: [ERROR]: {message}\n" if message else "")
    assert bool(text) == bool(message)
    assert "Traceback" not in text


def test_a_pipe_into_a_reader_of_one_line(endpoint: Endpoint, stage: Stage) -> None:
    endpoint.script([models(5000)])
    line = ["bash", "-c", 'set -o pipefail; "$@" | head -1', "bash", *command(["sagemaker", "list-models"])]
    done = subprocess.run(line, env=environ(stage), cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"{\n", b"")


#: The program under a name of one's own, in a process that does nothing else.
UNDER_A_NAME = "import sys; sys.argv[0:1] = []; from awsshadow.main import main; sys.exit(main())"


class TestQuietly:
    """``AWSSHADOW_BROKEN_PIPE=quiet``: whoever reads has seen enough, which is nobody's mistake."""

    @pytest.mark.parametrize("format", FORMATS)
    @pytest.mark.parametrize("sizes", [(1,), (500,), (10, 500)], ids=str)
    def test_no_word_is_said(
        self, endpoint: Endpoint, stage: Stage, run: Run, format: str, sizes: tuple[int, ...]
    ) -> None:
        stage.environ["AWSSHADOW_BROKEN_PIPE"] = "quiet"
        endpoint.script([models(size, f"t{n}" if n + 1 < len(sizes) else None) for n, size in enumerate(sizes)])
        code, text = into("pipe", run, "sagemaker", "list-models", "--output", format)
        assert text == ""
        # Of what does not fit into a buffer the reference itself says nothing in other formats than text.
        assert code == 141 if format == "text" or sizes == (1,) else code in (0, 141)

    def test_skeletons_and_the_version(self, stage: Stage, run: Run) -> None:
        stage.environ["AWSSHADOW_BROKEN_PIPE"] = "QUIET"
        for words in (["--version"], ["sagemaker", "create-model", "--generate-cli-skeleton"]):
            assert into("pipe", run, *words) == (141, "")

    def test_an_error_stays_an_error(self, stage: Stage, run: Run) -> None:
        stage.environ["AWSSHADOW_BROKEN_PIPE"] = "quiet"
        code, text = into("pipe", run, "sagemaker", "list-models", "--bogus")
        assert (code, "Unknown options: --bogus" in text) == (252, True)

    def test_a_full_disk_is_no_reader_that_has_gone(self, endpoint: Endpoint, stage: Stage, run: Run) -> None:
        stage.environ["AWSSHADOW_BROKEN_PIPE"] = "quiet"
        endpoint.script([models(500)])
        code, text = into("full", run, "sagemaker", "list-models", "--output", "text")
        assert (code, FULL in text) == (255, True)

    @pytest.mark.parametrize(("program", "value"), [("aws", "quiet"), ("awsshadow", "yes"), ("awsshadow", "")])
    def test_only_where_it_is_asked_for_and_never_under_the_name_aws(
        self, endpoint: Endpoint, stage: Stage, program: str, value: str
    ) -> None:
        endpoint.script([models(500)])
        given = {**environ(stage), "AWSSHADOW_BROKEN_PIPE": value}
        words = [sys.executable, "-c", UNDER_A_NAME, program, "sagemaker", "list-models", "--output", "text"]
        descriptor = sink("pipe")
        done = subprocess.run(words, env=given, stdout=descriptor, stderr=subprocess.PIPE, timeout=60, check=False)
        os.close(descriptor)
        assert (done.returncode, done.stderr.decode()) == (255, f"\n{program}: [ERROR]: {PIPE}\n")
