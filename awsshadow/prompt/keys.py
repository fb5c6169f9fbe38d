"""What the keys do, and the panel that says so."""

from __future__ import annotations

from prompt_toolkit.application import get_app
from prompt_toolkit.filters import Condition, is_searching
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.search import SearchDirection, start_search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent

#: The name of the buffers of panels.
PANEL = "panel"

HELP = """\
ENTER    take the highlighted candidate; run the line when none is
TAB      next candidate (also the arrows)
CTRL-R   search the lines of before
F1       show or hide this panel
F2       go to the next panel
F3       show or hide the documentation
F4       candidates in one column or in several
F5       show or hide what the command would print
CTRL-C   leave without running anything (also CTRL-D)

In a panel: j k line down, up; z w page down, up; G g end, start; / ? search, n N again; q back to the line"""


def panel_keys(back: Callable[[], None]) -> KeyBindings:
    """The keys of a panel that has the focus; ``back`` takes the focus to the line."""
    keys = KeyBindings()

    @Condition
    def in_panel() -> bool:
        buffer = get_app().layout.current_buffer
        return buffer is not None and buffer.name == PANEL

    inside = in_panel & ~is_searching

    def move(key: str, rows: Callable[[KeyPressEvent], int]) -> None:
        def act(event: KeyPressEvent) -> None:
            count = rows(event)
            (event.current_buffer.cursor_down if count > 0 else event.current_buffer.cursor_up)(abs(count))

        keys.add(key, filter=inside)(act)

    move("j", lambda _: 1)
    move("k", lambda _: -1)
    move("z", _page)
    move("w", lambda event: -_page(event))
    move("G", lambda event: event.current_buffer.document.line_count)
    move("g", lambda event: -event.current_buffer.document.line_count)
    keys.add("/", filter=inside)(lambda _: start_search(direction=SearchDirection.FORWARD))
    keys.add("?", filter=inside)(lambda _: start_search(direction=SearchDirection.BACKWARD))
    keys.add("n", filter=inside)(lambda event: _again(event, back=False))
    keys.add("N", filter=inside)(lambda event: _again(event, back=True))
    keys.add("q", filter=inside)(lambda _: back())
    return keys


def _page(event: KeyPressEvent) -> int:
    """The rows of the panel; at least one."""
    drawn = event.app.layout.current_window.render_info
    return max(drawn.window_height - 1, 1) if drawn else 1


def _again(event: KeyPressEvent, back: bool) -> None:
    """The next match of the last search, or the one before."""
    control = event.app.layout.current_control
    if isinstance(control, BufferControl):
        state = control.search_state
        event.current_buffer.apply_search(~state if back else state, include_current_position=False)
