"""Input documents, in JSON and in YAML."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from tests.reference.grids.scenes import DESCRIBE, SOME_ENDPOINT, case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.cases import Case


def documents() -> Iterator[Case]:
    """Each text as JSON and as YAML, on the line and in a file."""
    texts = (
        "EndpointName: yes", "EndpointName: 012", "EndpointName: 0o12", "EndpointName: 0x1F", "EndpointName: 1.0",
        "EndpointName: 1e3", "EndpointName: .5",
        "EndpointName: ~", "EndpointName:", "EndpointName: on", "EndpointName: 'it''s'", "EndpointName: \"a\\tb\"",
        "EndpointName: 2024-01-01",
        "EndpointName: 2024-01-01T00:00:00Z", "EndpointName: 2024-01-01 10:00:00 +02:00", "EndpointName: 12:30:45",
        "EndpointName: .inf", "EndpointName: .nan",
        "EndpointName: !!str 5", "EndpointName: !!int '5'", "EndpointName: !!binary aGk=",
        "EndpointName: !!python/object:os.system x", "EndpointName: !x y",
        "EndpointName: &a b", "EndpointName: *a", "a: &a b\nEndpointName: *a", "EndpointName: |\n  two\n  lines",
        "EndpointName: >-\n  two\n  lines\n\n  x",
        "? EndpointName\n: b", "- a", "a", "", " ", "# c", "---\nEndpointName: a",
        "EndpointName: a\n---\nEndpointName: b", "%YAML 1.1\n---\nEndpointName: yes",
        "%YAML 1.2\n---\nEndpointName: yes", "EndpointName: a\nEndpointName: b", "\tEndpointName: x",
        "EndpointName: [", "EndpointName: [a, b]", "EndpointName: {a: b}",
        "{EndpointName: a}", "{EndpointName: a", "EndpointName: a: b", "EndpointName: @x", "EndpointName: `x",
        "EndpointName: %x", "EndpointName: a #c",
        "<<: {EndpointName: a}", "base: &b {EndpointName: a}\n<<: *b", "1: x", "null: x", "true: x", "[a]: x",
        "? [a]\n: x", "? {a: b}\n: x", "EndpointName: a\n b\n c",
        "EndpointName: \"a", "EndpointName: 'a", "Bogus: 1", "endpointName: a",
        "EndpointName: 123456789012345678901234567890", "EndpointName: -0", "EndpointName: +1",
        "EndpointName: 1_000", "EndpointName: 0b11", "EndpointName: \"\\u00e9\\ud83d\\ude00\"",
        "EndpointName: \"\\x\"", "...", "EndpointName: a\n...\nx", "\ufeffEndpointName: a",
        "EndpointName: True", "EndpointName: NULL", "EndpointName: Null", "EndpointName: ''", "EndpointName: \"\"",
        "EndpointName: a\r\n", "EndpointName: a\x07",
        "{\"EndpointName\": \"a\"}", "{\"EndpointName\": 5}", "{\"EndpointName\": null}",
        "{\"EndpointName\": [1, 2.50, 1e400]}", "{\"EndpointName\": {\"a\": true}}", "[1]", "null", "5",
        "\"x\"", "true", "{", "{}", "{\"EndpointName\": \"a\",}", "{'EndpointName': 'a'}", "{\"EndpointName\": NaN}",
        "{\"EndpointName\": \"a\\ud800\"}", "{\"EndpointName\": \"a\"} x",
        "{\"EndpointName\": \"a\", \"EndpointName\": \"b\"}", "{\"EndpointName\": \"a\nb\"}", "// c\n{}",
        "{\"EndpointName\": 'a'}", "{\"EndpointName\": True}", "{\"a\": 1, \"b\": 2}",
        "{\"EndpointName\": \"\\x\"}", "{\"EndpointName\"}", "{\"EndpointName\": }", "{1: 2}", "\x00", "{\"\": 1}",
        "{\"EndpointName\": \"\"}", "file://x", "fileb://x", "http://127.0.0.1:1/x", "-",
    )  # fmt: skip
    for text, form in itertools.product(texts, ("json", "yaml")):
        option = f"--cli-input-{form}"
        if "\x00" not in text:
            yield case([*DESCRIBE[:2], option, text], SOME_ENDPOINT)
            yield case([*DESCRIBE, option, text], SOME_ENDPOINT)
        yield case([*DESCRIBE[:2], option, "file://in.txt"], SOME_ENDPOINT, files={"in.txt": text + "\n"})
        yield case(
            [*DESCRIBE[:2], option, "file://in.txt", "--generate-cli-skeleton", "output"], files={"in.txt": text}
        )
