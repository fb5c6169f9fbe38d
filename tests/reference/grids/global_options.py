"""Formats, colours and queries."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from tests.reference.grids.scenes import DESCRIBE, FORMATS, LIST, SOME_ENDPOINT, SOME_ENDPOINTS, case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.cases import Case

QUERIES = (
    "Endpoints[].EndpointName", "Endpoints[0]", "ProductionVariants[].[VariantName,CurrentWeight]", "CreationTime",
    "length(not_null(Endpoints,ProductionVariants))", "*", "@", "keys(@)", "{a: EndpointName, b: `1`}", "`null`",
    "`[[]]`",
    "`\"x\"`", "`true`", "`1.0`", "`[1, [2, [3]]]`", "`{\"a\": {\"b\": []}}`", "`[]`", "`{}`", "`\"\"`", "''", "[]",
    "[@, @]",
    "EndpointStatus == 'InService'", "ProductionVariants[?CurrentWeight > `0.5`]",
    "ProductionVariants[::-1].VariantName",
    "max_by(ProductionVariants, &CurrentWeight)", "sum(ProductionVariants[].CurrentWeight)", "join(',', keys(@))",
    "ProductionVariants[*].{n: VariantName, d: DeployedImages}", "ProductionVariants[].DeployedImages[]",
    "to_string(@)",
    "to_number('1e2')", "avg(`[]`)", "reverse(EndpointName)", "merge(@, `{\"x\": 1}`)", "sort(keys(@))", "values(@)",
    "type(@)",
    "ceil(`1.5`)", "abs(`-1`)", "contains(EndpointName, 'r')", "map(&VariantName, ProductionVariants)", "to_array(@)",
    "nope()",
    "length(`1`)", "sort(`[1, \"a\"]`)", "@.", "'", "`", "&a", "a.b.c[", "foo(", "EndpointName[0]", "\"EndpointName\"",
    "[*", "!@",
    "EndpointName || 'x'", "Nope && 'x'", "(EndpointName)", "\"", "$", "`1` == `1.0`", "  EndpointName  ",
    "EndpointName\n",
)  # fmt: skip


def global_options() -> Iterator[Case]:
    """Each format in each of its places, with each colour and each query."""
    operations = ((DESCRIBE, SOME_ENDPOINT), (LIST, SOME_ENDPOINTS))
    for (argv, body), format in itertools.product(operations, FORMATS):
        flag = ["--output", format]
        yield case(argv, body, env={"AWS_DEFAULT_OUTPUT": format})
        yield case(argv, body, home={".aws/config": f"[default]\noutput = {format}\n"})
        yield case([*flag, *argv], {})
        for color in ("on", "off", "auto"):
            yield case([*argv, *flag, "--color", color], body)
        for query in QUERIES:
            yield case([*argv, *flag, "--query", query], body)
