"""Service models that expectations were recorded with: which of them is installed, and what two differ in.

``tests/conformance/models.json`` has a row for each: the version of botocore that first had the model, and a digest
of the model's files. A version of botocore that changes nothing of SageMaker has the model of the one before.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore
from botocore import xform_name

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]

#: Where recorded models are listed.
LIST = Path(__file__).resolve().parents[1] / "conformance" / "models.json"
#: The files of a model that say what a command takes, sends and prints.
FILES = ("service-2", "paginators-1", "paginators-1.sdk-extras", "waiters-2", "endpoint-rule-set-1")
#: Hexadecimal digits of a digest that are kept.
DIGITS = 16


@dataclass(frozen=True)
class Model:
    """The files of one API version of SageMaker, by name; a file that is missing is empty."""

    files: dict[str, Document]

    @property
    def service(self) -> Document:
        return self.files["service-2"]

    @functools.cached_property
    def commands(self) -> dict[str, str]:
        """Operations by the name of their command: ``list-models`` -> ``ListModels``."""
        return {str(xform_name(operation, "-")): operation for operation in self.service["operations"]}

    @functools.cached_property
    def digest(self) -> str:
        """Differs whenever one of the files says something else."""
        return _digest(self.files)

    def input_digest(self, operation: str) -> str | None:
        """Differs whenever the model says something else of what ``operation`` takes, documentation included.

        None where there is no such operation.
        """
        found = self.service["operations"].get(operation)
        return found and _digest(self.reachable(found.get("input", {}).get("shape")))

    def reachable(self, name: str | None) -> Document:
        """The shape ``name`` and all that it refers to, by name; nothing for None."""
        shapes = self.service["shapes"]
        found: Document = {}
        waiting = [name] if name else []
        while waiting:
            shape = waiting.pop()
            if shape not in found:
                found[shape] = shapes[shape]
                waiting += _named(shapes[shape])
        return found


def read(folder: Path) -> Model:
    """The model in a folder of botocore's data. A plain file comes before a packed one, as in botocore."""
    return Model({name: _document(folder, name) for name in FILES})


@functools.cache
def installed() -> Model:
    """The model of the installed botocore."""
    return read(data_folder(Path(botocore.__file__).parent))


def data_folder(package: Path) -> Path:
    """Where a botocore package keeps the newest API version of SageMaker."""
    return max((package / "data" / "sagemaker").glob("[0-9]*-[0-9]*-[0-9]*"))


@functools.cache
def recorded() -> dict[str, str]:
    """Digests of the models that something was recorded with, by botocore's version, the oldest first."""
    found: dict[str, str] = json.loads(LIST.read_text(encoding="utf-8"))
    return dict(sorted(found.items(), key=lambda row: numbers(row[0])))


@functools.cache
def installed_name() -> str:
    """The recorded model that is installed, else the version of the installed botocore."""
    return name_of(installed()) or str(botocore.__version__)


def name_of(model: Model) -> str | None:
    """The version of botocore under which ``model`` is recorded; None where it is not."""
    digest = model.digest
    return next((version for version, known in recorded().items() if known == digest), None)


def add(version: str, model: Model) -> None:
    """Note ``model`` as that of botocore ``version``, unless it is recorded already."""
    if name_of(model) is None:
        LIST.write_text(json.dumps({**recorded(), version: model.digest}, indent=2) + "\n", encoding="utf-8")
        recorded.cache_clear()


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers that sort: ``1.44.5`` -> (1, 44, 5)."""
    return tuple(map(int, re.findall(r"\d+", version)))


def why_not(versions: tuple[str, ...] = (), since: str | None = None) -> str | None:
    """The reason for which something is not said of the installed model; None where it is.

    ``versions``: the recorded models that it is said of, none for all; ``since``: the first one.
    """
    name = installed_name()
    unknown = {*versions, *([since] if since else [])} - set(recorded())
    if unknown:
        raise ValueError(f"no model is recorded as that of botocore {', '.join(sorted(unknown))}: see {LIST.name}")
    if since and numbers(name) < numbers(since):
        return f"came with botocore {since}; installed is the model of {name}"
    if versions and name not in versions:
        return f"said of the model of botocore {', '.join(versions)}; installed is that of {name}"
    return None


def _document(folder: Path, name: str) -> Document:
    plain, packed = folder / f"{name}.json", folder / f"{name}.json.gz"
    if plain.exists():
        data = plain.read_bytes()
    elif packed.exists():
        data = gzip.decompress(packed.read_bytes())
    else:
        return {}
    found: Document = json.loads(data)
    return found


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:DIGITS]


def _named(shape: Document) -> Iterator[str]:
    refs = [*shape.get("members", {}).values(), *(shape[key] for key in ("member", "key", "value") if key in shape)]
    return (ref["shape"] for ref in refs)
