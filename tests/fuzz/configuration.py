"""Configuration, credentials and alias files of any bytes."""

import os

from hypothesis import strategies as st

from awsshadow import command_line
from awsshadow.config.files import read_config_files
from awsshadow.config.settings import TABLE, Settings
from awsshadow.invocation import Globals
from tests.fuzz import words, world
from tests.fuzz.target import Target, main, one_error
from tests.support.reading import understood

PIECE = st.one_of(
    st.sampled_from(
        [
            *(
                "[default]\n",
                "[profile p]\n",
                "[profile 'p q']\n",
                "[profile '",
                "[toplevel]\n",
                "[command sagemaker]\n",
            ),
            *(
                "[",
                "]",
                "=",
                ":",
                "\n",
                "\r\n",
                "  ",
                "\t",
                "#",
                ";",
                "%",
                "%(a)s",
                "\0",
                "\ufeff",
                "[]\n",
                "[default]",
            ),
            *("region = x\n", "output=json\n", "output = yaml-stream\n", "cli_pager =\n", "cli_auto_prompt = on\n"),
            *("s3 =\n  a = b\n", "s3 =\n  junk\n", "x = sagemaker list-models\n", "x = !true\n", "x = x\n", "y = 'z\n"),
            *("services = s\n", "[services s]\n", "sagemaker =\n  endpoint_url = http://x\n", "[sso-session s]\n"),
        ]
    ),
    words.TEXT,
)
TEXTS = (
    st.lists(PIECE, max_size=14).map("".join).map(lambda text: text.encode("utf-8", "surrogatepass").decode("latin-1"))
)
FILES = st.one_of(TEXTS, st.binary(max_size=80).map(lambda raw: raw.decode("latin-1")))
VALUES = st.tuples(st.sampled_from(["config", "credentials", os.path.join("cli", "alias")]), FILES)
COMMANDS = (["x"], ["y", "a"], ["sagemaker", "x"], ["sagemaker", "list-models"])


def check(value: tuple[str, str]) -> None:
    name, text = value
    folder = os.path.join(world.home(), ".aws")
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(text.encode("latin-1"))
    try:
        _read()
    finally:
        os.unlink(path)


def _read() -> None:
    environ = world.environ()
    for profile in (None, "p", ""):
        given = Globals()
        given.profile = profile
        with one_error():
            settings = Settings(given, environ, read_config_files(environ))
            for setting in TABLE:
                assert isinstance(settings.get(setting), str | None)
            assert settings.error_format
            assert isinstance(settings.pager, str | None)
    for command in COMMANDS:
        with one_error():
            understood(command_line.steps(command, "aws", environ, store=world.store()))


TARGET = Target("configuration", VALUES, check)

if __name__ == "__main__":
    main(TARGET)
