"""What version 0.1.0 kept still opens: a file and a dump of it, with plans under way.

``format_1`` holds both, written by 0.1.0 under a frozen clock: endpoints, an inference experiment that
waits for its start and one that runs, a pipeline execution in its first step, a training job, lineage,
a resource policy, faults.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from awsshadow.sandbox import service

WRITTEN = Path(__file__).with_name("format_1")


@pytest.fixture(params=["file", "dump"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A sandbox folder with the contents of 0.1.0."""
    if request.param == "file":
        (tmp_path / "sandbox.db").write_bytes(gzip.decompress((WRITTEN / "sandbox.db.gz").read_bytes()))
    else:
        service.load(str(tmp_path), (WRITTEN / "dump.jsonl").read_text(encoding="utf-8").splitlines())
    return str(tmp_path)


def states(folder: str, family: str) -> dict[str, str]:
    return {row["name"]: row["status"] for row in service.listing(folder) if row["family"] == family}


def test_it_is_listed(kept: str) -> None:
    assert states(kept, "InferenceExperiment") == {"waits": "Created", "runs": "Running"}
    assert len(service.listing(kept)) == 14


def test_what_was_planned_happens(kept: str) -> None:
    service.advance_clock(kept, "10m")
    assert set(states(kept, "PipelineExecution").values()) == {"Succeeded"}
    assert states(kept, "TrainingJob") == {"job": "Completed"}
    service.advance_clock(kept, "2d")
    assert states(kept, "InferenceExperiment") == {"waits": "Created", "runs": "Completed"}
    service.advance_clock(kept, "60d")
    assert states(kept, "InferenceExperiment") == {"waits": "Completed", "runs": "Completed"}
    assert states(kept, "Endpoint") == {"churn": "InService", "second": "InService"}
