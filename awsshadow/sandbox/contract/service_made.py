"""Names and addresses that the service makes: ids of file systems, addresses of servers, who created something.

They have the form that the service gives them and are drawn from the ARN of the resource, so that they stay the same.
Host names end in sandbox.invalid, which resolves nowhere: nobody is led to a page of the real service.
"""

from __future__ import annotations

import re

from awsshadow.names import SANDBOX_REGION
from awsshadow.sandbox.contract import drawn_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Known = dict[str, Any]

#: Where every address of the sandbox's own ends (RFC 6761).
HOST = "sandbox.invalid"
#: The IAM user that every client here is: the one whose keys ``sandbox run`` hands out.
USER, USER_ID = "sandbox", "AIDAAWSSHADOWSANDBOX0"
_REGION = re.compile(r"([a-z]{2})-([a-z]+)-(\d)")
#: Parts of the names of regions that ids of zones do not shorten to their first letter.
_SIDES = {"northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw"}


def identifier(form: str) -> Callable[[Known], str]:
    """A rule: ``fs-@17`` with hexadecimal digits of the resource's own."""
    return lambda known: drawn_values.identifier(form, str(known["Arn"]))


def address(form: str) -> Callable[[Known], str]:
    """A rule: an address with an id of the resource's own for ``{}``, its host below that of the sandbox."""
    return lambda known: f"{form.format(drawn_values.identifier('@12', str(known['Arn'])))}.{HOST}"


def caller(known: Known) -> dict[str, Any] | None:
    """Who created or changed something: the one caller there is. Nested documents have no creator of their own."""
    if "_family" not in known or not known.get("Arn"):
        return None
    _, partition, _, _, account, *_ = str(known["Arn"]).split(":")
    return {"IamIdentity": {"Arn": f"arn:{partition}:iam::{account}:user/{USER}", "PrincipalId": USER_ID}}


def sibling_arn(type: str, member: str) -> Callable[[Known], str | None]:
    """A rule: the ARN of the resource of a type whose name stands in ``member``."""

    def rule(known: Known) -> str | None:
        name = known.get(member)
        return f"{str(known['Arn']).rpartition(':')[0]}:{type}/{str(name).lower()}" if name else None

    return rule


def file_system(domain: Known) -> str | None:
    """The home file system of a domain, unless the domain was told to have none."""
    wanted = domain.get("HomeEfsFileSystemCreation") != "Disabled"
    return drawn_values.identifier("fs-@17", str(domain["Arn"])) if wanted else None


def boundary(domain: Known) -> str | None:
    """The security group between RStudio's apps, which domains with RStudio have."""
    settings = domain.get("DomainSettings") or {}
    return identifier("sg-@17")(domain) if "RStudioServerProDomainSettings" in settings else None


def sign_on_application(domain: Known) -> str | None:
    """The managed application of a domain whose users sign on through IAM Identity Center."""
    if domain.get("AuthMode") != "SSO":
        return None
    _, partition, _, _, account, *_ = str(domain["Arn"]).split(":")
    instance, application = (drawn_values.digest(kind, str(domain["Arn"]))[:16] for kind in ("ins", "apl"))
    return f"arn:{partition}:sso::{account}:application/ssoins-{instance}/apl-{application}"


def sign_on_instance(domain: Known) -> str | None:
    """The id of that application before it had an ARN."""
    return identifier("ins-@16")(domain) if domain.get("AuthMode") == "SSO" else None


def file_system_user(profile: Known) -> str:
    """The user id of a profile or a space in the home file system; the service counts from 200005."""
    return str(200005 + int(drawn_values.fraction(str(profile["Arn"])) * 700000))


def network_interface(notebook: Known) -> str | None:
    """The network interface of a notebook instance in a subnet."""
    return identifier("eni-@17")(notebook) if notebook.get("SubnetId") else None


def space_url(space: Known) -> str | None:
    """The address of a space's app."""
    apps = {"JupyterLab": "jupyterlab", "CodeEditor": "codeeditor"}
    app = apps.get((space.get("SpaceSettings") or {}).get("AppType", ""))
    return f"https://{drawn_values.identifier('@12', str(space['Arn']))}.studio.{HOST}/{app}/default" if app else None


def private_ip(node: Known) -> str:
    """The private address of a cluster's node, from the range that VPCs of examples have."""
    part = drawn_values.digest("ip", str(node["InstanceId"]))
    return f"10.1.{int(part[:2], 16)}.{4 + int(part[2:4], 16) % 250}"


def host_name(node: Known) -> str:
    """The host name that EC2 makes of the private address."""
    region = str(node["_region"])
    domain = "ec2.internal" if region == SANDBOX_REGION else f"{region}.compute.internal"
    return f"ip-{private_ip(node).replace('.', '-')}.{domain}"


def placement(node: Known) -> dict[str, str] | None:
    """The availability zone of a node, and its id: ``euw1-az2`` of ``eu-west-1``; None in regions of other names."""
    region = _REGION.fullmatch(str(node["_region"]))
    if region is None:
        return None
    place = int(drawn_values.fraction("zone", str(node["InstanceGroupName"])) * 3)
    area, side, number = region.groups()
    zone = f"{area}{_SIDES.get(side, side[0])}{number}-az{place + 1}"
    return {"AvailabilityZone": f"{region[0]}{'abc'[place]}", "AvailabilityZoneId": zone}


def digested(image: str) -> str:
    """An image by the digest that a registry would resolve it to."""
    repository, _, _ = image.partition("@")
    head, slash, tail = repository.rpartition("/")
    plain = f"{head}{slash}{tail.partition(':')[0]}"
    return image if "@sha256:" in image else f"{plain}@sha256:{drawn_values.digest('image', image)}"
