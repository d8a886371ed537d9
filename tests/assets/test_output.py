"""What is shown on a terminal: text of drops and names of files give it no orders."""

import io

import pyarrow as pa
from rich.markup import escape

from assets.output import Terminal, table

ORDERS = "a\x1b]0;mine\x1b\\b\x1b[31mc\x9b2Jd\x7fe"
SHOWN = "a\ufffd]0;mine\ufffd\\b\ufffd[31mc\ufffd2Jd\ufffde"


def shown(what):
    terminal = Terminal(file=io.StringIO(), width=100, force_terminal=True, color_system="standard", highlight=False)
    terminal.print(what)
    return terminal.file.getvalue()


def test_control_characters_of_a_cell_are_shown_not_sent():
    written = shown(table(pa.table({ORDERS: [ORDERS]})))
    assert written.count(SHOWN) == 2


def test_control_characters_of_a_line_are_shown_and_our_own_colours_stay():
    assert shown(f"[red]error:[/red] {escape(ORDERS)}\nmore") == f"\x1b[31merror:\x1b[0m {SHOWN}\nmore\n"
