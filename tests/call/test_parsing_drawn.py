"""Documents as they may come, drawn: plans, kept values and all, give what looking at each member gives."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from awsshadow.call.parsing import JsonParser
from awsshadow.output import json_form

Shape = dict[str, Any]

#: A listing whose items have everything that an item can have, themselves included.
SHAPES: dict[str, Shape] = {
    "Answer": {"type": "structure", "members": {"Items": {"shape": "Items"}, "NextToken": {"shape": "Text"}}},
    "Items": {"type": "list", "member": {"shape": "Item"}},
    "Item": {
        "type": "structure",
        "members": {
            "Name": {"shape": "Text"},
            "Time": {"shape": "Time"},
            "Size": {"shape": "Number"},
            "Renamed": {"shape": "Time", "locationName": "renamed"},
            "Times": {"shape": "Times"},
            "Tags": {"shape": "Tags"},
            "Inner": {"shape": "Item"},
            "Left": {"shape": "Text", "locationName": "Right"},
            "Right": {"shape": "Text", "locationName": "Left"},
        },
    },
    "Times": {"type": "list", "member": {"shape": "Time"}},
    "Tags": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Time"}},
    "Text": {"type": "string"},
    "Number": {"type": "long"},
    "Time": {"type": "timestamp"},
}

#: Numbers and texts as they stand in a body; not all of them are what strict JSON allows.
NUMBERS = st.sampled_from(
    ["0", "-0", "-0.0", "1e400", "-1e400", "NaN", "Infinity", "1.50", "1e2", "9" * 30, "1700000000.125"]
)
TEXTS = st.sampled_from(['""', '"é"', '"\\u00e9"', '"\\ud800"', '"\\\\ \\" \\/ \\n"', '"\\u2028"', '"%s"', '"日本"'])
NULL = st.just("null")


def listed(elements: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(elements, max_size=3).map(lambda found: f"[{', '.join(found)}]")


def members(**values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An object with some of these members, in any order and perhaps some of them twice."""
    pair = st.sampled_from(sorted(values)).flatmap(lambda name: values[name].map(lambda text: f'"{name}": {text}'))
    return st.lists(pair, max_size=8).map(lambda found: f"{{{', '.join(found)}}}")


def item(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return members(
        Name=TEXTS | NULL,
        Time=NUMBERS | NULL,
        Size=NUMBERS | NULL,
        renamed=NUMBERS | NULL,
        Renamed=NUMBERS,
        Times=listed(NUMBERS | NULL) | NULL,
        Tags=members(a=NUMBERS | NULL, b=NUMBERS) | NULL,
        Inner=inner | NULL,
        Right=TEXTS,
        Left=TEXTS,
        Unknown=TEXTS | NUMBERS | listed(TEXTS),
    )


ITEMS = st.recursive(members(Name=TEXTS, Time=NUMBERS) | members(Left=TEXTS, Right=TEXTS), item, max_leaves=3)
#: Items of one kind beside each other, which is what plans are for.
LISTS = st.lists(ITEMS, max_size=3).map(lambda found: f"[{', '.join(found + found)}]")
BODIES = members(Items=LISTS | NULL, NextToken=TEXTS | NULL, Unknown=TEXTS)


def plain(name: str, value: Any) -> Any:
    """What the rules make of ``value``: modelled members in model order, without those that are null."""
    shape = SHAPES[name]
    if value is None:
        return None
    if shape["type"] == "structure":
        rows = [(r.get("locationName", n), n, r["shape"]) for n, r in shape["members"].items()]
        return {n: plain(s, value[key]) for key, n, s in rows if value.get(key) is not None}
    if shape["type"] == "list":
        return [plain(shape["member"]["shape"], element) for element in value]
    if shape["type"] == "map":
        return {key: plain(shape["value"]["shape"], element) for key, element in value.items()}
    return stamp(value) if shape["type"] == "timestamp" else value


def stamp(value: Any) -> str:
    return f"at {value!r}"


@given(st.lists(BODIES, min_size=1, max_size=4))
def test_every_document_is_what_its_members_make_it(bodies: list[str]) -> None:
    parser = JsonParser(SHAPES, stamp)
    for text in bodies:
        document = parser._document(text.encode(), "Answer")
        expected = plain("Answer", json.loads(text))
        # Compared as text, because NaN differs from itself and the order of members counts.
        assert repr(document) == repr(expected)
        assert json_form.encode(document) == json.dumps(expected, indent=4, ensure_ascii=False)
