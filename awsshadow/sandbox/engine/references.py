"""Requests that name another resource, which has to exist: by the rows of ``families.references``.

What the service takes on trust is taken on trust: roles, buckets, images in registries, addresses of repositories,
endpoints that are to be watched, and the ARNs of other accounts, which are those of the public and the shared.
"""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.model.families.references import REFERENCES, found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.request import Request


def check_references(request: Request) -> None:
    """Raise Refusal, as the family of the missing resource does, when the request names one."""
    for path, title in REFERENCES.get(request.operation, {}).items():
        for key in found(dict(request.params), path.split(".")):
            if not _on_trust(request, key):
                request.need(title, _within(request, title, key))


def _on_trust(request: Request, key: str) -> bool:
    """Whether a name is an address, or an ARN of another account or region."""
    own = f":{request.resources.region}:{request.resources.account}:"
    return "://" in key or (key.startswith("arn:") and own not in key)


def _within(request: Request, title: str, key: str) -> str:
    """The key of a resource that lies in what the request names, as a profile in its domain."""
    above = [request.params[member] for member in families.family(title).id[:-1] if member in request.params]
    return key if key.startswith("arn:") else "/".join([*above, key])
