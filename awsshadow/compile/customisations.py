"""What the command line changes about the service model, as rows (behaviour: input 1.11).

Each row is baked into the slices it names; at run time there is no rename code. A row that
matches nothing in the model is an error when the slices are compiled for the botocore that the
project is tested with (``unmatched`` tells, a test holds it at none).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.model.shapes import Model

#: (operation, member) -> argument name. ``--version`` is a global option, so a member of that
#: name needs another; the argument moves to the end of the members. Waiters are not renamed.
RENAMED_ARGUMENTS = {
    ("DeleteImageVersion", "Version"): "version-number",
    ("DescribeImageVersion", "Version"): "version-number",
    ("ListAliases", "Version"): "version-number",
    ("UpdateImageVersion", "Version"): "version-number",
}


def unmatched(model: Model) -> list[tuple[str, str]]:
    """The rows that name an operation or member which ``model`` does not have."""
    missing = []
    for operation, member in RENAMED_ARGUMENTS:
        shape = model["operations"].get(operation, {}).get("input", {}).get("shape", "")
        if member not in model["shapes"].get(shape, {}).get("members", {}):
            missing.append((operation, member))
    return missing
