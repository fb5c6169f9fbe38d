"""Shell text -> commands: quotes, continuations, substitutions, here-documents, programs that run others."""

from __future__ import annotations

import pytest

from awsshadow.check.judge import UNKNOWN
from awsshadow.check.programs import program_of
from awsshadow.check.shell import MARK, commands_in


def said(text: str) -> list[str]:
    """The commands of a text that mention a or aws, a line each; ``?`` is unknown, ``?*`` any number of words."""
    found = []
    for words in commands_in(text):
        kept = program_of(words)
        if kept and kept[0].text in ("a", UNKNOWN):
            shown = [word.text.replace(UNKNOWN, "?") + "*" * word.is_open for word in kept]
            found.append(" ".join(f"[{text}]" if " " in text or not text else text for text in shown))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b c", ["a b c"]),
        ("a b \\\n  c", ["a b c"]),
        ("a b\\\nc", ["a bc"]),
        ("a 'b c' \"d e\" f'g'\"h\" ''", ["a [b c] [d e] fgh []"]),
        (r'a "x\"y\$z" b\ c \#', ['a x"y$z [b c] #']),
        ("a $'x' $\"y\" $'x\\n'", ["a x y ?"]),
        ("a # b\na c#d", ["a", "a c#d"]),
        ("a $X ${X} \"$X\" x$Y \"${X[@]}\" \"$@\" $1 $?", ["a ?* ?* ? x? ?* ?* ?* ?*"]),
        ("a ${X:-$(a inner)} \"${Y%%.*}\"", ["a inner", "a ?* ?"]),
        ("a $((1 + (2 << 3))) b", ["a ?* b"]),
        ("a \"$(a x \"y z\")\" b", ["a x [y z]", "a ? b"]),
        ("a `a x` `a \\`a y\\``", ["a x", "a y", "a ?*", "a ?* ?*"]),
        ("x=$(a 1) y=2 a 2", ["a 1", "a 2"]),
        ("a 1; a 2 && a 3 || a 4 | a 5 & a 6", [f"a {n}" for n in range(1, 7)]),
        ("(a 1); { a 2; }; if a 3; then a 4; elif a 5; else a 6; fi", [f"a {n}" for n in range(1, 7)]),
        ("while ! a 1; do a 2; done; until a 3; do :; done", ["a 1", "a 2", "a 3"]),
        ("f() { a 1; }\nfunction g { a 2\n}", ["a 1", "a 2"]),
        ("for x in a b; do a $x; done", ["a ?*"]),
        ("case $x in a|b) a 1;; (c) a 2;; *) echo $(case y in z) a 3;; esac);; esac", ["a 1", "a 2", "a 3"]),
        ("case $x in a) a 1;; esac; a 2", ["a 1", "a 2"]),
        ("a 1 > out 2>&1 <in >>log &>all 3<&- b", ["a 1 b"]),
        ("a 1 <<< word b", ["a 1 b"]),
        ("a <<EOF b\na no\n$(a no)\nEOF\na 2", ["a b", "a 2"]),
        ("a <<-'E O F'\n\ta no\n\tE O F\na 2", ["a", "a 2"]),
        ("a <<X <<Y\na no\nX\na no\nY\na 2", ["a", "a 2"]),
        ("a <<EOF\nnever ends\na no", ["a"]),
        ("a <(a 1) >(a 2)", ["a 1", "a 2", "a ? ?"]),
        ("A=1 B= C+=x a 1", ["a 1"]),
        ("time -p a 1; exec -a n a 2; command a 3; env -i -u X A=b a 4; nohup a 5", [f"a {n}" for n in range(1, 6)]),
        ("sudo -u me -E a 1; nice -n 5 a 2; timeout -k 5 10m a 3; ! time a 4", [f"a {n}" for n in range(1, 5)]),
        ("ls | xargs -n1 a b", ["a b ?*"]),
        ("ls | xargs -I{} -P 2 a {} x{}; xargs -I % a %; xargs -i a {}", ["a ? x?", "a ?", "a ?"]),
        ("a {b,c} {1..3} {} 'x{b,c}'", ["a ?* ?* {} x{b,c}"]),
        (f"a {MARK} x{MARK} '{MARK}' \"{MARK}\"", ["a ?* x? ? ?"]),
        ("a '\n' b\n", ["a \n b"]),
        ("a b\r\na c", ["a b", "a c"]),
        ("a 'unclosed", ["a unclosed"]),
        ('a "unclosed $(a 1', ["a 1", "a [unclosed ?]"]),
        ("", []),
        ("\\", []),
    ],
)  # fmt: skip
def test_commands(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_lines() -> None:
    text = "\n# c\na 1 \\\n  2 '\n' 3\ncat <<E\nx\nE\na $(\na 4)"
    found = [[(word.text, word.line) for word in words] for words in commands_in(text, 10)]
    assert [("a", 12), ("1", 12), ("2", 13), ("\n", 13), ("3", 14)] in found
    assert [("a", 19), ("4", 19)] in found
    assert [("a", 18), (UNKNOWN, 18)] in found
