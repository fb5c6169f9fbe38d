"""What may stand as the value of an option."""

from __future__ import annotations

import os

from awsshadow.complete import query, shorthand
from awsshadow.config.files import read_config_files
from awsshadow.own_commands import EXTRA_OUTPUTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from awsshadow.complete.candidates import Candidate
    from awsshadow.complete.partial_line import Line


def values(line: Line, option: str, fragment: str) -> list[Candidate]:
    """The values of ``option`` that begin with ``fragment``. Raises what reading the files raises."""
    row = line.rows[option]
    found: Iterable[Candidate]
    if row.choices:
        more = EXTRA_OUTPUTS if option == "--output" and line.extras else {}
        meanings = {**line.choices.get(option, {}), **more}
        found = [(text, meanings.get(text, "")) for text in (*row.choices, *more)]
    elif option == "--region":
        found = _regions(line)
    elif option == "--profile":
        found = ((name, "") for name in read_config_files(line.environ).profiles)
    elif option in SEVERAL:
        return several(line, option, fragment)
    elif option == "--query":
        found = _members(line, fragment)
    elif option == "--ca-bundle":
        found = paths(fragment)
    else:
        found = _argument_values(line, option, fragment)
    return [candidate for candidate in found if candidate[0].startswith(fragment)]


#: Options whose value is several names with commas between them -> what else it may be.
SEVERAL = {"--regions": ("all", "Every region of the partition"), "--profiles": None}


def several(line: Line, option: str, fragment: str) -> list[Candidate]:
    """The values of an option of ``SEVERAL``: whole, with each name that may come last and does not stand there yet."""
    before, comma, last = fragment.rpartition(",")
    found = values(line, option.removesuffix("s"), last)
    other = SEVERAL[option]
    if other is not None and not comma and other[0].startswith(last):
        found = [*found, other]
    return [(before + comma + name, about) for name, about in found if name not in before.split(",")]


def paths(fragment: str) -> list[Candidate]:
    """The entries of the folder named in ``fragment``, which may begin with ``file://`` or ``fileb://``."""
    scheme, mark, path = fragment.rpartition("://")
    prefix = scheme + mark
    if path == "~":
        return [(prefix + "~/", "")]
    folder, name = os.path.split(path)
    try:
        entries = sorted(os.scandir(os.path.expanduser(folder) or "."), key=lambda e: e.name)
    except OSError:
        return []
    return [
        (prefix + os.path.join(folder, entry.name) + ("/" if entry.is_dir() else ""), "")
        for entry in entries
        if entry.name.startswith(name)
    ]


def _argument_values(line: Line, option: str, fragment: str) -> list[Candidate]:
    slice, argument = line.slice, line.argument(option)
    if slice is None or argument is None or argument.shape is None:
        return []
    found = shorthand.candidates(fragment, slice.shapes, argument.shape)
    if found or argument.name not in slice.resources:
        return found
    from awsshadow.complete.resources import resource_names  # starts a program: rarely wanted, and costly to load

    source = slice.resources[argument.name]
    options = {f"--{row[0]}" for row in line.store.options("operations", source["command"])}
    return [(name, "") for name in resource_names(source, options, line.used, line.environ)]


def _members(line: Line, fragment: str) -> list[Candidate]:
    slice = line.slice
    if slice is None or slice.output_shape is None:
        return []
    return query.candidates(fragment, slice.all_shapes(), slice.output_shape)


def _regions(line: Line) -> list[Candidate]:
    found: dict[str, str] = {}
    for partition in line.store.data()["endpoints"]["partitions"]:
        regions = partition["regions"]
        for name in partition["services"].get("api.sagemaker", {}).get("endpoints", {}):
            if name in regions:
                found[name] = regions[name].get("description", "")
    return sorted(found.items())
