"""The prompt: a line with a menu of candidates, a panel of documentation, a panel of sample output."""

from __future__ import annotations

import shlex
import sys

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import ConditionalContainer, Float, FloatContainer, HSplit, Layout, Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.layout.menus import CompletionsMenu
from prompt_toolkit.layout.processors import BeforeInput

from awsshadow.complete.candidates import Line
from awsshadow.complete.line import cut_line
from awsshadow.prompt import Abandoned, panels
from awsshadow.prompt.completer import completer
from awsshadow.prompt.history import LineHistory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyPressEvent

    from awsshadow.streams import Streams

_TOOLBAR = (
    "[ENTER] Autocomplete Choice/Execute Command    [F2] Focus on next panel    "
    "[F3] Hide/Show Docs    [F5] Hide/Show Output"
)
_MENU_LINES = 16


class Screen:
    """One prompt. ``run`` returns the words the user accepted."""

    def __init__(self, program: str, environ: dict[str, str], streams: Streams) -> None:
        self._program = program
        self._environ = environ
        self._streams = streams
        self._shown = {"docs": True, "output": False}
        self._line = Buffer(
            completer=completer(environ),
            complete_while_typing=True,
            history=LineHistory(),
            on_text_changed=lambda _: self._refresh(),
            multiline=False,
        )
        self._docs = Buffer(read_only=True, name="docs")
        self._output = Buffer(read_only=True, name="output")
        self._seen: object = None

    def run(self, argv: list[str]) -> list[str]:
        """Show ``argv`` for editing. Raises Abandoned when the user leaves."""
        text = shlex.join(argv)
        self._line.text = text + " " if text and not text.endswith(" ") else text
        self._line.cursor_position = len(self._line.text)
        self._refresh()
        accepted: str | None = self._application().run()
        if accepted is None:
            print(f"> {self._program} {self._line.text}", file=sys.stderr)
            raise Abandoned
        if self._streams.stdout is not None:
            self._streams.stdout.write(f"> {self._program} {accepted}\n")
            self._streams.stdout.flush()
        self._line.history.append_string(accepted)
        return shlex.split(accepted)

    def _application(self) -> Application[str | None]:
        prompt = Window(
            BufferControl(self._line, input_processors=[BeforeInput(f"> {self._program} ")]),
            height=Dimension(min=1),
            dont_extend_height=True,
            wrap_lines=True,
        )
        # Room for the menu below the line, when nothing else makes it.
        space = ConditionalContainer(
            Window(height=Dimension(preferred=_MENU_LINES)), Condition(lambda: not any(self._shown.values()))
        )
        body = HSplit([prompt, space, self._panel("docs", self._docs), self._panel("output", self._output)])
        menu = Float(CompletionsMenu(max_height=_MENU_LINES, scroll_offset=1), xcursor=True, ycursor=True)
        bar = Window(FormattedTextControl(_TOOLBAR), height=1, style="reverse")
        layout = Layout(HSplit([FloatContainer(body, [menu]), bar]), focused_element=prompt)
        return Application(layout, key_bindings=self._keys(), erase_when_done=True, mouse_support=False)

    def _panel(self, name: str, buffer: Buffer) -> ConditionalContainer:
        rule = Window(FormattedTextControl(lambda: f"─── {name} "), height=1, char="─")
        text = Window(BufferControl(buffer, focusable=True), height=Dimension(weight=1, min=3), wrap_lines=True)
        return ConditionalContainer(HSplit([rule, text]), Condition(lambda: self._shown[name]))

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        on_line = Condition(lambda: self._focused() is self._line)
        elsewhere = ~on_line
        keys.add("enter", filter=on_line)(self._enter)
        keys.add("tab", filter=on_line)(lambda _: self._line.complete_next())
        keys.add("s-tab", filter=on_line)(lambda _: self._line.complete_previous())
        keys.add("f2")(lambda event: event.app.layout.focus_next())
        keys.add("f3")(lambda event: self._toggle(event, "docs"))
        keys.add("f5")(lambda event: self._toggle(event, "output"))
        keys.add("q", filter=elsewhere)(lambda event: event.app.layout.focus(self._line))
        for key in ("c-c", "c-d"):
            keys.add(key)(lambda event: event.app.exit(result=None))
        return keys

    def _focused(self) -> Buffer:
        from prompt_toolkit.application import get_app

        return get_app().layout.current_buffer or self._line

    def _enter(self, event: KeyPressEvent) -> None:
        """Take the highlighted candidate, or run the line when none is."""
        state = self._line.complete_state
        if state is not None and state.current_completion is not None:
            self._line.complete_state = None
            if not self._line.text.endswith(("/", "=", " ")):
                self._line.insert_text(" ")
            return
        try:
            shlex.split(self._line.text)
        except ValueError:
            return  # a quote is open: there is more to type
        event.app.exit(result=self._line.text.strip())

    def _toggle(self, event: KeyPressEvent, name: str) -> None:
        self._shown[name] = not self._shown[name]
        event.app.layout.focus(self._line)
        self._refresh()

    def _refresh(self) -> None:
        """Bring the panels up to what has been typed."""
        text = self._line.document.text_before_cursor
        words, fragment = cut_line(text, len(text))
        line = Line(words, self._environ)
        if line.awaiting == "--query" and fragment:
            line.used["--query"] = fragment
        seen = (tuple(line.path), line.awaiting, tuple(line.used.items()), tuple(self._shown.items()))
        if seen == self._seen:
            return
        self._seen = seen
        if self._shown["docs"]:
            page, offset = panels.documentation(line, 78)
            self._docs.set_document(Document(page, offset), bypass_readonly=True)
        if self._shown["output"]:
            self._output.set_document(Document(panels.sample(line), 0), bypass_readonly=True)
