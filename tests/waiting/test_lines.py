"""What is said of a wait, in the line that moves and in those that stay."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest

from awsshadow.config.files import ConfigFiles
from awsshadow.config.settings import Settings
from awsshadow.invocation import Globals
from awsshadow.model.families.outcomes import FAILURE, SUCCESS, TRANSIENT
from awsshadow.streams import Streams
from awsshadow.terminal.pieces import BADLY, STOPPED, UNDERWAY, USUAL, WELL, painted, plain, width
from awsshadow.waiting import lines, status_line
from awsshadow.waiting.progress import Progress, States
from awsshadow.waiting.rounds import Rounds, steady

if TYPE_CHECKING:
    from tests.waiting.conftest import Time

LONG = "n" * 63
#: State, outcome, seconds after the beginning.
Seen = tuple[str, str | None, float]
CREATING: Seen = ("Creating", TRANSIENT, 0.0)
UPDATING: Seen = ("Updating", TRANSIENT, 130.0)


def states(name: str, *seen: Seen, kind: str = "endpoint") -> States:
    found = States(kind, name)
    for one in seen:
        found.see(*one)
    return found


def progress(time: Time, *resources: States, elapsed: float = 250.0, limit: str = "1h", attempt: int = 12) -> Progress:
    rounds = Rounds(steady(30))
    rounds.attempt = attempt
    time.now += elapsed
    return Progress(resources, rounds, limit)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (100, "endpoint blue: Creating 2m10s → Updating 2m, 4m10s in all, attempt 12, gives up after 1h"),
        (77, "endpoint blue: Creating 2m10s → Updating 2m, 4m10s in all, gives up after 1h"),
        (70, "blue: Creating 2m10s → Updating 2m, 4m10s in all, gives up after 1h"),
        (50, "endpoint blue: Updating, 4m10s, gives up after 1h"),
        (40, "blue: Updating, 4m10s, gives up after 1h"),
        (37, "blue: Updating, 4m10s, limit 1h"),
        (22, "blue: Updating, 4m10s"),
        (14, "blue: Updating"),
        (12, "..: Updating"),
    ],
)
def test_what_there_is_no_room_for_is_left_out_whole(time: Time, columns: int, said: str) -> None:
    assert plain(lines.moving(progress(time, states("blue", CREATING, UPDATING)), columns)) == said


@pytest.mark.parametrize("name", ["e", LONG])
@pytest.mark.parametrize("seen", [(), (CREATING,), (CREATING, UPDATING)], ids=len)
def test_the_line_fits(time: Time, name: str, seen: tuple[Seen, ...]) -> None:
    """At each width, up to where name and state alone are too much."""
    shown = progress(time, states(name, *seen), limit="1d")
    for columns in range(11, 210):
        line = lines.moving(shown, columns)
        state = seen[-1][0] if seen else "asking"
        assert width(line) <= columns, plain(line)
        assert f": {state}" in plain(line) or f"→ {state} 2m" in plain(line)
        if columns >= 37:
            assert ", 4m10s" in plain(line)
            assert "gives up after 1d" in plain(line) or "limit 1d" in plain(line)


def test_a_long_name_is_cut_in_its_middle(time: Time) -> None:
    shown = plain(lines.moving(progress(time, states("a" * 30 + "b" * 33, CREATING)), 60))
    assert shown == "aaaaaaaaaaa...bbbbbbbbbb: Creating, 4m10s, gives up after 1h"


def test_a_limit_is_said_as_a_limit(time: Time) -> None:
    """What is left of the time reads like an estimate of when it will be done."""
    shown = progress(time, states("e", CREATING), limit="59m30s")
    said = {plain(lines.moving(shown, columns)) for columns in range(11, 210)}
    assert not any("left" in one or "at most" in one for one in said)
    assert any("gives up after 59m30s" in one for one in said)


def test_time_and_states_where_no_look_is_counted(time: Time) -> None:
    rounds = Rounds(steady(2))
    rounds.attempt = 7
    shown = Progress([states("j", ("InProgress", TRANSIENT, 0), kind="training job")], rounds, "1d", counts=False)
    assert plain(lines.moving(shown, 80)) == "training job j: InProgress, 0s, gives up after 1d"


def test_without_unicode(time: Time) -> None:
    shown = progress(time, states("blue", CREATING, UPDATING))
    assert "Creating 2m10s -> Updating 2m" in plain(lines.moving(shown, 100, has_unicode=False))


def test_several(time: Time) -> None:
    three = [states("a", CREATING), states("b", CREATING), states("c", CREATING, UPDATING)]
    shown = progress(time, *three)
    told = "3 endpoints: 2 Creating, 1 Updating, 4m10s"
    assert plain(lines.moving(shown, 80)) == f"{told}, attempt 12, gives up after 1h"
    assert plain(lines.moving(shown, 70)) == f"{told}, gives up after 1h"
    assert plain(lines.moving(shown, 37)) == "3: 2 Creating, 1 Updating, 4m10s"
    shown.pending.remove(three[0])
    assert plain(lines.moving(shown, 80)).startswith("2 of 3 endpoints: 1 Creating, 1 Updating, 4m10s")
    shown.pending.remove(three[1])
    assert plain(lines.moving(shown, 80)) == "endpoint c: Creating 2m10s → Updating 2m, 4m10s in all, gives up after 1h"
    for columns in range(33, 120):
        assert width(lines.moving(progress(time, *three), columns)) <= columns


@pytest.mark.parametrize(
    ("seen", "tone"),
    [(CREATING, UNDERWAY), (("InService", SUCCESS, 0.0), WELL), (("Failed", FAILURE, 0.0), BADLY),
     (("Stopped", "stopped", 0.0), STOPPED), (("Hibernating", None, 0.0), UNDERWAY), (("New", None, 0.0), USUAL)],
)  # fmt: skip
def test_a_state_has_the_tone_of_its_outcome(time: Time, seen: Seen, tone: str) -> None:
    assert (seen[0], tone) in lines.moving(progress(time, states("e", seen)), 100)


def test_colour_adds_codes_and_nothing_else() -> None:
    pieces = lines.reached(states("e", CREATING, UPDATING, ("InService", SUCCESS, 250.0)), 250.0)
    assert plain(pieces) == "endpoint e: InService after 4m10s (Creating 2m10s, Updating 2m)"
    assert painted(pieces, False) == plain(pieces)
    assert "\x1b[32mInService\x1b[0m" in painted(pieces, True)


def test_a_state_that_was_there_all_the_time_is_not_told_twice() -> None:
    pieces = lines.reached(states("e", CREATING, ("InService", SUCCESS, 250.0)), 250.0)
    assert plain(pieces) == "endpoint e: InService after 4m10s"


def test_what_the_service_says_drives_no_terminal(time: Time) -> None:
    hostile = states("e\x1b[2J", ("\x1b]0;x\x07", None, 0.0))
    said = [
        plain(lines.moving(progress(time, hostile), 200)), plain(lines.reached(hostile, 1)),
        plain(lines.failed(hostile, 1, "no\x1b[2J\nping", "g\x07")), plain(lines.given_up(hostile, 1)),
        lines.changed(hostile, "1h"),
    ]  # fmt: skip
    assert [one for one in said if not one.isprintable()] == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(stderr: io.StringIO, environ: dict[str, str], speaks: bool = True) -> status_line.Drawer:
    return status_line.drawer(Streams(None, None, stderr), Settings(Globals(), environ, ConfigFiles({}, {})), speaks)


@pytest.mark.parametrize(("stderr", "environ"), [(io.StringIO, {}), (Terminal, {"AWSSHADOW_PROGRESS": "off"})])
def test_in_a_pipe_and_where_it_is_off_there_is_none(
    time: Time, stderr: type[io.StringIO], environ: dict[str, str]
) -> None:
    stream = stderr()
    shown = drawn(stream, environ, speaks=False)
    one = states("a", CREATING)
    shown.begin(progress(time, one))
    shown.asks()
    shown.rests()
    shown.reached(one, 1)
    shown.say("interrupted")
    shown.close()
    assert (stream.getvalue(), shown.closes) == ("", False)
    drawn(stream, environ).say("interrupted")
    assert stream.getvalue() == "interrupted\n"


@pytest.mark.parametrize(
    ("profile", "makes_way"),
    [({"mfa_serial": "m"}, True), ({"credential_process": "p"}, True), ({"region": "r"}, False)],
)
def test_it_makes_way_where_somebody_may_be_asked_for_a_code(profile: dict[str, Any], makes_way: bool) -> None:
    settings = Settings(Globals(), {}, ConfigFiles({"default": {}, "other": profile}, {}))
    shown = status_line.drawer(Streams(None, None, Terminal()), settings)
    assert isinstance(shown, status_line.MovingStatus)
    shown.begin(Progress([states("e", CREATING)], Rounds(steady(30)), "1h"))
    assert shown._line is not None
    for step, hidden in ((shown.rests, False), (shown.asks, makes_way), (shown.rests, False)):
        step()
        assert shown._line._hidden == hidden
    shown.close()


@pytest.mark.parametrize("environ", [{"AWSSHADOW_PROGRESS": "plain", "FORCE_COLOR": "1"}, {"TERM": "dumb"}])
def test_plain_lines(time: Time, environ: dict[str, str]) -> None:
    stream, one = Terminal(), states("a", CREATING)
    shown = drawn(stream, environ)
    shown.begin(progress(time, one))
    for _ in range(3):
        shown.asks()
        shown.rests()
    one.see(*UPDATING)
    shown.rests()
    one.see("InService", SUCCESS, 250.0)
    shown.reached(one, 250.0)
    shown.close()
    assert stream.getvalue().splitlines() == [
        "endpoint a: Creating, gives up after 1h",
        "endpoint a: Updating, after 2m10s",
        "endpoint a: InService after 4m10s (Creating 2m10s, Updating 2m)",
    ]
