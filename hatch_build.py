"""What is decided when the project is built: the slices in the wheel, and how the command is started.

Scripts of our own start faster than the wrappers that an installer writes for an entry point, but Windows can
start wrappers only. So the wheel that is built on Windows, or for it (``AWSSHADOW_BUILD_FOR=windows``), has an entry
point and says that it is for Windows; the other one, for everywhere else, has the script alone.
"""

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

WINDOWS = os.environ.get("AWSSHADOW_BUILD_FOR", "windows" if sys.platform == "win32" else "posix") == "windows"
#: An installer takes the wheel that is most special: on Windows this one.
WINDOWS_TAG = "py3-none-win32.win_amd64.win_arm64"


class ScriptsHook(MetadataHookInterface):
    """Gives the project its entry point where a wrapper has to be written for it."""

    def update(self, metadata: dict[str, Any]) -> None:
        metadata["scripts"] = {"awsshadow": "awsshadow.main:main"} if WINDOWS else {}


class SliceHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``awsshadow/slices`` to a wheel; an editable install compiles into the cache instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        if WINDOWS:
            build_data["tag"] = WINDOWS_TAG
        else:
            build_data["shared_scripts"]["awsshadow/__main__.py"] = "awsshadow"
        if version == "editable":
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
