"""``--query``: expressions of jmespath, compiled and evaluated.

The expression is compiled before anything else is validated and evaluated after the call, so the
two kinds of failure have different exit codes (behaviour: output 2).
"""

from __future__ import annotations

import jmespath
from jmespath.exceptions import JMESPathError

from awsshadow.errors import AwsShadowError, ParameterError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Expression:
    """A compiled JMESPath expression."""

    def __init__(self, text: str) -> None:
        """Compile ``text``. Raises ``JMESPathError``, which ``compile_query`` translates."""
        self._compiled = jmespath.compile(text)

    @property
    def parsed(self) -> Mapping[str, Any]:
        """The expression as a tree: ``type``, ``children`` and, of some types, ``value``."""
        tree: Mapping[str, Any] = self._compiled.parsed
        return tree

    def search(self, document: Any) -> Any:
        """What the expression finds in ``document``, None for nothing.

        The result may share parts with ``document``. Raises AwsShadowError with jmespath's text
        for an unknown function or a value of the wrong type, or with Python's where jmespath lets that through.
        """
        try:
            return self._compiled.search(document)
        except Exception as error:
            raise AwsShadowError(str(error)) from error


def compile_query(text: str) -> Expression:
    """The expression ``text`` stands for. Raises ParameterError, worded as the reference does."""
    try:
        return Expression(text)
    except (JMESPathError, ValueError, RecursionError) as error:
        raise ParameterError(f"Bad value for --query {text}: {error}") from error


def is_true(value: Any) -> bool:
    """Whether JMESPath takes a value for true: all but null, false, and what is empty; the number 0 is true."""
    return value is not None and value is not False and value not in ("", [], {})
