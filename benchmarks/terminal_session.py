"""The recorded session of README.md: ``python -m benchmarks.terminal_session`` writes docs/terminal-session.svg.

The commands run on a pseudo-terminal of 88 columns, against a sandbox whose clock stands still, so that the picture
changes only when what they print does. rich draws what they left on the screen.
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from tests.support.program import ROOT
from tests.support.screen import watch

PICTURE = ROOT / "docs" / "terminal-session.svg"
COLUMNS = 88

ROLE = "arn:aws:iam::123456789012:role/Any"
VARIANT = "VariantName=v1,ModelName=churn-{},InstanceType=ml.m5.xlarge,InitialInstanceCount=1"
#: What is there before anybody looks.
BEFORE = [
    "sandbox clock set frozen:2026-03-01T12:00:00Z --state box",
    *(
        f"sagemaker create-model --model-name churn-{n} --execution-role-arn {ROLE}"
        " --primary-container Image=123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1"
        for n in (1, 2, 10)
    ),
    "sagemaker create-endpoint-config --endpoint-config-name churn --production-variants " + VARIANT.format(10),
    "sagemaker create-endpoint --endpoint-name churn --endpoint-config-name churn",
    "sandbox clock advance 3h --state box",
    "sandbox fail canary-* --reason No-capacity --state box",
]
SHOWN = [
    "sandbox ls",
    "sagemaker describe-endpoint --endpoint-name churn --query '{Is: EndpointStatus}'",
    "sagemaker list-models --output table",
    "sandbox faults show",
    "sagemaker describe-endpont --endpoint-name churn",
]


def main() -> int:
    """Run the session and write the picture; returns an exit code."""
    PICTURE.write_text(picture(), encoding="utf-8")
    return 0


def picture() -> str:
    """Run the session; the picture of it."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="standard")
    with tempfile.TemporaryDirectory(prefix="session-") as folder:
        environ = {
            "HOME": folder, "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", "TZ": "UTC",
            "PYTHONPATH": str(ROOT), "AWSSHADOW_SANDBOX": "box", "AWSSHADOW_COLOR": "1", "AWS_PAGER": "",
        }  # fmt: skip
        for line in BEFORE:
            done = watch([sys.executable, "-m", "awsshadow", *line.split()], environ, Path(folder), COLUMNS)
            assert done.code == 0, done.raw.decode()
        for line in SHOWN:
            console.print(Text.assemble(("$ ", "bold green"), (f"awsshadow {line}", "bold")))
            script = f'exec "{sys.executable}" -m awsshadow {line}'
            done = watch(["sh", "-c", script], environ, Path(folder), COLUMNS, rows=100)
            console.print(Text.from_ansi(done.raw.decode().replace("\r\n", "\n").strip("\n")))
            console.print()
    return _own_fonts(console.export_svg(title="awsshadow"))


def _own_fonts(picture: str) -> str:
    """The picture with a font that every viewer has, and nothing to fetch."""
    picture = re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.DOTALL)
    picture = picture.replace("Fira Code, monospace", "monospace")
    return "\n".join(line.rstrip() for line in picture.splitlines()) + "\n"


if __name__ == "__main__":
    sys.exit(main())
