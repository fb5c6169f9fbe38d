"""Compile the service model of the botocore at build time into the wheel."""

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SliceHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``awsshadow/slices`` to a wheel; an editable install compiles into the cache instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, self.root)
        from awsshadow.compile import sources
        from awsshadow.compile.build import build
        from awsshadow.model.stamp import model_stamp

        self._folder = tempfile.TemporaryDirectory(prefix="awsshadow-slices-")
        stamp = model_stamp()
        if stamp is None:
            raise RuntimeError("botocore is needed to build awsshadow")
        build(sources.load(), self._folder.name, stamp)
        for folder, _, names in os.walk(self._folder.name):
            for name in names:
                path = os.path.join(folder, name)
                inside = os.path.relpath(path, self._folder.name)
                build_data["force_include"][path] = os.path.join("awsshadow", "slices", inside)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "_folder"):
            self._folder.cleanup()
