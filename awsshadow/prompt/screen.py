"""The prompt: a line with a menu of candidates, a panel of documentation, a panel of sample output."""

from __future__ import annotations

import shlex

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import ThreadedCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, is_searching
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.layout import ConditionalContainer, Float, FloatContainer, HSplit, Layout, Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.layout.menus import CompletionsMenu, MultiColumnCompletionsMenu
from prompt_toolkit.layout.processors import BeforeInput, TabsProcessor
from prompt_toolkit.utils import is_dumb_terminal
from prompt_toolkit.widgets import SearchToolbar

from awsshadow.complete.candidates import candidates_of
from awsshadow.complete.cursor import cut_line
from awsshadow.complete.partial_line import Line
from awsshadow.errors import AwsShadowError
from awsshadow.prompt import Abandoned, panels
from awsshadow.prompt.completer import Words
from awsshadow.prompt.history import LineHistory
from awsshadow.prompt.keys import HELP, PANEL, panel_keys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyPressEvent

    from awsshadow.streams import Streams

_TOOLBAR = (
    "[ENTER] Autocomplete Choice/Execute Command    [F1] Show Shortkey Help    [F2] Focus on next panel    "
    "[F3] Hide/Show Docs    [F5] Hide/Show Output"
)
_MENU_LINES = 16
#: Columns of the documentation.
_WIDTH = 78
#: A candidate that ends like this is to be continued: no blank follows.
_OPEN_ENDS = ("/", "=", "{", "[", " ")


def is_dumb(environ: dict[str, str]) -> bool:
    """Whether the terminal cannot do what the screen needs."""
    return is_dumb_terminal(environ.get("TERM", ""))


class PromptScreen:
    """One prompt. ``run`` returns the words the user accepted."""

    def __init__(self, program: str, environ: dict[str, str], streams: Streams) -> None:
        self._program = program
        self._environ = environ
        self._streams = streams
        self._shown = {"docs": True, "output": False, "keys": False, "columns": False}
        self._line = Buffer(
            completer=ThreadedCompleter(Words(environ)),
            complete_while_typing=True,
            history=LineHistory(),
            on_text_changed=lambda _: self._refresh(),
            multiline=False,
        )
        self._panels = {
            "docs": Buffer(read_only=True, name=PANEL),
            "output": Buffer(read_only=True, name=PANEL),
            "keys": Buffer(document=Document(HELP, 0), read_only=True, name=PANEL),
        }
        self._search = SearchToolbar(backward_search_prompt="bck-i-search: ", forward_search_prompt="fwd-i-search: ")
        self._seen: object = None

    def run(self, argv: list[str]) -> list[str]:
        """Show ``argv`` for editing. Raises Abandoned when the user leaves."""
        text = shlex.join(argv)
        self._line.text = text + " " if text and not self._unfinished(argv) else text
        self._line.cursor_position = len(self._line.text)
        self._refresh()
        accepted: str | None = self._application().run(pre_run=lambda: self._line.start_completion())
        if accepted is None:
            self._say("stderr", self._line.text)
            raise Abandoned
        self._say("stdout", accepted)
        self._line.history.append_string(accepted)
        return shlex.split(accepted)

    def _say(self, stream: str, line: str) -> None:
        target = getattr(self._streams, stream)
        if target is not None:
            target.write(f"> {self._program} {line}\n")
            target.flush()

    def _unfinished(self, argv: list[str]) -> bool:
        """Whether the last word may be the beginning of a longer one."""
        try:
            line = Line(argv[:-1], self._environ)
            return not line.awaiting and any(text != argv[-1] for text, _ in candidates_of(line, argv[-1], {}))
        except (AwsShadowError, OSError, LookupError, ValueError):
            return False

    def _application(self) -> Application[str | None]:
        prompt = Window(
            BufferControl(
                self._line,
                input_processors=[BeforeInput(f"> {self._program} ")],
                search_buffer_control=self._search.control,
                preview_search=True,
            ),
            height=Dimension(min=1),
            dont_extend_height=True,
            wrap_lines=True,
        )
        # Room for the menu below the line, when nothing else makes it.
        space = ConditionalContainer(
            Window(height=Dimension(preferred=_MENU_LINES)),
            Condition(lambda: not any(self._shown[name] for name in self._panels)),
        )
        body = HSplit([prompt, self._search, space, *(self._panel(name) for name in self._panels)])
        columns = Condition(lambda: self._shown["columns"])
        menus = [
            Float(CompletionsMenu(_MENU_LINES, scroll_offset=1, extra_filter=~columns), xcursor=True, ycursor=True),
            Float(MultiColumnCompletionsMenu(show_meta=True, extra_filter=columns), xcursor=True, ycursor=True),
        ]
        bar = Window(FormattedTextControl(_TOOLBAR), height=1, style="reverse")
        layout = Layout(HSplit([FloatContainer(body, menus), bar]), focused_element=prompt)
        keys = merge_key_bindings([self._keys(), panel_keys(self._back)])
        return Application(layout, key_bindings=keys, erase_when_done=True, mouse_support=False)

    def _panel(self, name: str) -> ConditionalContainer:
        title = {"docs": "Doc panel", "output": "Output panel", "keys": "Prompt panel help"}[name]
        rule = Window(FormattedTextControl(f"─── {title} "), height=1, char="─")
        control = BufferControl(
            self._panels[name],
            input_processors=[TabsProcessor(8, " ", " ")],
            focusable=True,
            search_buffer_control=self._search.control,
        )
        text = Window(control, height=Dimension(weight=1, min=1), wrap_lines=True)
        return ConditionalContainer(HSplit([rule, text]), Condition(lambda: self._shown[name]))

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        on_line = Condition(lambda: get_app().layout.current_buffer is self._line)
        keys.add("enter", filter=on_line)(self._enter)
        keys.add("tab", filter=on_line)(lambda _: self._next())
        keys.add("s-tab", filter=on_line)(lambda _: self._line.complete_previous())
        keys.add("f1")(lambda _: self._toggle("keys"))
        keys.add("f2", filter=~is_searching)(lambda event: event.app.layout.focus_next())
        keys.add("f3")(lambda _: self._toggle("docs"))
        keys.add("f4")(lambda _: self._toggle("columns"))
        keys.add("f5")(lambda _: self._toggle("output"))
        for key in ("c-c", "c-d"):
            keys.add(key, filter=~is_searching)(lambda event: event.app.exit(result=None))
        return keys

    def _enter(self, event: KeyPressEvent) -> None:
        """Take the highlighted candidate, or run the line when none is."""
        state = self._line.complete_state
        if state is not None and state.current_completion is not None:
            self._line.complete_state = None
            cut = cut_line(self._line.text, self._line.cursor_position)
            in_query = cut.words[-1:] == ["--query"] or cut.fragment.startswith("--query=")
            if not (in_query or cut.quote or cut.fragment.endswith(_OPEN_ENDS)):
                self._line.insert_text(" ")
            return
        try:
            shlex.split(self._line.text)
        except ValueError:
            return  # a quote is open: there is more to type
        event.app.exit(result=self._line.text.strip())

    def _next(self) -> None:
        if self._line.complete_state is None:
            self._line.start_completion(select_first=True)
        else:
            self._line.complete_next()

    def _toggle(self, name: str) -> None:
        self._shown[name] = not self._shown[name]
        self._back()
        self._refresh()

    def _back(self) -> None:
        get_app().layout.focus(self._line)

    def _refresh(self) -> None:
        """Bring the panels up to what has been typed."""
        text = self._line.document.text_before_cursor
        cut = cut_line(text, len(text))
        try:
            line = Line(cut.words, self._environ)
        except (AwsShadowError, OSError, LookupError, ValueError):
            return
        if line.awaiting in ("--query", "--output") and cut.fragment:
            line.used[line.awaiting] = cut.fragment
        elif cut.fragment in line.rows:
            line.awaiting = cut.fragment
        seen = (tuple(line.path), line.awaiting, tuple(line.used.items()), tuple(self._shown.items()))
        if seen == self._seen:
            return
        self._seen = seen
        if self._shown["docs"]:
            page, offset = panels.documentation(line, _WIDTH)
            self._panels["docs"].set_document(Document(page, offset), bypass_readonly=True)
        if self._shown["output"]:
            self._panels["output"].set_document(Document(panels.sample(line), 0), bypass_readonly=True)
