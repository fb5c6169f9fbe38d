"""Files that are read: each kind of damage, in each place where a file is looked for."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

from tests.local_faults.fault import LIST, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.stage import Stage

    Damage = Callable[[Path, bytes], object]

HELD = {"held": True}


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def closed(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0)


def closed_folder(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.parent.chmod(0)


def bound(path: Path, _: bytes) -> None:
    """A socket that nobody listens on; its name may be too long for the system, but not from its own folder."""
    before = os.getcwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


#: Cause -> how a file that would hold ``content`` is made so. The place of the file is there, and empty.
DAMAGES: dict[str, Damage] = {
    "not there": lambda _, __: None,
    "a folder": lambda path, _: path.mkdir(),
    "may not be read": closed,
    "in a folder that may not be entered": closed_folder,
    "a link to nothing": lambda path, _: path.symlink_to("nothing"),
    "a link to itself": lambda path, _: path.symlink_to(path.name),
    "a socket": bound,
    "fails when it is read": lambda path, _: path.symlink_to("/proc/self/mem"),
    "empty": lambda path, _: write(path, b""),
    "zeros": lambda path, _: write(path, bytes(3000)),
    "one byte that is no UTF-8": lambda path, content: write(path, content + b"\xe9\n"),
    "UTF-16": lambda path, content: write(path, content.decode().encode("utf-16")),
    "cut off": lambda path, content: write(path, content[: len(content) * 2 // 3]),
    "another kind of file": lambda path, _: write(path, b"\x1f\x8b\x08\x00" + bytes(range(256))),
    "lines of Windows": lambda path, content: write(path, content.replace(b"\n", b"\r\n")),
    "a mark of the byte order in front": lambda path, content: write(path, b"\xef\xbb\xbf" + content),
}  # fmt: skip
#: Damages that are none where bytes are taken as they are.
OF_TEXT = frozenset(list(DAMAGES)[10:])

CONFIG = b"[default]\nregion = eu-west-1\noutput = json\n[profile other]\nregion = us-west-2\n"
CREDENTIALS = b"[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\n"
ALIASES = b"[toplevel]\nmodels = sagemaker list-models\n"
DOCUMENT = b'{\n  "ModelName": "m",\n  "ExecutionRoleArn": "arn:aws:iam::123456789012:role/r"\n}\n'
TAGS = b'[\n  {"Key": "k", "Value": "v"}\n]\n'
YAML = b"ModelName: m\nExecutionRoleArn: arn:aws:iam::123456789012:role/r\nTags:\n- Key: k\n  Value: v\n"
SCRIPT = b"set -e\naws sagemaker list-models --max-items 5\naws sagemaker describe-model --model-name m\n"
DUMP = (
    b'{"awsshadow-sandbox": 2}\n'
    b'["note", {"scope": "", "kind": "clock", "key": "", "value": "[\\\\"instant\\\\", 1.0, 1.0, 1.0]"}]\n'
)
FAULTS = b'{"throttle": [\n  {"operation": "ListModels"}\n]}\n'
MODEL = b'{"version": "2.0",\n "metadata": {"apiVersion": "2017-07-24"},\n "operations": {}, "shapes": {}}\n'

WITHOUT_KEYS = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
ADD_TAGS = ("sagemaker", "add-tags", "--resource-arn", "arn:aws:sagemaker:us-east-1:123456789012:model/m")
CREATE = ("sagemaker", "create-model")
BOX = {"AWSSHADOW_SANDBOX": "{CWD}/box"}

#: Place -> the file, the good content, the command that reads it, and what else the row needs.
PLACES: dict[str, tuple[str, bytes, tuple[str, ...], dict[str, object]]] = {
    "~/.aws/config": ("home/.aws/config", CONFIG, (*LIST, "--profile", "default"), {}),
    "AWS_CONFIG_FILE": ("cwd/sub/config", CONFIG, LIST, {"environ": {"AWS_CONFIG_FILE": "{CWD}/sub/config"}}),
    "~/.aws/credentials": ("home/.aws/credentials", CREDENTIALS, LIST, {"environ": WITHOUT_KEYS}),
    "AWS_SHARED_CREDENTIALS_FILE": (
        "cwd/sub/keys", CREDENTIALS, LIST,
        {"environ": {**WITHOUT_KEYS, "AWS_SHARED_CREDENTIALS_FILE": "{CWD}/sub/keys"}},
    ),
    "~/.aws/cli/alias": ("home/.aws/cli/alias", ALIASES, ("models",), {}),
    "--cli-input-json file://": ("cwd/sub/in", DOCUMENT, (*CREATE, "--cli-input-json", "file://sub/in"), {}),
    "--cli-input-yaml file://": ("cwd/sub/in", YAML, (*CREATE, "--cli-input-yaml", "file://sub/in"), {}),
    "a list in file://": ("cwd/sub/in", TAGS, (*ADD_TAGS, "--tags", "file://sub/in"), {}),
    "text in file://": (
        "cwd/sub/in", b"m", ("sagemaker", "describe-model", "--model-name", "file://sub/in"), {}
    ),
    "bytes in fileb://": (
        "cwd/sub/in", b"m", ("sagemaker", "describe-model", "--model-name", "fileb://sub/in"), {}
    ),
    "a model in AWS_DATA_PATH": (
        "cwd/sub/sagemaker/2017-07-24/service-2.json", MODEL, LIST, {"environ": {"AWS_DATA_PATH": "{CWD}/sub"}},
    ),
    "check a document": (
        "cwd/sub/in.json", DOCUMENT, ("check", "create-model", "sub/in.json"), {"name": "awsshadow"}
    ),
    "check a script": ("cwd/sub/in.sh", SCRIPT, ("check", "--from-script", "sub/in.sh"), {"name": "awsshadow"}),
    "sandbox load": (
        "cwd/sub/dump", DUMP, ("sandbox", "load", "sub/dump"),
        {"name": "awsshadow", "environ": BOX, "makes": ("cwd/box",)},
    ),
    "sandbox faults set": (
        "cwd/sub/faults", FAULTS, ("sandbox", "faults", "set", "sub/faults"),
        {"name": "awsshadow", "environ": BOX, "makes": ("cwd/box",)},
    ),
}  # fmt: skip


def rows() -> Iterator[Fault]:
    """Each damage in each place."""
    for place, (file, content, words, more) in PLACES.items():
        for cause, damage in DAMAGES.items():
            if content == b"m" and cause in OF_TEXT and place.startswith("bytes"):
                continue

            def lay(stage: Stage, file: str = file, content: bytes = content, damage: Damage = damage) -> None:
                path = stage.home.parent / file
                path.parent.mkdir(parents=True, exist_ok=True)
                damage(path, content)

            world = HELD if "may not be" in cause else {}
            yield Fault(cause, place, words, lay, world, **more)  # type: ignore[arg-type] # as PLACES has them
