"""Answers of the services of a container and of a machine that break off: none at all, as with the reference.

botocore has urllib3 take what came for the whole. For the requests of clients that is seen in their events
(``retries``, ``credentials``); these it makes by itself.
"""

from __future__ import annotations

from botocore.exceptions import ConnectionClosedError
from botocore.utils import IMDSRegionProvider

from awsshadow.call.parsing import cut_short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from botocore.awsrequest import AWSPreparedRequest, AWSResponse
    from botocore.credentials import ContainerProvider, InstanceMetadataProvider
    from botocore.httpsession import URLLib3Session


class WholeAnswers:
    """Sends requests as ``session`` does. Raises ConnectionClosedError where less came than the headers promise."""

    def __init__(self, session: URLLib3Session) -> None:
        self._session = session

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        response = self._session.send(request)
        if cut_short(response.status_code, response.headers, response.content):
            raise ConnectionClosedError(endpoint_url=request.url)
        return response


class RegionProvider(IMDSRegionProvider):  # type: ignore[misc]
    """Asks the machine's metadata service for the region, for a whole answer."""

    def _create_fetcher(self) -> Any:
        fetcher = super()._create_fetcher()
        fetcher._session = WholeAnswers(fetcher._session)
        return fetcher


def insist(container: ContainerProvider, machine: InstanceMetadataProvider) -> None:
    """Have both providers ask for whole answers. They are shared by the chain and by roles whose source they are."""
    for fetcher in (container._fetcher, machine._role_fetcher):
        fetcher._session = WholeAnswers(fetcher._session)
