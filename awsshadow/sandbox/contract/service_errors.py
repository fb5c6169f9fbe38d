"""The errors the simulated service answers with. They are values of the simulation, not of this program."""

from __future__ import annotations

VALIDATION = "ValidationException"
NOT_FOUND = "ResourceNotFound"
IN_USE = "ResourceInUse"
CONFLICT = "ConflictException"
LIMIT = "ResourceLimitExceeded"


class Refusal(Exception):  # noqa: N818 - it is an answer, not a failure of this program
    """An error answer: ``code`` is the error type, ``status`` the HTTP status."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


def invalid(message: str) -> Refusal:
    """A ValidationException with ``message``."""
    return Refusal(VALIDATION, message)
