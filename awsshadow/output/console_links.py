"""The page of the AWS console about a resource, by its ARN; only where the console has such a page."""

from __future__ import annotations

import re
from urllib.parse import quote

#: partition -> the domain of its console
_DOMAINS = {
    "aws": "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}
#: kind of resource in an ARN of SageMaker -> the page of its service
_PAGES = {
    "endpoint": "endpoints/{}",
    "endpoint-config": "endpointConfig/{}",
    "hyper-parameter-tuning-job": "hyper-tuning-jobs/{}",
    "labeling-job": "labeling-jobs/{}",
    "model": "models/{}",
    "notebook-instance": "notebook-instances/{}",
    "processing-job": "processing-jobs/{}",
    "training-job": "jobs/{}",
    "transform-job": "transform-jobs/{}",
}

ARN = re.compile(r"arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:[A-Za-z0-9_.:/+=@-]+")


def console_url(arn: str) -> str | None:
    """The address of the page, None where no page is known."""
    words = arn.split(":", 5)
    if len(words) != 6 or words[1] not in _DOMAINS:
        return None
    _, partition, service, region, _, resource = words
    kind, _, name = resource.partition("/")
    domain = _DOMAINS[partition]
    if service == "sagemaker" and kind in _PAGES and name and region:
        page = _PAGES[kind].format(quote(name, safe=""))
        return f"https://{region}.{domain}/sagemaker/home?region={region}#/{page}"
    if service == "iam" and kind == "role" and name:
        return f"https://{domain}/iam/home#/roles/{quote(name.rpartition('/')[2], safe='')}"
    return None


def linked(text: str, shown: str | None = None) -> str:
    """``text``, an ARN, as a link that the terminal opens (OSC 8), shown as ``shown``; as it is without a page."""
    url = console_url(text)
    shown = text if shown is None else shown
    return shown if url is None else f"\x1b]8;;{url}\x1b\\{shown}\x1b]8;;\x1b\\"


def linked_arns(line: str) -> str:
    """A line in which whole ARNs are links."""
    return ARN.sub(lambda found: linked(found[0]), line) if "arn:" in line else line
