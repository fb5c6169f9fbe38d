"""Laying the members of an update over a resource.

An update may have a shape of its own for what it changes, ``GitConfigForUpdate`` for a ``GitConfig``: it is laid
over what is there, member by member, and loses nothing. Where its shape is the very one of the creation, what it gives
is put in the place of what was there, but for the members of ``MERGED``. What a shape has no room for always stays.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from awsshadow.model.families import Family
    from awsshadow.sandbox.engine.request import Request

    Shapes = Mapping[str, Mapping[str, Any]]
    #: Member -> name of its shape.
    Members = Mapping[str, str]

#: Update operation -> members whose shape is as wide as what they change, and which the service lays over it all
#: the same. Of domains, user profiles and spaces the developer guide gives updates of one setting, takes lifecycle
#: configurations away by an empty list, and hashicorp/terraform-provider-aws issues 40182 and 43127 report that a
#: setting that is left out stays. Of trial components the model's documentation says that keys are added or replaced.
MERGED: dict[str, tuple[str, ...]] = {
    "UpdateDomain": ("DefaultUserSettings", "DefaultSpaceSettings", "DomainSettingsForUpdate"),
    "UpdateModelPackage": ("CustomerMetadataProperties",),
    "UpdateSpace": ("SpaceSettings",),
    "UpdateTrialComponent": ("Parameters", "InputArtifacts", "OutputArtifacts"),
    "UpdateUserProfile": ("UserSettings",),
}


def revise(request: Request, family: Family, doc: dict[str, Any], params: Mapping[str, Any]) -> None:
    """Change the members of a resource as an update says.

    By their names: ``XToRemove`` takes keys out of the map X, ``DisassociateX`` and ``DeleteProperties`` take
    members away, ``XForUpdate`` is about X. All others are laid over, or replaced, by their shapes.
    """
    model = request.model(request.operation)
    given = _members(model.input, model.shapes) if model.input else {}
    kept, shapes = _kept(request, family)
    merged = MERGED.get(request.operation, ())
    for name, value in params.items():
        if name.endswith("ToRemove"):
            about = name.removesuffix("ToRemove")
            doc[about] = {k: v for k, v in doc.get(about, {}).items() if k not in value}
        elif name.startswith("Disassociate"):
            about = name.removeprefix("Disassociate")
            for member in (about, f"{about}Name") if value else ():
                doc.pop(member, None)
        elif name == "DeleteProperties":
            for member in value:
                doc.pop(member, None)
        else:
            about = _about(name, {*doc, *kept})
            layer = _Layer({**shapes, **model.shapes}, name in merged)
            doc[about] = layer.over(doc.get(about), value, given.get(name), kept.get(about))


def _about(name: str, known: Collection[str]) -> str:
    """The member that a member of an update is about."""
    if name in known:
        return name
    shorter = (name.removesuffix("ForUpdate"), name.replace("Update", "", 1))
    return next((other for other in shorter if other in known), shorter[0])


def _members(name: str, shapes: Shapes) -> dict[str, str]:
    return {member: ref["shape"] for member, ref in shapes[name].get("members", {}).items()}


def _kept(request: Request, family: Family) -> tuple[dict[str, str], dict[str, Mapping[str, Any]]]:
    """The members a resource is made with, or else shown with, and the shapes they have."""
    members: dict[str, str] = {}
    shapes: dict[str, Mapping[str, Any]] = {}
    describe, create = family.operation("describe"), family.operation("create")
    if describe:
        model = request.model(describe)
        shapes.update(model.all_shapes())
        name = model.output
        if name and family.wrap:
            name = _members(name, shapes).get(family.wrap)
        members.update(_members(name, shapes) if name else {})
    if create:
        model = request.model(create)
        shapes.update(model.shapes)
        members.update(_members(model.input, shapes) if model.input else {})
    return members, shapes


class _Layer:
    """Values of an update over values that are kept; ``merged``: also where their shapes are the same."""

    def __init__(self, shapes: Shapes, merged: bool) -> None:
        self.shapes = shapes
        self.merged = merged

    def over(self, old: Any, new: Any, given: str | None, kept: str | None) -> Any:
        """``new``, of the shape ``given``, over ``old``, of the shape ``kept``."""
        if given is None or not isinstance(old, dict) or not isinstance(new, dict):
            return new
        shape = self.shapes[given]
        if shape["type"] == "map":
            return {**old, **new} if self.merged else new
        if shape["type"] != "structure" or shape.get("union"):
            return new
        members = _members(given, self.shapes)
        others = _members(kept, self.shapes) if kept else {}
        whole = self.merged or given != kept
        laid = {name: value for name, value in old.items() if whole or name not in members}
        for name, value in new.items():
            about = _about(name, {*others, *old})
            laid[about] = self.over(old.get(about), value, members.get(name), others.get(about))
        return laid
