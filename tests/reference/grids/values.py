"""Values of options: shorthand, numbers, times."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from tests.reference.grids.scenes import LIST, case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.cases import Case


def values() -> Iterator[Case]:
    """Texts where a structure, a number or a time is asked for."""
    yield from structures()
    yield from numbers()
    yield from times()


def structures() -> Iterator[Case]:
    """Shorthand, and what looks like it: as a list, a structure, a map inside one, a list of strings."""
    tags = (
        "Key=a,Value=b", "Key=a,Value=", "Key=,Value=b", "Key=a", "Value=b", "Key", "Key=a,Value", "Key=a,,Value=b",
        "Key=a;Value=b", "Key:a,Value:b", "Key==a,Value=b",
        "Key=a,Value=b=", "Key='a',Value='b'", "Key='a,Value=b", "Key=\"a,Value=b", "Key='a'b,Value=c",
        "Key=a'b',Value=c", "Key='it\\'s',Value=b", "Key='a\\b',Value=c",
        "Key=\"a\\\"b\",Value=c", "Key=\\a,Value=b", "Key=a\\,b,Value=c", "Key=a\\=b,Value=c", "Key=[a,b],Value=c",
        "Key=[],Value=c", "Key={},Value=c", "Key={a=b},Value=c", "Key=[a", "Key={a=b",
        "Key=a],Value=b", "Key=a},Value=b", "Key=a[,Value=b", "Key=a{,Value=b", "Key=a b,Value=c d",
        " Key = a , Value = b ", "Key=a\n,Value=b", "Key=\ta,Value=b", "Key=#a,Value=b", "Key=@a,Value=b",
        "Key=é,Value=ü", "Kéy=a,Value=b", "Key=a,Value=b,", ",", "=", "==", "=a", "a=", "'Key'=a,Value=b",
        "\"Key\"=a,Value=b", "Key=a,Key=b", "Key=a,Value=b,Key=c", "Key=1,Value=2", "Key=true,Value=null",
        "Key=a,Value=b,Extra=c", "key=a,value=b", "KEY=a,VALUE=b", "Key=a,Value=b Key=c,Value=d",
        "Key=a,Value@=file://v.txt", "Key@=file://v.txt,Value=b", "Key@=v.txt,Value=b", "Key@=,Value=b",
        "Key=a,Value@=file://none", "Key=a,Value@=fileb://v.txt", "Key=a,Value=file://v.txt", "Key@file=a",
        "Key=a,Value:=5", "Key=a,Value:={\"a\":1}", "Key=a,Value:=", "{Key=a,Value=b}", "[{Key=a,Value=b}]",
        "{\"Key\":\"a\",\"Value\":\"b\"}", "[{\"Key\":\"a\",\"Value\":\"b\"}]", "{\"Key\":\"a\"", "[{\"Key\":1}]",
        "[]", "{}", "[null]", "[[]]", "[\"a\"]", "null", "\"x\"", "5", "", " ", " {\"Key\":\"a\"}", "\n[]",
        "file://v.txt",
        "file://tags.json", "file://tags.txt", "fileb://tags.json", "file://none", "file://", "FILE://v.txt",
        "file:v.txt", "@v.txt", "https://127.0.0.1:1/", "http://127.0.0.1:1/", "~/x", "Key=~/x,Value=$HOME",
        "Key=a,Value=" + "b" * 300, "Key=" + "k" * 200 + ",Value=b", "Key=aws:x,Value=b", "Key=a.b-c/d:e_f,Value=g",
        "A.B=1", "A-B=1", "A/B=1", "A:B=1", "A B=1", "A+B=1", "A%B=1", "A*B=1", "A\\B=1", "A(B=1", "1=2", "-=1",
        "Key=-,Value=--",
        "Key=<a>,Value=>b", "Key=a&b,Value=c|d", "Key=a\x7f,Value=b", "Key=a\u2028,Value=b", "Key=\u00a0a,Value=b",
        "Key=😀,Value=漢", "Key=a,Value=\"\"", "Key=a,Value=''", "Key='',Value=''", "Key=a,Value=\"b",
        "Key=a,Value='b\\'", "Key=a, Value=b",
    )  # fmt: skip
    files = {"v.txt": "from file\n", "tags.json": '[{"Key": "f", "Value": "g"}]', "tags.txt": "Key=f,Value=g\n"}
    for text in tags:
        yield case(["sagemaker", "add-tags", "--resource-arn", "a", "--tags", text], {}, files=files)
        yield case(["sagemaker", "add-tags", "--resource-arn", "a", "--tags", "Key=a,Value=b", text], {}, files=files)
        yield case(
            ["sagemaker", "create-model", "--model-name", "m", "--primary-container", text.replace("Key", "Image")],
            {},
            files=files,
        )
        yield case(
            [
                "sagemaker",
                "create-model",
                "--model-name",
                "m",
                "--primary-container",
                f"Image=i,Environment={{{text}}}",
            ],
            {},
        )
        yield case(
            [
                "sagemaker",
                "create-model",
                "--model-name",
                "m",
                "--vpc-config",
                text.replace("Key", "Subnets").replace("Value", "SecurityGroupIds"),
            ],
            {},
        )
        yield case(["sagemaker", "delete-tags", "--resource-arn", "a", "--tag-keys", text], {}, files=files)


def numbers() -> Iterator[Case]:
    """Texts where a number, or a structure that holds one, is asked for."""
    scalars = (
        "1",
        "0",
        "-1",
        "+1",
        "01",
        "1.0",
        "1e3",
        "0x1F",
        "x",
        "",
        " 1 ",
        "1_0",
        "٣",
        "9" * 40,
        "true",
        "null",
        "[1]",
        "{}",
        "file://n.txt",
        "nan",
        "1,5",
        "inf",
        "-0",
        "\uff11",
    )
    for text, word in itertools.product(
        scalars,
        (
            ["list-endpoints", "--max-results"],
            ["update-pipeline", "--pipeline-name", "p", "--parallelism-configuration"],
        ),
    ):
        yield case(["sagemaker", *word, text], {}, files={"n.txt": "7\n"})


def times() -> Iterator[Case]:
    """Texts where a time is asked for, in two time zones."""
    texts = (
        "1700000000", "1700000000.25", "-1", "1e9", "0", "2024-01-02", "2024-01-02T03:04:05", "2024-01-02T03:04:05Z",
        "2024-01-02T03:04:05.123456+02:00", "2024-01-02 03:04", "20240102", "20240102T030405Z", "Jan 2 2024",
        "tomorrow",
        "", " ", "now", "12:30", "2024-13-01", "2024-02-30", "9999-12-31", "10000-01-01", "0001-01-01",
        "1969-12-31T23:59:59Z", "99999999999999", "1e400", "nan", "inf", "2024-W01-1", "2024-001", "2024", "24-1-2",
        "2024-01-02T24:00:00Z",
         "Tue, 02 Jan 2024 03:04:05 GMT", "2024-01-02T03:04:60Z", "1/2/2024",
        "2024-01-02T03", "\uff12\uff10\uff12\uff14-01-02", "1_000", "0x10",
        "2024-01-02T03:04:05+25:00", "2024-01-02T03:04:05,5Z", "--",
        "+5", "1700000000.9999999", "٣",
    )  # fmt: skip
    for text, zone in itertools.product(texts, ("UTC", "Asia/Tokyo")):
        yield case([*LIST, "--creation-time-after", text], {}, env={"TZ": zone})
