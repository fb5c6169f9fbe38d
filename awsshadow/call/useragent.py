"""The User-Agent header, put together once instead of twice a request (behaviour: output 6.2)."""

from __future__ import annotations

from botocore.context import get_context
from botocore.useragent import UserAgentString

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self


class SteadyUserAgent(UserAgentString):  # type: ignore[misc]
    """A session's ``user_agent_creator``: botocore's text, kept for as long as it cannot change.

    Of what it is made of only the features change between the requests of a client.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._texts: dict[frozenset[str], str] = {}

    def with_client_config(self, client_config: Any) -> Self:
        """A copy for the client of this configuration."""
        agent: Self = super().with_client_config(client_config)
        agent._texts = {}
        return agent

    def to_string(self) -> str:
        """The value of the header for a request made now."""
        context = get_context()
        features = frozenset(() if context is None else context.features)
        text: str | None = self._texts.get(features)
        if text is None:
            text = self._texts[features] = super().to_string()
        return text
