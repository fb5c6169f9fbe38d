"""What the clients of several threads have in common. Imports nothing at run time."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from botocore.credentials import Credentials


class Threads:
    """``count`` threads that call at once, and share clients.

    ``credentials`` are those of each profile, None for the usual one, once they were found: a program that gives them,
    a role that is assumed and a person who is asked for a code are asked once, and not for each region.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.credentials: dict[str | None, Credentials] = {}


class Known:
    """A provider of credentials that were found before."""

    METHOD = "known"
    CANONICAL_NAME = None

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def load(self) -> Credentials:
        """The credentials."""
        return self._credentials
