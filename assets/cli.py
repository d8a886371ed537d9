"""The command `wirehouse`: each verb reads its options, calls one room and shows what came of it.

An error ends in one line on standard error and an exit code: 1 if not everything wanted was done, 2 if the command
itself was wrong.
"""

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import duckdb
import typer
from rich.markup import escape
from rich.progress import track

from assets.failures import explain
from assets.output import Format, console, dumps, errors, write
from assets.settings import VERSION, Settings, settings
from pipelines.extract.tagger import TaggerError
from warehouse.errors import WarehouseError

if TYPE_CHECKING:
    from assets.work import Work

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Raw news text drops in, a warehouse that answers SQL out.",
    epilog='Example: wirehouse run && wirehouse sql "SELECT * FROM canonical_articles LIMIT 3"',
)

Raw = Annotated[Path | None, typer.Option("--raw", help="Folder of drops. [env: WIREHOUSE_RAW; default: raw/]")]
LakeFolder = Annotated[
    Path | None, typer.Option("--lake", help="The lake's folder. [env: WIREHOUSE_LAKE; default: warehouse/lake/]")
]
FromDay = Annotated[str | None, typer.Option("--from", metavar="DAY", help="First arrival day, as 2020-02-06.")]
ToDay = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Last arrival day.")]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar="CODE", help="Only rejects of this reason; docs/reasons.md has all.")
]
AllowFewer = Annotated[bool, typer.Option("--allow-fewer", help="Publish a day with fewer documents than it had.")]


@app.command(epilog="Example: wirehouse run --raw ~/drops --lake ~/lake --from 2020-02-03 --to 2020-02-09")
def run(
    raw: Raw = None,
    lake: LakeFolder = None,
    from_day: FromDay = None,
    to_day: ToDay = None,
    allow_fewer: AllowFewer = False,
) -> None:
    """Publish the days that have new or changed drops, or those of the days named that have."""
    from assets.work import publish_due

    where = settings(raw, lake)
    first, last = _day(from_day), _day(to_day)
    if first and last and first > last:
        raise WarehouseError(f"--from {from_day} is later than --to {to_day}.")
    _finish(where, publish_due(where, first, last, allow_fewer=allow_fewer), examples=True)


@app.command(epilog="Example: wirehouse backfill --from 2020-02-03 --to 2020-02-09")
def backfill(
    from_day: Annotated[str, typer.Option("--from", metavar="DAY", help="First arrival day, as 2020-02-06.")],
    to_day: Annotated[str, typer.Option("--to", metavar="DAY", help="Last arrival day.")],
    raw: Raw = None,
    lake: LakeFolder = None,
    allow_fewer: AllowFewer = False,
    force: Annotated[bool, typer.Option("--force", help="Days that are done, too.")] = False,
) -> None:
    """Compute days anew and publish them; those that were computed by what holds now are done. Goes on after a stop."""
    from assets.work import publish_again

    where = settings(raw, lake)
    first, last = _day(from_day), _day(to_day)
    if first is None or last is None or first > last:
        raise WarehouseError(f"--from {from_day} is later than --to {to_day}.")
    _finish(where, publish_again(where, first, last, allow_fewer=allow_fewer, force=force), examples=False)


@app.command(epilog='Example: wirehouse sql "SELECT name, article_count FROM entities LIMIT 5" --format json')
def sql(
    statement: Annotated[str | None, typer.Argument(help="SQL; read from standard input if not given.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How the answer is written.")] = Format.TABLE,
    lake: LakeFolder = None,
) -> None:
    """Ask the warehouse in SQL, read-only; tables and views need no prefix."""
    from warehouse.session import Session

    session = Session(settings(None, lake).lake)
    write(session.query(statement if statement is not None else _standard_input()), form)


@app.command("open", epilog='Example: duckdb -cmd "$(wirehouse open)"')
def open_lake(lake: LakeFolder = None) -> None:
    """Print the SQL that opens the lake, as it is now, in DuckDB's own shell: read-only, and locked."""
    from warehouse.opening import opening

    print(opening(settings(None, lake).lake), end="")


@app.command(epilog="Example: wirehouse inspect story.txt --format json")
def inspect(
    files: Annotated[list[Path], typer.Argument(help="Drops to look at.", exists=True, dir_okay=False)],
    form: Annotated[Format, typer.Option("--format", help="table for people, json for programs.")] = Format.TABLE,
) -> None:
    """Show what would come out of these drops, without a lake; offsets count characters in `text`."""
    from assets.inspection import inspect as look
    from assets.inspection import show
    from assets.reading import load_reading

    for found in look(files, load_reading(settings().raw), settings().ner):
        if form is Format.TABLE:
            show(found)
        else:
            print(dumps(found))


@app.command()
def status(raw: Raw = None, lake: LakeFolder = None) -> None:
    """Show days, rows, last runs, rejects and the size of the lake."""
    from assets.report import show_status

    show_status(settings(raw, lake))


@app.command(epilog="Example: wirehouse rejects --reason damaged_json --from 2020-02-03")
def rejects(
    reason: Reason = None,
    from_day: FromDay = None,
    to_day: ToDay = None,
    form: Annotated[Format, typer.Option("--format", help="How the list is written.")] = Format.TABLE,
    bytes_of: Annotated[
        str | None, typer.Option("--bytes", metavar="REJECT_ID", help="Write what was refused to standard output.")
    ] = None,
    lake: LakeFolder = None,
) -> None:
    """List what could not be used, and why."""
    from assets.refused import Wanted, show_rejects, write_bytes

    where = settings(None, lake)
    if bytes_of:
        write_bytes(where, bytes_of)
    else:
        show_rejects(where, Wanted(reason, _day(from_day), _day(to_day)), form)


@app.command(epilog="Example: wirehouse replay --reason no_text --from 2020-02-03 --to 2020-02-09")
def replay(
    reason: Reason = None,
    from_day: FromDay = None,
    to_day: ToDay = None,
    raw: Raw = None,
    lake: LakeFolder = None,
) -> None:
    """Try rejects again after a fix; their days are published anew with what now works."""
    from assets.refused import Wanted
    from assets.refused import replay as try_again

    where = settings(raw, lake)
    first, last = _day(from_day), _day(to_day)
    if first and last and first > last:
        raise WarehouseError(f"--from {from_day} is later than --to {to_day}.")
    found = try_again(where, Wanted(reason, first, last))
    _finish(where, found.work, examples=False)
    console.print(f"\n{found.tried} rejects were tried again; {found.used} of them are rejects no more.")


@app.command(epilog="Example: wirehouse learn --dry-run")
def learn(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be learnt, and keep nothing.")] = False,
    overrule: Annotated[
        list[str] | None, typer.Option("--overrule", metavar="LINE_HASH", help="This line is no furniture.")
    ] = None,
    restore: Annotated[
        list[str] | None, typer.Option("--restore", metavar="LINE_HASH", help="Take an overruling back.")
    ] = None,
    lake: LakeFolder = None,
) -> None:
    """Learn outlets' furniture from all that is published. The next runs take it, a backfill gives it to old days."""
    from assets.learning import learn_from_lake, show_learnt
    from warehouse.lake import Lake
    from warehouse.session import require_lake

    with Lake.open(require_lake(settings(None, lake).lake)) as opened:
        show_learnt(learn_from_lake(opened, set(overrule or []), set(restore or []), dry_run=dry_run), dry_run=dry_run)


@app.command(epilog="Example: wirehouse export /tmp/news")
def export(
    target: Annotated[Path, typer.Argument(help="A new folder.", metavar="DIR")], lake: LakeFolder = None
) -> None:
    """Write a clean, hive-partitioned Parquet copy of what is published."""
    from warehouse.export import export as copy
    from warehouse.session import require_lake

    folder = settings(None, lake).lake
    rows = copy(require_lake(folder), target.absolute())
    console.print(f"{sum(rows.values())} rows of {len(rows)} tables and views are in {target}.")


@app.command()
def migrate(lake: LakeFolder = None) -> None:
    """Bring an older lake to the present tables."""
    from warehouse.lake import Lake
    from warehouse.migrate import migrate as bring
    from warehouse.session import require_lake

    with Lake.open(require_lake(settings(None, lake).lake), any_version=True) as opened:
        reached = bring(opened)
    console.print(f"The lake's tables are now of version {reached[-1]}." if reached else "The tables are up to date.")


@app.command(epilog="Example: wirehouse upkeep --keep-snapshots 100 --keep-days 7")
def upkeep(
    keep_snapshots: Annotated[int, typer.Option(min=1, help="How many snapshots to keep at most.")] = 500,
    keep_days: Annotated[int, typer.Option(min=0, help="How many days a snapshot is kept at most.")] = 30,
    lake: LakeFolder = None,
) -> None:
    """Expire old snapshots, merge small files, remove what nothing needs any more. Readers and runs go on."""
    from assets.runs import dagster_at
    from assets.upkeep import round_of_upkeep, show_upkeep
    from warehouse.lake import Lake
    from warehouse.session import require_lake
    from warehouse.upkeep import Policy

    where = settings(None, lake)
    policy = Policy(snapshots=keep_snapshots, snapshot_age=dt.timedelta(days=keep_days))
    with Lake.open(require_lake(where.lake)) as opened, dagster_at(where) as instance:
        show_upkeep(round_of_upkeep(opened, instance, policy, errors.print))


@app.command(epilog="Example: wirehouse backup /mnt/backups/2020-02-06")
def backup(
    target: Annotated[Path, typer.Argument(help="A new folder.", metavar="DIR")], lake: LakeFolder = None
) -> None:
    """Copy the lake as it is at one moment, while runs and readers go on; the copy is a lake of its own."""
    from warehouse.backup import backup as copy
    from warehouse.session import require_lake

    made = copy(require_lake(settings(None, lake).lake), target.absolute(), _watched("copying"))
    console.print(f"Snapshot {made.snapshot} is in {target}: {made.files:,} data files, {made.bytes:,} bytes.")


@app.command(epilog="Example: wirehouse restore /mnt/backups/2020-02-06 --force")
def restore(
    source: Annotated[Path, typer.Argument(help="A folder that `wirehouse backup` made.", metavar="DIR")],
    force: Annotated[bool, typer.Option("--force", help="Put it in the place of the lake that is there.")] = False,
    lake: LakeFolder = None,
) -> None:
    """Make the lake what it was when it was copied to DIR. Runs and readers may go on."""
    from warehouse.backup import restore as put_back

    where = settings(None, lake)
    made = put_back(source.absolute(), where.lake, _watched("copying"), force=force, catalog=where.catalog)
    console.print(f"The lake is at snapshot {made.snapshot} of {source}; `wirehouse run` publishes what came since.")
    if made.forgotten:
        console.print(f"{made.forgotten} documents were forgotten since: `wirehouse forget` takes them out again.")
    elif made.forgotten is None:
        console.print(
            "The catalog that was there can't be read: what was forgotten since the backup has to be forgotten again."
        )


@app.command(epilog="Example: wirehouse forget 3f2a9c --why 'asked for by the publisher'")
def forget(
    documents: Annotated[
        list[str] | None, typer.Argument(metavar="DOCUMENT…", help="document_id, as in the table drops.")
    ] = None,
    why: Annotated[str | None, typer.Option("--why", help="Kept in the table forgotten.")] = None,
    raw: Raw = None,
    lake: LakeFolder = None,
) -> None:
    """Take documents, others of the same text and all that came of them out, and keep them out.

    Without a document it takes out what was forgotten before and is there again, as after a restore.
    """
    from assets.forgetting import forget as take_out
    from assets.forgetting import say_what_remains
    from warehouse.upkeep import Policy

    where = settings(raw, lake)
    taken = take_out(where, documents or [], why)
    _finish(where, taken.work, examples=False)
    if taken.left:
        raise WarehouseError(f"{taken.left} documents are still there, for a run was at work: say `wirehouse forget`.")
    if not taken.is_cleared:
        raise WarehouseError("Dagster's history was in use, and its freed pages may hold text: say `wirehouse forget`.")
    console.print(f"\n{taken.documents} documents were taken out.")
    console.print(say_what_remains(Policy().snapshot_age, Policy().grace))


@app.command(epilog="Example: wirehouse doctor --mend")
def doctor(
    mend: Annotated[bool, typer.Option("--mend", help="Mend what is safe to mend.")] = False,
    form: Annotated[Format, typer.Option("--format", help="How the findings are written.")] = Format.TABLE,
    lake: LakeFolder = None,
) -> None:
    """Examine versions, disk, catalog, files and index; exit code 1 if problems are left."""
    from assets.doctor import as_table
    from assets.doctor import doctor as examine
    from warehouse.session import require_lake

    findings = list(examine(require_lake(settings(None, lake).lake), errors.print, mend=mend))
    write(as_table(findings), form)
    if any(finding.state == "problem" for finding in findings):
        raise typer.Exit(1)


@app.command()
def reindex(lake: LakeFolder = None) -> None:
    """Throw the index of history's bands away and make it anew from the tables; needed only if it is in doubt."""
    from assets.indexing import reindex as make_anew
    from warehouse.lake import Lake
    from warehouse.session import require_lake

    with Lake.open(require_lake(settings(None, lake).lake)) as opened, opened.writing(errors.print) as connection:
        made = make_anew(connection, opened)
    console.print(f"{made.contents:,} contents, {made.bytes:,} bytes, {made.seconds:.1f} seconds.")


@app.command()
def version() -> None:
    """Print the version."""
    print(VERSION)


def _finish(where: Settings, outcome: "Work", *, examples: bool) -> None:
    from assets.report import answer_examples, suggest, summarise
    from warehouse.session import Session

    session = Session(where.lake)
    summarise(session, outcome.seconds, outcome.published, is_done=not outcome.problems)
    if examples and not outcome.problems:
        answer_examples(session)
        suggest()
    session.close()
    for line in outcome.problems:
        errors.print(f"[red]error:[/red] {escape(line)}")
    if outcome.problems:
        raise typer.Exit(1)


def _watched(what: str) -> Callable[[list[str]], Iterable[str]]:
    """Shows a bar on standard error while the paths are gone through."""
    return lambda paths: track(paths, what, console=errors, transient=True)


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError:
        raise WarehouseError("Standard input is no UTF-8 text: give the statement in UTF-8.") from None


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise WarehouseError(f"{text!r} is no day: write it as 2020-02-06.") from None


def main() -> None:
    """Runs the command; every error that a person can act on becomes one line."""
    try:
        app()
    except (WarehouseError, TaggerError) as error:
        _fail(str(error))
    except Exception as error:
        if os.environ.get("WIREHOUSE_DEBUG"):
            raise
        known = isinstance(error, (duckdb.Error, OSError))
        _fail(explain(str(error) if known else f"{type(error).__name__}: {error} (WIREHOUSE_DEBUG=1 shows where)"))


def _fail(line: str) -> None:
    errors.print(f"[red]error:[/red] {escape(line)}")
    raise SystemExit(1)


if __name__ == "__main__":
    main()
