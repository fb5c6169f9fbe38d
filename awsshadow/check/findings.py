"""What is wrong and where, as text, as JSON and as SARIF 2.1.0."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

from awsshadow import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

ERROR, WARNING = "error", "warning"

#: Every rule and what a finding of it means.
RULES = {
    "syntax": "The file is not well-formed JSON or YAML, or no object",
    "unknown-member": "The model has no such member",
    "missing-member": "A required member is absent",
    "wrong-type": "A value has another type than the model says",
    "enum": "A value is none of those that the model lists",
    "pattern": "A text does not match the pattern of the model",
    "length": "A text, list or map is shorter or longer than the model allows",
    "range": "A number is smaller or larger than the model allows",
    "union": "Of a union exactly one member must be set",
    "unknown-operation": "There is no such operation or waiter",
    "unknown-option": "The operation has no such option",
    "missing-option": "A required option is absent",
    "usage": "The command line cannot be read",
    "value": "The value of an option cannot be read",
}


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong. ``line`` counts from 1; ``rule`` is one of ``RULES``."""

    file: str
    line: int
    rule: str
    message: str
    level: str = ERROR


def as_text(findings: Sequence[Finding]) -> str:
    """A line each: ``FILE:LINE: LEVEL: MESSAGE [RULE]``."""
    return "".join(
        f"{found.file}:{found.line}: {found.level}: {_on_one_line(found.message)} [{found.rule}]\n"
        for found in findings
    )


def as_json(findings: Sequence[Finding]) -> str:
    """One document: ``findings``, each with ``file``, ``line``, ``level``, ``rule`` and ``message``."""
    rows = [{"file": f.file, "line": f.line, "level": f.level, "rule": f.rule, "message": f.message} for f in findings]
    return json.dumps({"findings": rows}, indent=2, ensure_ascii=False) + "\n"


def as_sarif(findings: Sequence[Finding]) -> str:
    """A log in the Static Analysis Results Interchange Format, which code hosts show beside the lines."""
    rules = list(RULES)
    driver = {
        "name": "awsshadow",
        "version": __version__,
        "rules": [{"id": rule, "shortDescription": {"text": about}} for rule, about in RULES.items()],
    }
    results = [
        {
            "ruleId": found.rule,
            "ruleIndex": rules.index(found.rule),
            "level": found.level,
            "message": {"text": found.message},
            "locations": [_location(found)],
        }
        for found in findings
    ]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _location(found: Finding) -> dict[str, Any]:
    from urllib.parse import quote

    path = found.file.replace(os.sep, "/")
    uri = f"file://{quote(path)}" if path.startswith("/") else quote(path)
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": found.line}}}


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


FORMATS = {"text": as_text, "json": as_json, "sarif": as_sarif}
