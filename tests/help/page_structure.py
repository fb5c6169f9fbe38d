"""The structure of a reference page in Markdown: what is on it and in which order, without its prose."""

from __future__ import annotations

import re
from typing import Any

_OPTION = re.compile(r"^(`--[a-z0-9-]+`(?: \| `--[a-z0-9-]+`)?) \(([a-z ]+)\)((?: \[required\])?)$")
_MEMBER = re.compile(r"^((?:[A-Za-z0-9]+ -> )?)\(([a-z ]+)\)((?: \[required\])?)$")
#: The headings of options and members, and what is said to the site generator in braces.
_HEADING = re.compile(r"^#{3,6} (.*)$")
_MARKS = re.compile(r" ?\{ [#a-z][^}]* \}$")
_VALUE = re.compile(r"^`?[A-Za-z0-9-]+`?$")


def structure(markdown: str) -> dict[str, Any]:
    """Title, headings, lines of the synopsis, options, global options, and members of the output.

    An option has a name, a type, the values and the kinds of constraints listed for it, its members
    (``name -> (type)``, in order) and its forms (label and lines). ``marks`` names what is marked as
    required. Values and constraints of members are left out.
    """
    page: dict[str, Any] = {
        "title": "",
        "headings": [],
        "see_also": False,
        "synopsis": [],
        "options": [],
        "globals": [],
        "output": [],
        "marks": [],
    }
    section, label = "", ""
    option: dict[str, Any] | None = None
    lines = iter(_MARKS.sub("", _HEADING.sub(r"\1", re.sub(r"^(> ?)+", "", line))) for line in markdown.split("\n"))
    for line in lines:
        if line.startswith("# "):
            page["title"] = line[2:]
        elif line.startswith("## "):
            section = line[3:].partition(" {")[0]
            page["headings"].append(section)
            option = None
        elif line.startswith("See also: "):
            page["see_also"] = True
        elif line.startswith("```"):
            block = list(iter(lambda: next(lines), "```"))
            if section == "Synopsis":
                page["synopsis"] = block
            elif option is not None:
                option["forms"].append([label, block])
        elif found := _OPTION.match(line):
            name = found[1].replace("`", "")
            option = {"name": name, "type": found[2], "values": [], "constraints": [], "members": [], "forms": []}
            page["marks"] += [name] * bool(found[3])
            page["globals" if section == "Global Options" else "options"].append(option)
        elif found := _MEMBER.match(line):
            holder = page["output"] if section == "Output" else option["members"] if option else []
            holder.append(found[1] + f"({found[2]})")
            page["marks"] += [found[1]] * bool(found[3])
        elif line.endswith(":") and not line.startswith("-"):
            label = line
        elif line.startswith("- ") and option is not None:
            _listed(option, label, line[2:])
    return page


def _listed(option: dict[str, Any], label: str, item: str) -> None:
    """An item of a list: a constraint, or a value if the whole item is one; not an item of the prose."""
    if option["members"]:
        return
    if label == "Constraints:":
        option["constraints"].append(item.partition(":")[0])
    elif _VALUE.match(item):
        option["values"].append(item.strip("`"))
