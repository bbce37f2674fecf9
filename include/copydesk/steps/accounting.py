"""What became of every raw file: its records counted by fate, its parts that are no document, its checksum."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.errors import BadInput
from copydesk.raw.inputs import InputFile
from copydesk.records import SET_ASIDE
from copydesk.run import Run
from copydesk.schema import CLEAN, QUARANTINE
from copydesk.steps.plan import inputs_of, shard_numbers
from copydesk.steps.rows import read_rows
from copydesk.storage import Storage
from copydesk.workdir import Workdir

CHECKSUMS = "checksums.json"
HASHED_BYTES = 1 << 20
MAX_TOLD = 10
MAX_REASONS = 3
Account = dict[str, Any]
Reasons = Counter[tuple[str, str]]  # records by stage and first reason
Fates = dict[str, Reasons]  # of those that were rejected, by file


def hash_files(run: Run, shard: int) -> None:
    """Leaves the checksum of each file that is read in pieces, if the shard has the first; a whole file is hashed as it is read."""
    firsts = [file for file in inputs_of(run.work, shard) if file.is_piece and file.start == 0]
    run.work.write_json(run.work.shard(shard, CHECKSUMS), {file.uri: _checksum(run.raw, file.path) for file in firsts})


def fates_of(work: Workdir) -> Fates:
    """What became of the records in quarantine, all shards together."""
    fates: Fates = defaultdict(Counter)
    for table in read_rows(work, QUARANTINE, ["origin_uri", "stage", "reasons"]):
        for uri, stage, reason, count in _counted(table):
            fates[uri][stage, reason] += count
    return fates


def count_reasons(fates: Fates) -> Reasons:
    """All files together, also such as are not of this run."""
    reasons: Reasons = Counter()
    for of_file in fates.values():
        reasons.update(of_file)
    return reasons


def files_of_run(work: Workdir, rejected: Fates) -> list[Account]:
    """The account of each raw file, as `schema.INPUT` has it, in the order of the plan."""
    accepted = _accepted(work)
    checksums: dict[str, str] = {}
    pieces: dict[str, list[tuple[InputFile, Account]]] = defaultdict(list)
    for n in shard_numbers(work):
        checksums.update(work.read_json(work.shard(n, CHECKSUMS)))
        for file, account in zip(inputs_of(work, n), work.read_json(work.shard(n, "inputs.json")), strict=True):
            pieces[file.uri].append((file, account))
    accounts = [_merged(uri, parts, checksums.get(uri)) for uri, parts in pieces.items()]
    for account in accounts:
        reasons = rejected.get(account["uri"], Counter())
        account["accepted"], account["rejected"] = accepted[account["uri"]], reasons.total()
        account["rejected_by_reason"] = by_reason(reasons)
    return accounts


def check_files(work: Workdir, accounts: Iterable[Account]) -> None:
    """BadInput where a file's records are not those that were accepted or rejected."""
    for account in accounts:
        where = f"{work.storage.uri_of(work.folder)}: {account['uri']}"
        check_balance(where, account["records"], account["accepted"], account["rejected"])


def check_balance(where: str, seen: int, accepted: int, rejected: int) -> None:
    """BadInput where records were lost, or came from nowhere."""
    if seen != accepted + rejected:
        found = f"the readers met {seen} records, but {accepted} were accepted and {rejected} rejected"
        raise BadInput(f"{where}: {found}: the shards are not of one run; clear the whole run, from `plan` on")


def by_reason(reasons: Reasons) -> list[dict[str, Any]]:
    """Counts by stage and reason, as `schema.REJECTED` has them."""
    return [{"stage": stage, "reason": reason, "records": count} for (stage, reason), count in sorted(reasons.items())]


def commonest(counts: list[dict[str, Any]]) -> str:
    """The reasons that most records were rejected for, with how many."""
    return _in_words(sorted(counts, key=lambda found: -found["records"])[:MAX_REASONS])


def files_to_look_at(accounts: list[Account]) -> list[str]:
    """A line for each file with something to say, partial ones first and then those that lost most; the rest as a number."""
    telling = [account for account in accounts if _faults(account) or not account["complete"]]
    telling.sort(key=lambda account: (account["complete"], -_faults(account), account["uri"]))
    lines = [_told(account) for account in telling[:MAX_TOLD]]
    more = len(telling) - len(lines)
    return [*lines, f"and {more} more files with rejected records; `runs` has them all"] if more else lines


def _merged(uri: str, parts: list[tuple[InputFile, Account]], checksum: str | None) -> Account:
    """The accounts of a file's pieces in one; a file that was read whole has but one."""
    (first, account), accounts = parts[0], [account for _, account in parts]
    skipped = sum((Counter(account.get("skipped") or {}) for account in accounts), Counter[str]())
    return {
        "uri": uri,
        "bytes": first.file_size if first.is_piece else account["bytes"],
        "sha256": checksum if first.is_piece else account["sha256"],
        "records": sum(account["records"] for account in accounts),
        "skipped": [{"kind": kind, "parts": count} for kind, count in sorted(skipped.items())],
        "complete": all(account["complete"] for account in accounts),
    }


def _accepted(work: Workdir) -> Counter[str]:
    counts: Counter[str] = Counter()
    for table in read_rows(work, CLEAN, ["origin_uri"]):
        counts.update({row["values"]: row["counts"] for row in table["origin_uri"].value_counts().to_pylist()})
    return counts


def _counted(quarantine: pa.Table) -> Iterator[tuple[str, str, str, int]]:
    columns = {
        "uri": quarantine["origin_uri"],
        "stage": quarantine["stage"].cast(pa.string()),
        "reason": pc.list_element(quarantine["reasons"], 0),
    }
    counted = pa.table(columns).group_by(["uri", "stage", "reason"]).aggregate([([], "count_all")])
    for row in counted.to_pylist():
        yield row["uri"], row["stage"], row["reason"], row["count_all"]


def _checksum(storage: Storage, path: str) -> str:
    digest = sha256()
    with storage.open_input(path) as stream:
        while block := stream.read(HASHED_BYTES):
            digest.update(block)
    return digest.hexdigest()


def _faults(account: Account) -> int:
    """The records that were rejected for something that should not be: an agency's next version is as it should be."""
    return sum(found["records"] for found in account["rejected_by_reason"] if found["reason"] not in SET_ASIDE)


def _told(account: Account) -> str:
    state = "" if account["complete"] else "partial, "
    reasons = _in_words(account["rejected_by_reason"])
    line = f"{account['uri']}: {state}rejected {account['rejected']} of {account['records']}"
    return f"{line}: {reasons}" if reasons else line


def _in_words(counts: list[dict[str, Any]]) -> str:
    return ", ".join(f"{found['reason']} {found['records']}" for found in counts)
