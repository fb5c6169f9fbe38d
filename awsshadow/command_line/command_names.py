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

#: What may follow `aws help`.
TOPICS = ("config-vars", "ddb-expressions", "return-codes", "s3-case-insensitivity", "s3-config", "s3-faq")


class CommandNames:
    """What may stand for ``command``: ``own`` names first, the rest is listed only when asked for.

    ``elsewhere`` are names that are only suggested for a misspelt one: what they name is found before. Services that
    are newer than the reference are known, for the next ``aws`` may have them, and not suggested.
    """

    def __init__(self, own: Collection[str], elsewhere: Collection[str] = ()) -> None:
        self._own = own
        self._elsewhere = elsewhere
        self._others: frozenset[str] | None = None

    def __contains__(self, name: object) -> bool:
        return name in self._own or name in self.others()

    def __iter__(self) -> Iterator[str]:
        return iter({*self._own, *_of_reference(), *self._elsewhere})

    def is_newer(self, name: str) -> bool:
        """Whether the reference does not have the command ``name``, which somebody else's may be."""
        return name not in _of_reference()

    def others(self) -> frozenset[str]:
        """The commands that are somebody else's."""
        if self._others is None:
            self._others = _of_reference().union(_of_botocore())
        return self._others


def _of_reference() -> frozenset[str]:
    from awsshadow.command_line.reference_commands import REFERENCE_COMMANDS

    return REFERENCE_COMMANDS


def _of_botocore() -> Iterator[str]:
    data = botocore_data()
    if data is not None:
        for entry in os.scandir(data):
            if entry.is_dir():
                yield _RENAMED.get(entry.name, entry.name)
