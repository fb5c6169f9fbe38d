"""Member names for the expression typed after ``--query``.

JMESPath read up to the cursor, with shapes for values::

    expression = chain { ("|" | "||" | "&&" | comparison) chain }
    chain      = atom { "." (atom | "*") | bracket }
    atom       = NAME | NAME "(" arguments ")" | "@" | "*" | bracket | "{" NAME ":" expression ... "}"
               | "[" expression ... "]" | "(" expression ")" | "!" chain | "&" expression | literal
    bracket    = "[]" | "[*]" | "[" NUMBER "]" | "[" slice "]" | "[?" expression "]"

What is not known (a literal, the result of most functions) is None and has no members.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from awsshadow.complete.candidates import Candidate

    Shapes = dict[str, dict[str, Any]]
    #: A reference to a shape, or a shape made up here.
    Ref = dict[str, Any]

#: Functions that return their first argument's shape, and those that return an item of it.
_SAME = ("sort_by", "sort", "reverse", "not_null")
_ITEM = ("max_by", "min_by", "max", "min")
_INSIDE_BRACKET = "0123456789-:* "
_COMPARISON = "=<>!"


def candidates(expression: str, shapes: Shapes, root: str) -> list[Candidate]:
    """The expressions that continue ``expression`` by one member name of the output shape ``root``.

    Each comes with the type of the member.
    """
    end = len(expression)
    while end and (expression[end - 1].isalnum() or expression[end - 1] == "_"):
        end -= 1
    reader = _Reader(expression[:end], shapes)
    reader.expression({"shape": root})
    found = []
    for name, ref in reader.offered.items():
        if name.startswith(expression[end:]):
            found.append((expression[:end] + name, reader.shape(ref).get("type", "")))
    return found


class _Reader:
    """Reads ``text``; ``offered`` are the members a name at its end may be."""

    def __init__(self, text: str, shapes: Shapes) -> None:
        self._text = text
        self._shapes = shapes
        self._at = 0
        self._inside_text = False
        self.offered: dict[str, Ref] = {}

    def shape(self, ref: Ref | None) -> dict[str, Any]:
        """The shape behind a reference; empty when nothing is known."""
        if ref is None:
            return {}
        return self._shapes.get(ref["shape"], {}) if "shape" in ref else ref

    def expression(self, context: Ref | None) -> Ref | None:
        """Read operators and what they join. Of a pipe the right side sees the left, of others the same."""
        left = self._chain(self._atom(context))
        while True:
            sign = self._peek()
            if sign == "|" and self._text[self._at + 1 : self._at + 2] != "|":
                self._at += 1
                context = left
                left = self._chain(self._atom(context))
            elif sign and (sign in _COMPARISON or self._text.startswith(("||", "&&"), self._at)):
                first = left if sign == "|" else None
                while self._peek() and self._peek() in "|&=<>!":
                    self._at += 1
                self._chain(self._atom(context))
                left = first
            else:
                return left

    def _peek(self) -> str:
        while self._text[self._at : self._at + 1].isspace():
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _take(self, sign: str) -> bool:
        if self._peek() != sign:
            return False
        self._at += 1
        return True

    def _member(self, ref: Ref | None, name: str) -> Ref | None:
        found: Ref | None = self.shape(ref).get("members", {}).get(name)
        return found

    def _item(self, ref: Ref | None) -> Ref | None:
        shape = self.shape(ref)
        found: Ref | None = shape.get("member") or shape.get("value")
        return found

    def _atom(self, context: Ref | None) -> Ref | None:
        sign = self._peek()
        if not sign:
            if not self._inside_text:
                self.offered = dict(self.shape(context).get("members", {}))
            return None
        if sign.isalpha() or sign == "_":
            return self._name(context)
        if sign in "'`\"":
            name = self._quoted(sign)
            return self._member(context, name) if sign == '"' else None
        if sign == "[":
            return self._bracket_or_list(context)
        return self._signed(sign, context) if sign in "@*{(!&" else None

    def _signed(self, sign: str, context: Ref | None) -> Ref | None:
        """An atom that its first letter tells."""
        self._at += 1
        if sign == "@":
            return context
        if sign == "*":
            return self._projected(self._item(context))
        if sign == "{":
            return self._hash(context)
        if sign == "!":
            self._chain(self._atom(context))
            return None
        found = self.expression(context)
        if sign == "(":
            self._take(")")
        return found

    def _name(self, context: Ref | None) -> Ref | None:
        begin = self._at
        while self._text[self._at : self._at + 1].isalnum() or self._text[self._at : self._at + 1] == "_":
            self._at += 1
        name = self._text[begin : self._at]
        return self._call(name, context) if self._take("(") else self._member(context, name)

    def _call(self, name: str, context: Ref | None) -> Ref | None:
        first: Ref | None = None
        count = 0
        while not self._take(")"):
            # The expression of sort_by and its kin is about the items of the list before it.
            about = self._item(first) if count and self._peek() == "&" else context
            found = self.expression(about)
            first = found if not count else first
            count += 1
            if not self._take(","):
                self._take(")")
                break
        if name in _SAME:
            return first
        return self._item(first) if name in _ITEM else None

    def _quoted(self, sign: str) -> str:
        begin = self._at + 1
        end = self._text.find(sign, begin)
        while end > 0 and self._text[end - 1] == "\\":
            end = self._text.find(sign, end + 1)
        # In a text that is still open no name can stand.
        self._inside_text = end < 0
        self._at = end + 1 if end >= 0 else len(self._text)
        return self._text[begin : self._at - 1]

    def _hash(self, context: Ref | None) -> Ref | None:
        members: dict[str, Ref] = {}
        while True:
            sign = self._peek()
            if sign == '"':
                key = self._quoted(sign)
            else:
                begin = self._at
                while self._text[self._at : self._at + 1].isalnum() or self._text[self._at : self._at + 1] == "_":
                    self._at += 1
                key = self._text[begin : self._at]
            if not self._take(":"):
                break
            members[key] = self.expression(context) or {}
            if not self._take(","):
                break
        self._take("}")
        return {"type": "structure", "members": members}

    def _bracket_or_list(self, context: Ref | None) -> Ref | None:
        """After a blank or an operator ``[`` may begin a list of expressions, about the context."""
        rest = self._text[self._at + 1 :].lstrip()[:1]
        if rest and (rest in "]?" or rest in _INSIDE_BRACKET):
            return self._bracket(context)
        return self._list(context)

    def _list(self, context: Ref | None) -> Ref | None:
        self._at += 1
        item = self.expression(context)
        while self._take(","):
            item = self.expression(context)
        self._take("]")
        return {"type": "list", "member": item or {}}

    def _bracket(self, ref: Ref | None) -> Ref | None:
        self._at += 1
        item = self._item(ref)
        if self._take("?"):
            self.expression(item)
            self._take("]")
            return self._projected(item)
        begin = self._at
        while self._text[self._at : self._at + 1] and self._text[self._at] in _INSIDE_BRACKET:
            self._at += 1
        inside = self._text[begin : self._at].strip()
        self._take("]")
        if not inside and self.shape(item).get("type") == "list":
            item = self._item(item)
        if inside and ":" not in inside and inside != "*":
            return item
        return self._projected(item)

    def _projected(self, item: Ref | None) -> Ref | None:
        """What follows a projection is about each item; together the results are a list again."""
        return {"type": "list", "member": self._chain(item, projected=True) or {}}

    def _chain(self, left: Ref | None, projected: bool = False) -> Ref | None:
        """Read steps from ``left``. ``[]`` ends a projection: it flattens what came out of it."""
        while True:
            if self._take("."):
                left = self._list(left) if self._peek() == "[" else self._atom(left)
            elif self._peek() == "[" and not (projected and self._text[self._at + 1 :].lstrip()[:1] == "]"):
                left = self._bracket(left)
            else:
                return left
