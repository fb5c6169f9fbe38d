"""What the AWS CLI reads of its own installation, read once before the forks instead of once a command.

``forkserver`` imports this module last, in the interpreter of the AWS CLI. Two thirds of the time of a command go
into parsing the service model, into looking which folders hold one, and into 400 copies of the environment, one for
each operation. None of that depends on the command: the files are those of the package, which does not change under
a running program. What lies elsewhere (``~/.aws/models``, ``AWS_DATA_PATH``) is read by each command as ever.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Documents of a service that commands ask for.
OF_A_SERVICE = ("service-2", "paginators-1", "waiters-2", "endpoint-rule-set-1")
SERVICES = ("sagemaker", "sts")
OF_ALL = ("endpoints", "partitions", "sdk-default-configuration", "cli", "_retry")


def once(function: Callable[..., Any], folder: str) -> Callable[..., Any]:
    """``function``, called once for each path in ``folder`` and every time for any other."""
    found: dict[str, Any] = {}

    @functools.wraps(function)
    def kept(*words: Any) -> Any:
        path = words[-1] if words else None
        if not (isinstance(path, str) and path.startswith(folder)):
            return function(*words)
        if path not in found:
            found[path] = function(*words)
        return found[path]

    return kept


def copy_once(copy: Callable[[Any], dict[str, str]]) -> Callable[[Any], dict[str, str]]:
    """``os.environ.copy``, which decodes names and values anew only when they have changed."""
    last: list[Any] = [None, {}]

    def kept(environ: Any) -> dict[str, str]:
        if last[0] != environ._data:
            last[:] = dict(environ._data), copy(environ)
        return dict(last[1])

    return kept


def warm() -> None:
    """Put what is kept in the place of what reads, and read what most commands will need."""
    import botocore  # the one in the package of the AWS CLI
    import distro  # type: ignore[import-not-found] # of the other interpreter
    from botocore import loaders

    folder = os.path.join(os.path.dirname(sys.modules["awscli"].__file__ or ""), "")
    parse = once(loaders.JSONFileLoader.load_file, folder)
    look = once(loaders.os.path.isfile, folder)
    listed: dict[str, list[str]] = {}
    list_services = loaders.Loader.list_available_services

    def load_file(self: Any, path: str) -> Any:
        return parse(self, path)

    def list_available_services(self: Any, type_name: str) -> list[str]:
        if not all(place.startswith(folder) for place in self._potential_locations()):
            return list_services(self, type_name)  # type: ignore[no-any-return]
        if type_name not in listed:
            listed[type_name] = list_services(self, type_name)
        return list(listed[type_name])

    loaders.JSONFileLoader.load_file = load_file
    loaders.JSONFileLoader.exists = lambda _, path: look(path + ".json")
    loaders.Loader.list_available_services = list_available_services
    # It is worked out when the class is made, of the home of whoever loads it.
    loaders.Loader.CUSTOMER_DATA_PATH = property(lambda _: os.path.join(os.path.expanduser("~"), ".aws", "models"))
    type(os.environ).copy = copy_once(type(os.environ).copy)  # type: ignore[assignment,method-assign]
    distro.version()  # asks two programs, and keeps what they say
    loader = loaders.create_loader()
    for kind in OF_A_SERVICE:
        loader.list_available_services(kind)
        for service in SERVICES:
            with contextlib.suppress(loaders.DataNotFoundError, loaders.UnknownServiceError):
                loader.load_service_model(service, kind)
    for name in OF_ALL:
        with contextlib.suppress(loaders.DataNotFoundError):
            loader.load_data(name)
    for operation in loader.load_service_model("sagemaker", "service-2")["operations"]:
        for separator in "-", "_":
            botocore.xform_name(operation, separator)


if "awscli" in sys.modules:
    warm()
