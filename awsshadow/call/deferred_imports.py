"""Modules that botocore imports and a call seldom uses: executed when they are first used, or never.

A finder and a loader of the import system's own protocol do that, for the names below and no others, and only
where the program itself asks for it: whoever imports ``awsshadow`` as a library gets the ordinary imports.
Each module stays what it is; only the moment at which it is executed changes. It pays only for a module that
others import whole (``import x``, ``from p import x``): a name taken out of it is a use.

``importlib.util.LazyLoader`` would do it too, but executes a package as soon as a module of it is imported, and
any module that is imported a second time: the import system looks at its ``__path__`` and ``__spec__``. Here
it may look; that is worth 20 million instructions a call.
"""

from __future__ import annotations

import sys
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec
    from typing import Any

#: Module -> millions of instructions that a call is spared by this row alone (CPython 3.11, botocore 1.44.5,
#: urllib3 2.8.0). What two rows import in common is spared by the two only, so that the sum is more: 63.
DEFERRED = {
    # importlib.metadata, which urllib3.http2 imports for the sake of a version, reads distributions with these.
    "zipfile": 5.4,
    "shutil": 4.6,
    "csv": 1.4,
    "ntpath": 1.5,
    "fnmatch": 0.2,
    "importlib.metadata._adapters": 0.9,
    # Reports of errors, and the source lines in them.
    "tokenize": 3.5,
    "token": 0.3,
    "traceback": 1.5,
    "linecache": 0.1,
    # Mails with headers and parts that no answer of a service has, and forms with files in them.
    "email.header": 3.2,
    "email.quoprimime": 1.0,
    "mimetypes": 1.3,
    # Parts of botocore that serve other commands: queries, waiters, older retries, metrics.
    "jmespath": 6.2,
    "botocore.vendored.six": 3.4,
    "botocore.monitoring": 3.0,
    "botocore.retries.adaptive": 1.6,
    "botocore.retryhandler": 0.9,
    "botocore.waiter": 0.7,
    # Files of settings, where there are none; XML; calendars.
    "configparser": 7.2,
    "locale": 3.8,
    "signal": 2.7,
    "xml.etree.ElementPath": 1.5,
    "dateutil.relativedelta": 0.9,
    "shlex": 0.6,
    # Packages of which a call needs a module, but nothing that stands in ``__init__``.
    "importlib.resources": 2.5,
    "botocore.docs": 2.0,
}

#: Modules that are about something that may be missing.
_FAIL_AT_ONCE = frozenset(("urllib3.contrib.pyopenssl", "dateutil.tz.win"))

#: What the import system looks at in a module that is imported again, or of which a part is imported.
_LOOKED_AT = ("__name__", "__path__", "__spec__")


class DeferredImports:
    """A ``with`` block within which the modules above are imported without being executed."""

    def __enter__(self) -> None:
        sys.meta_path.insert(0, self)

    def __exit__(self, *_: object) -> None:
        sys.meta_path.remove(self)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The specification of a module to defer; None for any other, and for one that does not exist."""
        if name not in DEFERRED:
            return None
        others = (finder.find_spec(name, path, target) for finder in sys.meta_path if finder is not self)
        spec = next(filter(None, others), None)
        if spec is not None and spec.loader is not None:
            spec.loader = _DeferringLoader(spec.loader)  # type: ignore[assignment] # nor does a loader
        return spec


def find_out_what_is_missing() -> None:
    """With imports made lazy (PEP 810), have two modules find out in time that what they are about is not there.

    Both begin with an import that fails, which whoever imports them expects: lazy, it fails far too late. botocore
    looks for pyOpenSSL by way of urllib3, whose module then loads cryptography, 122 million instructions where it is
    installed; and dateutil looks for the registry of Windows in one that then loads ctypes, 10 million where a time
    zone is needed. To be asked about each import costs half a million.
    """
    if hasattr(sys, "set_lazy_imports_filter"):
        sys.set_lazy_imports_filter(lambda importing, _imported, _names: importing not in _FAIL_AT_ONCE)


def execute_deferred() -> None:
    """Execute what is still deferred: two threads may not be the first to use a module."""
    for module in list(sys.modules.values()):
        if type(module) is _Deferred:
            module.__dict__  # noqa: B018 - any use executes it


class _DeferringLoader:
    """Makes the module, and leaves it to the first use to have ``loader`` execute it."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__ is not None
        module.__spec__.loader = module.__loader__ = self._loader
        module.__class__ = _Deferred


class _Deferred(ModuleType):
    """A module that has not been executed, and tells the import system where it lies. For one thread at a time."""

    def __getattribute__(self, name: str) -> Any:
        if name in _LOOKED_AT:
            return super().__getattribute__(name)
        spec = super().__getattribute__("__spec__")
        self.__class__ = ModuleType  # type: ignore[assignment]
        spec.loader.exec_module(self)
        return getattr(self, name)
