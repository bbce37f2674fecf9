"""What the command line understands."""

from __future__ import annotations

import argparse
from pathlib import Path

from copydesk import __version__
from copydesk.commands.adding import Commands, add_command
from copydesk.commands.upkeep import add_upkeep
from copydesk.favor import FAVORS

EXIT_CODES = "Exit codes: 0 done, 1 the data failed, 2 the call or a setting was wrong."


def parser() -> argparse.ArgumentParser:
    """Every command with its words, in the order in which `--help` lists them."""
    parser = argparse.ArgumentParser(prog="copydesk", description="Raw dumps of news in, clean Parquet out.", epilog=EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"copydesk {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_extract(commands)
    _add_run(commands)
    _add_decisions(commands)
    _add_quarantine(commands)
    _add_curate(commands)
    _add_inspect(commands)
    _add_export(commands)
    _add_iceberg(commands)
    _add_migrate(commands)
    add_upkeep(commands)
    _add_roots(commands)
    _add_looks(commands)
    return parser


def _add_extract(commands: Commands) -> None:
    extract = add_command(commands, "extract", "files in, articles out; needs no lake")
    extract.add_argument("paths", nargs="+", metavar="PATH", help="raw file, or a folder of them")
    extract.add_argument("--source", metavar="NAME|FILE.toml", help="how to read them: a source of COPYDESK_SOURCES, or a file")
    extract.add_argument("-o", "--output", required=True, metavar="OUT.parquet|OUT.jsonl", help="file to write")
    _add_favor(extract)
    extract.set_defaults(command=_extract)


def _add_favor(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--favor", choices=FAVORS, help="whether lines in doubt go out or in, or everything stays; without it, as the source says"
    )


def _add_run(commands: Commands) -> None:
    run = add_command(commands, "run", "ingest one partition into the lake, as the DAG does")
    run.add_argument("source", metavar="SOURCE", help="name of the source")
    run.add_argument("key", metavar="KEY", help="the dump's day, such as 2026-11-03, or a name for an archive of many years")
    run.add_argument("--path", metavar="GLOB", help="files of an archive, below COPYDESK_RAW; without it, those of the source")
    run.set_defaults(command=_run)


def _add_curate(commands: Commands) -> None:
    curate = add_command(commands, "curate", "bring `articles` up to date with `clean`")
    curate.add_argument(
        "--month", metavar="YYYY-MM", help="month of publication, or `unknown`; without it, all that were touched"
    )
    curate.set_defaults(command=_curate)


def _add_inspect(commands: Commands) -> None:
    inspect = add_command(commands, "inspect", "show a record block by block: label, reasons, kept or cut")
    inspect.add_argument("record", metavar="PATH[#ordinal]", help="raw file, and which of its records, from 0")
    inspect.add_argument("--source", metavar="NAME|FILE.toml", help="how to read it, as for `extract`")
    _add_favor(inspect)
    inspect.set_defaults(command=_inspect)


def _add_export(commands: Commands) -> None:
    export = add_command(commands, "export", "rows of the lake in a file for other tools")
    export.add_argument("--dataset", default="articles", metavar="NAME", help="dataset to read, `articles` if none is named")
    export.add_argument("--start", metavar="YYYY-MM-DD", help="first day: of publication for `articles`, of the dump for others")
    export.add_argument("--end", metavar="YYYY-MM-DD", help="last day, included")
    export.add_argument("--source", metavar="NAME", action="append", dest="sources", help="only rows of it; may be given again")
    export.add_argument("--columns", metavar="NAME,NAME", help="columns to write, in this order; without it, all")
    export.add_argument("-o", "--output", required=True, metavar="OUT.jsonl|OUT.csv|OUT.parquet", help="file to write")
    export.set_defaults(command=_export)


def _add_iceberg(commands: Commands) -> None:
    iceberg = add_command(commands, "iceberg", "`articles` as an Apache Iceberg table")
    syncs = iceberg.add_subparsers(title="commands", metavar="COMMAND", required=True)
    sync = add_command(syncs, "sync", "register the files that are published now; needs copydesk[iceberg]")
    sync.add_argument("catalog", metavar="CATALOG_URI", help="such as sqlite:////data/catalogue.db, made where there is none")
    sync.set_defaults(command=_sync_iceberg)


def _add_migrate(commands: Commands) -> None:
    migrate = add_command(commands, "migrate", "what an older version published, in the schema of this one")
    migrate.add_argument("--dry-run", action="store_true", help="only say which partitions are older")
    migrate.set_defaults(command=_migrate)


def _add_looks(commands: Commands) -> None:
    datasets = add_command(commands, "datasets", "what is in the lake")
    datasets.set_defaults(command=_datasets)

    sources = add_command(commands, "sources", "the source files")
    checks = sources.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = add_command(checks, "check", "validate every source file")
    check.set_defaults(command=_check_sources)


def _add_roots(commands: Commands) -> None:
    prepare = add_command(commands, "prepare", "make the roots of raw dumps and lake, folders or buckets, where they are missing")
    prepare.set_defaults(command=_prepare)

    put = add_command(commands, "put", "copy raw dumps of this machine below COPYDESK_RAW")
    put.add_argument("folder", type=Path, metavar="FOLDER", help="what lies in it keeps its place: lbc/2026-11-03/a.txt")
    put.set_defaults(command=_put)


def _add_decisions(commands: Commands) -> None:
    for name, helps in (("release", "publish a run that is held, as it is"), ("reject", "do away with a run that is held")):
        decide = add_command(commands, name, helps)
        _add_dump(decide)
        decide.add_argument("--by", metavar="NAME", help="who decides; without it, the user of this machine")
        decide.add_argument("--reason", metavar="TEXT", help="why, for the record")
        decide.set_defaults(command=_release if name == "release" else _reject)


def _add_quarantine(commands: Commands) -> None:
    quarantine = add_command(commands, "quarantine", "what was not accepted, why, and how to bring it back")
    looks = quarantine.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = add_command(looks, "list", "reasons with counts, by dump")
    listing.add_argument("source", metavar="SOURCE", nargs="?", help="name of the source; without it, every source")
    listing.add_argument("key", metavar="KEY", nargs="?", help="one dump of it")
    listing.set_defaults(command=_list_quarantine)
    showing = add_command(looks, "show", "the records with title, address, reason in words, and origin")
    _add_dump(showing)
    showing.add_argument("--reason", metavar="R", help="only those with this reason, such as between:word_count")
    showing.add_argument("--limit", metavar="N", type=int, default=20, help="so many at most (20)")
    showing.set_defaults(command=_show_quarantine)
    replaying = add_command(looks, "replay", "do them again after a correction; what is accepted now joins the dump")
    _add_dump(replaying)
    replaying.add_argument("--reason", metavar="R", help="only those with this reason")
    replaying.set_defaults(command=_replay_quarantine)


def _add_dump(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", metavar="SOURCE", help="name of the source")
    command.add_argument("key", metavar="KEY", help="the dump's day, or the name of the archive")


# Each command is imported when called: `copydesk --help` must not wait for pyarrow.


def _extract(options: argparse.Namespace) -> int:
    from copydesk.commands.environment import local
    from copydesk.commands.extract import extract

    return extract(options.paths, options.source, local(options.output), options.favor)


def _run(options: argparse.Namespace) -> int:
    from copydesk.commands.run import run

    return run(options.source, options.key, options.path)


def _release(options: argparse.Namespace) -> int:
    from copydesk.commands.release import release

    return release(options.source, options.key, options.by, options.reason)


def _reject(options: argparse.Namespace) -> int:
    from copydesk.commands.release import reject

    return reject(options.source, options.key, options.by, options.reason)


def _list_quarantine(options: argparse.Namespace) -> int:
    from copydesk.commands.quarantine import list_quarantine

    return list_quarantine(options.source, options.key)


def _show_quarantine(options: argparse.Namespace) -> int:
    from copydesk.commands.quarantine import show_quarantine

    return show_quarantine(options.source, options.key, options.reason, options.limit)


def _replay_quarantine(options: argparse.Namespace) -> int:
    from copydesk.commands.quarantine import replay

    return replay(options.source, options.key, options.reason)


def _curate(options: argparse.Namespace) -> int:
    from copydesk.commands.curate import curate

    return curate(options.month)


def _inspect(options: argparse.Namespace) -> int:
    from copydesk.commands.inspect import inspect

    return inspect(options.record, options.source, options.favor)


def _export(options: argparse.Namespace) -> int:
    from copydesk.commands.environment import local
    from copydesk.commands.export import export

    columns = options.columns.split(",") if options.columns is not None else None
    days = {"start": options.start, "end": options.end}
    return export(local(options.output), options.dataset, **days, sources=options.sources, columns=columns)


def _sync_iceberg(options: argparse.Namespace) -> int:
    from copydesk.commands.iceberg import sync

    return sync(options.catalog)


def _migrate(options: argparse.Namespace) -> int:
    from copydesk.commands.migrate import migrate

    return migrate(is_rehearsal=options.dry_run)


def _prepare(_: argparse.Namespace) -> int:
    from copydesk.commands.prepare import prepare

    return prepare()


def _put(options: argparse.Namespace) -> int:
    from copydesk.commands.put import put

    return put(options.folder)


def _datasets(_: argparse.Namespace) -> int:
    from copydesk.commands.datasets import show_datasets

    return show_datasets()


def _check_sources(_: argparse.Namespace) -> int:
    from copydesk.commands.sources import check_sources

    return check_sources()
