"""Commands laid out in grids: each combination of a few short lists, in the form of recorded cases without expectation.

The recorded cases hold some points of each grid; here are all of them, and more along each axis.

To add a grid: write a function without parameters that yields cases, in the module of its subject or in a new one
beside it. Name each axis, a tuple of what varies along it, and walk through ``itertools.product`` of the axes;
``scenes.case`` makes a case of words and answers, ``scenes`` has commands to begin with. Give the function a row in
``GRIDS``. ``python -m tests.reference.fuzz REFERENCE --grid NAME`` then compares all its points with the reference;
a point at which the two once differed is worth a recorded case (``tests/conformance/record.py``). To lengthen an axis,
add to its tuple: nothing else counts the points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reference.grids.command_lines import words
from tests.reference.grids.complaints import complaints
from tests.reference.grids.credentials import credentials
from tests.reference.grids.documents import documents
from tests.reference.grids.errors import errors, faults
from tests.reference.grids.files import written
from tests.reference.grids.global_options import global_options
from tests.reference.grids.models import damaged_models
from tests.reference.grids.output import outputs
from tests.reference.grids.paging import paging
from tests.reference.grids.settings import aliases, endpoints, profiles
from tests.reference.grids.skeletons import skeletons
from tests.reference.grids.values import values
from tests.reference.grids.waits import waits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.cases import Case

#: What a grid is about, which is often a kind of recorded case -> its cases.
GRIDS: dict[str, Callable[[], Iterator[Case]]] = {
    "global": global_options, "config": errors, "profiles": profiles, "endpoint": endpoints,
    "credentials": credentials, "faults": faults, "words": words, "alias": aliases, "output": outputs,
    "paginate": paging, "cli-input": documents, "values": values, "skeleton": skeletons, "wait": waits,
    "complaints": complaints, "files": written, "models": damaged_models,
}  # fmt: skip


def every(names: list[str] | None = None) -> list[Case]:
    """The commands of the grids ``names``, of all when there are none, numbered."""
    return [
        {"id": f"{kind}-grid-{number}", "kind": kind, **case}
        for kind, cases in GRIDS.items()
        if not names or kind in names
        for number, case in enumerate(cases())
    ]
