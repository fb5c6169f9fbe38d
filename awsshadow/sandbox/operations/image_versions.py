"""Versions of images: by number or alias, and who holds which alias."""

from __future__ import annotations

from awsshadow.model import families
from awsshadow.sandbox.contract.service_errors import NOT_FOUND, Refusal
from awsshadow.sandbox.engine import lifecycle
from awsshadow.sandbox.engine.listing import answer
from awsshadow.sandbox.engine.transitions import advance_shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.request import Request, View
    from awsshadow.sandbox.state.records import Record


#: Of an image without versions: aws-samples/sagemaker-studio-custom-image-samples issue 17.
_NONE = "Latest ImageVersion with ImageName {} does not exist. Please provide a valid ImageName."


def create(request: Request) -> View:
    """Answer ``CreateImageVersion``."""
    family = families.family("ImageVersion")
    image = request.named("Image", "ImageName")
    number = request.resources.next_number("image-version", image.name)
    base = request.params["BaseImage"]
    params = {**request.params, "Version": number, "ImageArn": image.arn, "ContainerImage": base}
    _free_aliases(request, image.name, request.params.get("Aliases", []))
    return lifecycle.view(request, family, lifecycle.make(request, family, params))


def _version(request: Request) -> Record:
    """By number, by alias, or the newest."""
    family = families.family("ImageVersion")
    image = request.named("Image", "ImageName")
    versions = request.resources.find("ImageVersion", parent=image.name)
    number, alias = request.params.get("Version"), request.params.get("Alias")
    for record in reversed(versions):
        if (number is None and alias is None) or record.doc["Version"] == number:
            return record
        if number is None and alias in record.doc.get("Aliases", ()):
            return record
    if number is None and alias is None:
        raise Refusal(NOT_FOUND, _NONE.format(image.name))
    raise request.no_such(family, f"{image.name}/{number or alias}")


def _free_aliases(request: Request, image: str, aliases: list[str]) -> None:
    """An alias belongs to one version: taken by a new one, it leaves the old one."""
    for record in request.resources.find("ImageVersion", parent=image):
        kept = [a for a in record.doc.get("Aliases", ()) if a not in aliases]
        if kept != record.doc.get("Aliases", []):
            record.doc["Aliases"] = kept
            request.resources.save(record)


def describe(request: Request) -> View:
    """Answer ``DescribeImageVersion``."""
    record = _version(request)
    shown = lifecycle.view(request, families.family("ImageVersion"), record)
    advance_shown(request, record)
    return shown


def update(request: Request) -> View:
    """Answer ``UpdateImageVersion``."""
    record = _version(request)
    params = {k: v for k, v in request.params.items() if k not in {"ImageName", "Version", "Alias"}}
    added, gone = params.pop("AliasesToAdd", []), params.pop("AliasesToDelete", [])
    _free_aliases(request, request.params["ImageName"], added)
    record.doc["Aliases"] = [a for a in [*record.doc.get("Aliases", ()), *added] if a not in gone]
    record.doc.update(params)
    record.become(None, record.plan, request.now)
    request.resources.save(record)
    return lifecycle.view(request, families.family("ImageVersion"), record)


def delete(request: Request) -> View:
    """Answer ``DeleteImageVersion``."""
    return lifecycle.remove(request, families.family("ImageVersion"), _version(request))


def aliases(request: Request) -> View:
    """Answer ``ListAliases``."""
    image = request.named("Image", "ImageName")
    number, alias = request.params.get("Version"), request.params.get("Alias")
    found = [
        name
        for record in request.resources.find("ImageVersion", parent=image.name)
        for name in record.doc.get("Aliases", ())
        if number in {None, record.doc["Version"]} and alias in {None, name}
    ]
    return answer(request, "SageMakerImageVersionAliases", found)
