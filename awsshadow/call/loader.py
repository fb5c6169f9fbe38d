"""What botocore loads from disk, served from the slice as far as the slice has it."""

from __future__ import annotations

import os
from contextlib import suppress

from botocore.exceptions import DataNotFoundError
from botocore.loaders import ExtrasProcessor, Loader

from awsshadow.names import SERVICE
from awsshadow.paths import user_data_paths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.model import Slice


class SliceLoader(Loader):  # type: ignore[misc]
    """The model of one operation, the endpoint data that was cut for it, and botocore's own data.

    ``model`` is the ``service-2`` document of the operation. Where ``counts``, botocore gets one with numbers for
    timestamps.
    The user's folders come first, as in botocore. The services of the credential chain are loaded
    from botocore's data when they are asked for, without listing all services first.
    """

    def __init__(self, slice: Slice, environ: dict[str, str], counts: bool = False) -> None:
        self._users = [path for path in user_data_paths(environ) if os.path.isdir(path)]
        paths = [*self._users, self.BUILTIN_DATA_PATH]
        super().__init__(extra_search_paths=paths, include_default_search_paths=False)
        self._endpoint_data = slice.endpoint_data()
        self.model: dict[str, Any] = slice.service_model()
        if slice.whole is not None:
            from awsshadow.call import damaged_model

            self.model = damaged_model.as_service_model(self.model)
        self._sent = _counting(self.model) if counts else self.model

    def load_service_model(self, service_name: str, type_name: str, api_version: str | None = None) -> Any:
        if service_name == SERVICE and type_name == "service-2":
            return self._sent
        version = api_version or self.determine_latest_version(service_name, type_name)
        document = self.load_data(os.path.join(service_name, version, type_name))
        if self._users:
            with suppress(DataNotFoundError):
                extras = self.load_data(os.path.join(service_name, version, f"{type_name}.sdk-extras"))
                ExtrasProcessor().process(document, [extras])
            if type_name == "endpoint-rule-set-1":
                from awsshadow.call import damaged_model

                damaged_model.check_rules(document)
        return document

    def load_data_with_path(self, name: str) -> Any:
        """A document and where botocore has it: the endpoint data is botocore's own, only less of it."""
        document = self._endpoint_data.get(name.replace(os.sep, "/"))
        if document is None or any(self.file_loader.exists(os.path.join(path, name)) for path in self._users):
            return super().load_data_with_path(name)
        return document, os.path.join(self.BUILTIN_DATA_PATH, name)


def _counting(model: dict[str, Any]) -> dict[str, Any]:
    """A ``service-2`` document in which what is a timestamp in ``model`` is a number."""
    shapes = model["shapes"]
    return {**model, "shapes": {n: {"type": "long"} if s["type"] == "timestamp" else s for n, s in shapes.items()}}
