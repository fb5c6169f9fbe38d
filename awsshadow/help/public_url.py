"""Where Amazon's public pages about a command are."""

from __future__ import annotations

from awsshadow.version import REFERENCE_VERSION

BASE = f"https://awscli.amazonaws.com/v2/documentation/api/{REFERENCE_VERSION}/reference"


def public_url(lineage: tuple[str, ...]) -> str:
    """The reference page for a command path without the program; ``()`` is the page of the whole tool."""
    groups = ((), ("sagemaker",), ("sagemaker", "wait"))
    words = (*lineage, "index") if lineage in groups else lineage
    return "/".join((BASE, *words)) + ".html"
