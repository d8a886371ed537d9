"""What a person reads at the end of a run: summary, three example questions with answers, what to try next."""

import re

from rich.markup import escape

from assets.output import console, table
from assets.settings import Settings
from warehouse import place
from warehouse.lake import example_names, statement
from warehouse.session import Session


def summarise(session: Session, seconds: float, published: list[str], *, is_done: bool) -> None:
    """The summary after a run that published these days; not `is_done` where something kept it from others."""
    totals = session.one(statement("summary"))
    what = f"Published {len(published)} day{'s' * (len(published) > 1)}" if published else "Nothing new in the inbox"
    if not published and not is_done:
        what = "Nothing was published"
    console.print(f"\n[bold]{what} in {seconds:.1f} seconds.[/bold] The warehouse now holds:")
    rows = [
        ("documents", totals["documents"], f"on {totals['days']} arrival days"),
        ("articles", totals["articles"], "of the same text from one outlet on one day there is one"),
        ("copies found", totals["copies"], "articles that reprint an earlier one"),
        ("rejects", totals["rejects"], "what could not be used: SELECT * FROM open_rejects"),
        ("entities", totals["entities"], f"named {totals['mentions']} times"),
    ]
    for name, value, remark in rows:
        console.print(f"  {name:<13}{value:>9}   [dim]{remark}[/dim]")


def answer_examples(session: Session) -> None:
    """Three questions to the warehouse with their answers."""
    for name in example_names():
        sql = statement(f"examples/{name}")
        question = re.sub(r"^-- ", "", sql.splitlines()[0])
        console.print(f"\n[bold]{escape(question)}[/bold]")
        console.print(table(session.query(sql)))


def suggest() -> None:
    """What to try next."""
    console.print("\nNext: put drops into raw/incoming/<outlet>/<day>/ and run again, or try")
    for command, purpose in [
        (
            '.venv/bin/wirehouse sql "SELECT * FROM canonical_articles LIMIT 3"',
            "ask in SQL; docs/dictionary.md names all",
        ),
        (".venv/bin/wirehouse inspect FILE", "see what would come out of a drop"),
        (".venv/bin/wirehouse status", "days, rejects, last runs"),
        ("make dev", "Dagster's UI on http://127.0.0.1:3000"),
    ]:
        console.print(f"  [cyan]{escape(command)}[/cyan]   [dim]{purpose}[/dim]", soft_wrap=True)


def show_status(where: Settings) -> None:
    """Folders, days, last runs, rejects by reason and the size of the lake."""
    for name, folder in (("raw", where.raw), ("lake", where.lake), ("dagster", where.dagster_home)):
        console.print(f"{name:<9}{folder}", soft_wrap=True, highlight=False)
    for name, address in place.read(where.lake)._asdict().items():
        if address:
            console.print(f"{name:<9}{escape(address)}", soft_wrap=True, highlight=False)
    session = Session(where.lake)
    size = sum(file.stat().st_size for file in where.lake.rglob("*") if file.is_file())
    console.print(f"{'size':<9}{size / 1e6:.1f} MB")
    for title, name in (("Days", "status_days"), ("Last publications", "status_runs"), ("Rejects", "status_rejects")):
        rows = session.query(statement(name))
        console.print(f"\n[bold]{title}[/bold]")
        console.print(table(rows) if rows.num_rows else "  none")
    session.close()
