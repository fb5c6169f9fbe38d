"""CloudFormation's resources of SageMaker: moto makes the stack, the sandbox makes what is SageMaker's in it.

Each family that can be created is the type ``AWS::SageMaker::<family>``; properties are the members of its create
operation, which is how CloudFormation names them.
"""

from __future__ import annotations

import json

from moto.cloudformation.exceptions import UnformattedGetAttTemplateException, ValidationError
from moto.cloudformation.parsing import get_model_list, get_model_map, get_name_type_map
from moto.core.common_models import CloudFormationModel

from awsshadow.model import families
from awsshadow.sandbox.contract.protocol import TARGET_PREFIX
from awsshadow.sandbox.engine.request import random_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from awsshadow.model.families import Family
    from awsshadow.sandbox.engine.fault_injection import Faults
    from awsshadow.sandbox.service import Sandbox
    from awsshadow.sandbox.state.records import Record
    from awsshadow.sandbox.state.resources import Resources

TYPE = "AWS::SageMaker::"
#: Types whose ``Ref`` is a member; that of the others is the ARN (CloudFormation user guide, "Return values").
_REF = {"Domain": "DomainId", "FeatureGroup": "FeatureGroupName", "Pipeline": "PipelineName"}


def register(sandbox: Sandbox) -> list[type[CloudFormationModel]]:
    """Let moto's stacks make SageMaker's resources in ``sandbox``, in place of its own, as long as the answer lives:
    moto looks for the subclasses of its model, and the newest of a type counts."""
    models = [
        _model(sandbox, title, family)
        for title, family in families.table().items()
        if "create" in family.operations.values()
    ]
    for cached in (get_model_list, get_model_map, get_name_type_map):
        cached.cache_clear()
    return models


class Made:
    """What a stack holds of a resource that was made."""

    def __init__(self, family: Family, record: Record) -> None:
        self._known = {**record.doc, family.name: record.name, "Arn": record.arn}
        if family.arn:
            self._known[family.arn] = record.arn
        self.physical_resource_id = str(self._known.get(_REF.get(family.title, "Arn")) or record.arn)
        self.physical_name = record.name
        #: moto sets these two.
        self.cf_resource_type = self.logical_resource_id = ""

    def is_created(self) -> bool:
        """Whether it is there: the sandbox has answered by then."""
        return True

    def has_cfn_attr(self, attribute: str) -> bool:
        """Whether ``Fn::GetAtt`` can ask for an attribute."""
        return attribute in self._known

    def get_cfn_attribute(self, attribute: str) -> Any:
        """The value of ``Fn::GetAtt``. Raises moto's error for an attribute that is none."""
        if attribute not in self._known:
            raise UnformattedGetAttTemplateException()
        return self._known[attribute]


def _model(sandbox: Sandbox, title: str, family: Family) -> type[CloudFormationModel]:
    """The class that moto asks for resources of a type."""
    roles = {role: operation for operation, role in family.operations.items()}

    class Model(CloudFormationModel):  # type: ignore[misc] # moto brings no types that mypy may follow
        @staticmethod
        def cloudformation_name_type() -> str:
            return family.name

        @staticmethod
        def cloudformation_type() -> str:
            return TYPE + title

        @classmethod
        def has_cfn_attr(cls, _: str) -> bool:
            return True

        @classmethod
        def create_from_cloudformation_json(
            cls, resource_name: str, cloudformation_json: dict[str, Any], _: str, region_name: str, **__: Any
        ) -> Made:
            properties = dict(cloudformation_json.get("Properties", {}))
            params = _params(sandbox, roles["create"], properties, {family.name: resource_name[:63]})
            answer = _call(sandbox, roles["create"], params, region_name)
            return Made(family, _find(sandbox, family, {**params, **answer}, region_name))

        @classmethod
        def update_from_cloudformation_json(
            cls,
            original_resource: Made,
            new_resource_name: str,
            cloudformation_json: dict[str, Any],
            account_id: str,
            region_name: str,
        ) -> Made:
            id = original_resource.physical_resource_id
            if "update" not in roles:
                cls.delete_from_cloudformation_json(id, cloudformation_json, account_id, region_name)
                return cls.create_from_cloudformation_json(
                    new_resource_name, cloudformation_json, account_id, region_name
                )
            record = _named(sandbox, family, id, region_name)
            properties = {**cloudformation_json.get("Properties", {}), **_identity(family, record)}
            _change(sandbox, family, record, roles["update"], properties, region_name)
            return Made(family, _named(sandbox, family, id, region_name))

        @classmethod
        def delete_from_cloudformation_json(
            cls, resource_name: str, _: dict[str, Any], __: str, region_name: str
        ) -> None:
            if "delete" in roles:
                record = _named(sandbox, family, resource_name, region_name)
                _change(sandbox, family, record, roles["delete"], _identity(family, record), region_name)

    Model.__name__ = Model.__qualname__ = f"Sandbox{title}"
    return Model


def _change(
    sandbox: Sandbox, family: Family, record: Record, operation: str, properties: dict[str, Any], region: str
) -> None:
    """Update or delete what a stack made. A notebook instance is stopped for it and started again, as CloudFormation
    does: the service changes none that runs."""
    stops = family.title == "NotebookInstance" and record.status == "InService"
    if stops:
        _call(sandbox, "StopNotebookInstance", _identity(family, record), region)
    _call(sandbox, operation, _params(sandbox, operation, properties, {}), region)
    if stops and family.operations[operation] == "update":
        _call(sandbox, "StartNotebookInstance", _identity(family, record), region)


def _call(sandbox: Sandbox, operation: str, params: dict[str, Any], region: str) -> dict[str, Any]:
    """The answer of SageMaker. Raises moto's error, which fails the stack, with what it says."""
    answer = sandbox.answer(TARGET_PREFIX + operation, json.dumps(params).encode(), region)
    document: dict[str, Any] = json.loads(answer.body)
    if answer.status != 200:
        message = document.get("message") or document.get("Message")
        raise ValidationError(message=f"{message} (Service: SageMaker, Error Code: {document.get('__type')})")
    return document


def _params(sandbox: Sandbox, operation: str, properties: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    """The properties that are members of an operation's input, in the types that it has for them."""
    shape, shapes = sandbox.input_of(operation)
    definition = properties.get("PipelineDefinition")
    if isinstance(definition, dict):
        body, place = definition.get("PipelineDefinitionBody"), definition.get("PipelineDefinitionS3Location")
        properties = {k: v for k, v in properties.items() if k != "PipelineDefinition"}
        if place is not None:
            properties["PipelineDefinitionS3Location"] = {
                {"Key": "ObjectKey", "Version": "VersionId"}.get(k, k): v for k, v in place.items() if k != "ETag"
            }
        else:
            properties["PipelineDefinition"] = body if isinstance(body, str) else json.dumps(body)
    if shape is None:
        return {}
    # Clients fill these in by themselves; a template has none.
    tokens = {m: random_text("%") for m, ref in shapes[shape]["members"].items() if ref.get("idempotencyToken")}
    params: dict[str, Any] = _typed({**tokens, **defaults, **properties}, shape, shapes)
    return params


def _typed(value: Any, name: str, shapes: dict[str, dict[str, Any]]) -> Any:
    """A value of a template as JSON has it: templates write numbers and truth as texts, too."""
    shape = shapes[name]
    kind = shape["type"]
    if kind == "structure" and isinstance(value, dict):
        members = shape["members"]
        return {key: _typed(inner, members[key]["shape"], shapes) for key, inner in value.items() if key in members}
    if kind == "list" and isinstance(value, list):
        return [_typed(inner, shape["member"]["shape"], shapes) for inner in value]
    if kind == "map" and isinstance(value, dict):
        return {key: _typed(inner, shape["value"]["shape"], shapes) for key, inner in value.items()}
    return _scalar(value, kind)


def _scalar(value: Any, kind: str) -> Any:
    if kind == "string" and isinstance(value, bool | int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    if not isinstance(value, str) or kind not in _SCALARS:
        return value
    try:
        return _SCALARS[kind](value)
    except ValueError:
        return value  # which the sandbox refuses, in the words of the service


_SCALARS: dict[str, Callable[[str], Any]] = {
    "boolean": lambda text: text.lower() == "true",
    "integer": int,
    "long": int,
    "float": float,
    "double": float,
}


def _find(sandbox: Sandbox, family: Family, known: dict[str, Any], region: str) -> Record:
    """The record of what was just made."""
    arn = known.get(family.arn or "")
    key = "/".join(str(known.get(member, "")) for member in family.id)
    return _named(sandbox, family, arn or key, region)


def _named(sandbox: Sandbox, family: Family, name: str, region: str) -> Record:
    """The record of a physical id: an ARN, a key or a member that ``Ref`` gives. Raises moto's error."""

    def look(resources: Resources, _: Faults) -> Record | None:
        found = resources.get(family.store, name)
        if found is None and family.title in _REF:
            found = next(iter(resources.where_member(family.store, _REF[family.title], name)), None)
        return found

    record = sandbox.share(region, look, reads=True)
    if record is None:
        raise ValidationError(message=f"There is no {family.title} {name} in the sandbox.")
    return record


def _identity(family: Family, record: Record) -> dict[str, Any]:
    """The members that name a record in a request."""
    known = {**record.doc, family.name: record.name, **({family.arn: record.arn} if family.arn else {})}
    values = {member: known[member] for member in {*family.id, family.name} if member in known}
    return values or dict(zip(family.id, record.key.split("/"), strict=False))
