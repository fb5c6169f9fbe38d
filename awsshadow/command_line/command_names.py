"""The names of all commands of the reference, of which this package has one service.

They are needed to suggest a name and to tell a mistyped command from another service's.
"""

from __future__ import annotations

import os

from awsshadow.paths import botocore_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

#: Folders of botocore's data whose command has another name.
_RENAMED = {"codedeploy": "deploy", "config": "configservice", "s3": "s3api"}

#: Commands that are no folder of botocore's data: the reference's own, and services that the
#: reference still has.
_EXTRA = (
    "agent-toolkit",
    "cli-dev",
    "configure",
    "ddb",
    "finspace",
    "finspace-data",
    "history",
    "login",
    "logout",
    "s3",
    "tnb",
    "update",
)

#: What may follow `aws help`.
TOPICS = ("config-vars", "ddb-expressions", "return-codes", "s3-case-insensitivity", "s3-config", "s3-faq")


class CommandNames:
    """What may stand for ``command``: ``own`` names first, the rest is listed only when asked for.

    ``elsewhere`` are names that are only suggested for a misspelt one: what they name is found before.
    """

    def __init__(self, own: Collection[str], elsewhere: Collection[str] = ()) -> None:
        self._own = own
        self._elsewhere = elsewhere
        self._others: frozenset[str] | None = None

    def __contains__(self, name: object) -> bool:
        return name in self._own or name in self.others()

    def __iter__(self) -> Iterator[str]:
        return iter({*self._own, *self.others(), *self._elsewhere})

    def others(self) -> frozenset[str]:
        """The commands that are somebody else's."""
        if self._others is None:
            self._others = frozenset(_other_commands())
        return self._others


def _other_commands() -> Iterator[str]:
    yield from _EXTRA
    data = botocore_data()
    if data is not None:
        for entry in os.scandir(data):
            if entry.is_dir():
                yield _RENAMED.get(entry.name, entry.name)
