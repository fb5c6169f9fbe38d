"""docs/settings.md names every option, variable, key and exit code that the code knows."""

import ast
import os
import re

import pytest

import awsshadow
from awsshadow import errors
from awsshadow.command_line.options import GLOBALS
from awsshadow.config.settings import TABLE

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@pytest.fixture(scope="module")
def page():
    with open(os.path.join(ROOT, "docs", "settings.md"), encoding="utf-8") as file:
        return file.read()


def strings_in_the_code():
    for folder, _, names in os.walk(os.path.dirname(awsshadow.__file__)):
        for name in names:
            if name.endswith(".py"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    tree = ast.parse(file.read())
                yield from (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def test_every_global_option_is_named(page):
    assert [option for option in GLOBALS if f"| `{option}` |" not in page] == []


def test_every_choice_of_a_global_option_is_named(page):
    for option, row in GLOBALS.items():
        line = next(line for line in page.splitlines() if line.startswith(f"| `{option}` |"))
        assert [choice for choice in row.choices or () if f"`{choice}`" not in line] == []


def test_every_setting_is_named(page):
    for _, variables, key, _ in TABLE.values():
        assert [name for name in (*variables, key) if name and f"`{name}`" not in page] == []


#: Variables the code names that are no settings of awsshadow's, each with its reason.
NOT_SETTINGS = {
    "AWSSHADOW_HANDED_OVER": "says to the program handed to who has handed on already",
    "AWSSHADOW_COMPLETE": "between a shell's completion script and the completer",
    "AWS_EXECUTION_ENV": "named in --version and the User-Agent, chosen by the platform",
}


def test_every_variable_the_code_names_is_named(page):
    pattern = re.compile(r"^(AWS|AWSSHADOW)_[A-Z][A-Z0-9_]+$")
    found = {text for text in strings_in_the_code() if pattern.match(text) and not text.endswith("_")}
    assert {name for name in found if f"`{name}`" not in page} - set(NOT_SETTINGS) == set()


def test_every_exit_code_is_named(page):
    codes = {c.exit_code for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.AwsShadowError)}
    assert [code for code in codes | {0, 130} if f"| {code} |" not in page] == []
