"""Write what the fragments do with an AWS CLI as their expectations: ``python -m tests.scripts.record AWS``."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.scripts.fragment import FOLDER, FRAGMENTS, install, perform, read
from tests.support.endpoint import Endpoint


def main(program: str, names: list[str]) -> None:
    """Record the fragments ``names``, all of them when there are none."""
    endpoint = Endpoint()
    with tempfile.TemporaryDirectory() as place:
        folder = install(Path(place), program)
        for name in names or FRAGMENTS:
            world = {**read(name), "expect": perform(name, folder, endpoint)}
            text = json.dumps(world, indent=2, ensure_ascii=False) + "\n"
            (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")
    endpoint.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
