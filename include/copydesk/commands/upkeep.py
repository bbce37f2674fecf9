"""The commands that look after a lake, as the command line knows them."""

from __future__ import annotations

import argparse

from copydesk.commands.adding import Commands, add_command


def add_upkeep(commands: Commands) -> None:
    """Scrub, backup and housekeeping."""
    scrub = add_command(commands, "scrub", "hold every manifest against its files and their checksums")
    scrub.add_argument("--quick", action="store_true", help="hold sizes only, and read no data")
    scrub.set_defaults(command=_scrub)

    backup = add_command(commands, "backup", "a copy of the lake, whole in every partition while writers are at work")
    backup.add_argument(
        "target", metavar="TARGET", help="where: a local path or an s3:// URI; what it has already is not copied again"
    )
    backup.set_defaults(command=_backup)

    housekeeping = add_command(commands, "housekeeping", "remove what dead runs left, and what was kept long enough")
    housekeeping.add_argument("--dry-run", action="store_true", help="only say what would go")
    housekeeping.set_defaults(command=_housekeeping)


def _scrub(options: argparse.Namespace) -> int:
    from copydesk.commands.scrub import scrub

    return scrub(is_quick=options.quick)


def _backup(options: argparse.Namespace) -> int:
    from copydesk.commands.backup import backup

    return backup(options.target)


def _housekeeping(options: argparse.Namespace) -> int:
    from copydesk.commands.housekeeping import housekeeping

    return housekeeping(is_rehearsal=options.dry_run)
