"""The page `docs/benchmarks.md`, for readers who see these figures for the first time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from copydesk.benchmarks import wording
from copydesk.benchmarks.conclusions import Duel, faster, leading, lost, our_entry, times_reference
from copydesk.benchmarks.contest import Table
from copydesk.benchmarks.markdown import grid, score_table, share, size, title
from copydesk.benchmarks.origins import ORIGINS
from copydesk.benchmarks.results import Results

NOTICE = "<!-- Written by `python -m copydesk.benchmarks`; run that again instead of editing. -->"


def page(results: Results) -> str:
    """The whole page."""
    sections = (_head, _fairness, _short, _behind, _columns, _sets, _html, _text, _repetition, _speed, _again)
    return "\n\n".join(part for section in sections for part in section(results)) + "\n"


def _head(results: Results) -> Iterator[str]:
    found = results.circumstances
    yield "# Benchmarks"
    yield NOTICE
    yield wording.INTRODUCTION
    told = [
        ("date", found.day.isoformat()),
        ("machine", found.machine),
        ("software", found.software),
        ("command", f"`{found.command}`"),
    ]
    yield _words(("this run", ""), told)
    peers = [(peer.name, version or "not installed", peer.licence, peer.call) for peer, version in found.peers]
    yield _words(("peer", "version", "licence", "called"), peers)


def _short(results: Results) -> Iterator[str]:
    """Each set by the measure that stands for it."""
    yield "## In short"
    found = leading(results.tables)
    for mode, what in wording.MODES.items():
        theirs = [duel for duel in found if duel.table.mode == mode]
        if theirs:
            ahead = sum(duel.lead > 0 for duel in theirs)
            but = wording.IN_SAMPLE if _is_in_sample(results) else ""
            yield wording.LEADS.format(form=what[0].upper() + what[1:], ahead=ahead, sets=len(theirs), but=but)
            heads = ("set", "measure", "copydesk", "best other", "ahead by", "who")
            yield grid(heads, [_duel(duel) for duel in theirs])
    ratio = times_reference(results.tables)
    if ratio:
        yield wording.SPEED.format(least=size(ratio[0]), middle=size(ratio[1]))


def _duel(duel: Duel) -> tuple[str, ...]:
    return duel.table.gold, title(duel.measure), share(duel.ours), share(duel.best), f"{duel.lead:+.3f}", duel.who


def _behind(results: Results) -> Iterator[str]:
    yield "## Where another is better"
    found = lost(results.tables)
    lines = [
        f"- {duel.table.gold}, {wording.MODES[duel.table.mode]}, {title(duel.measure)}: {duel.who} {share(duel.best)}, copydesk {share(duel.ours)}"
        for duel in found
    ]
    lines += [f"- speed on HTML: {who} is {size(times)} times as fast" for who, times in faster(results.tables).items()]
    yield wording.BEHIND if lines else wording.NOT_BEHIND
    if lines:
        yield "\n".join(lines)


def _fairness(results: Results) -> Iterator[str]:
    yield "## Which figures are fair"
    yield wording.SEEN_ONLY if _is_in_sample(results) else wording.UNSEEN_AND_SEEN


def _is_in_sample(results: Results) -> bool:
    """Whether the figures to judge Copydesk by are of pages it was trained on."""
    return any(ours.contestant.is_in_sample for table in results.tables if (ours := our_entry(table)))


def _columns(results: Results) -> Iterator[str]:
    yield "## What is measured"
    yield wording.COLUMNS
    yield wording.TIMING.format(pages=results.pace.pages, rounds=results.pace.rounds)


def _sets(results: Results) -> Iterator[str]:
    tables = {table.gold: table for table in results.tables}
    yield _words(
        ("set", "pages", "sites", "what it is"),
        [(name, str(table.pages), str(table.sites), ORIGINS.get(name, "")) for name, table in tables.items()],
    )


def _html(results: Results) -> Iterator[str]:
    yield from _tables(results, "## HTML pages", ("html",))


def _text(results: Results) -> Iterator[str]:
    yield from _tables(results, "## Plain text", ("text_full", "text_main"))


def _tables(results: Results, head: str, modes: tuple[str, ...]) -> Iterator[str]:
    there = [table for table in results.tables if table.mode in modes]
    if there:
        yield head
        yield wording.TEXT if "html" not in modes else wording.HTML
    for table in there:
        yield f"### {table.gold}, {wording.MODES[table.mode]} ({table.pages} pages)"
        yield score_table(table)
        yield from _crashes(table)


def _crashes(table: Table) -> Iterator[str]:
    crashed = [f"{entry.contestant.name} on {entry.crashes}" for entry in table.entries if entry.crashes]
    if crashed:
        yield f"Crashed, and scored as if nothing had been found: {', '.join(crashed)}."


def _repetition(results: Results) -> Iterator[str]:
    if not results.repetitions:
        return
    yield "## Lines that repeat over a dump"
    yield wording.REPETITION
    names = ("precision", "recall", "f1", "doc_f1", "doc_f1_p10")
    for found in results.repetitions:
        both = (("pages of a site together", found.together), ("each page alone", found.alone))
        rows = [[words, *(share(getattr(scores, name)) for name in names)] for words, scores in both]
        yield f"{found.gold}, {found.pages} pages of {found.sites} sites, {found.contestant.name}:"
        yield grid(["", *map(title, names)], rows)


def _speed(results: Results) -> Iterator[str]:
    yield "## Time and memory of Copydesk"
    fast = results.text_speed
    if fast:
        yield wording.TEXT_SPEED.format(
            documents=fast.documents, kilobytes=size(fast.mean_bytes / 1000), speed=size(fast.documents_per_s)
        )
    for mode, peak in results.memory.items():
        what = wording.MODES[mode]
        yield wording.MEMORY.format(pages=peak.pages, what=what, peak=size(peak.peak_mb), before=size(peak.before_mb))
    if results.slow:
        yield wording.SLOWEST
        heads = ("set", "form", "ms", "kB")
        rows = [(s.gold, wording.MODES[s.mode], size(s.page.cpu_ms), size(s.page.size_bytes / 1000)) for s in results.slow]
        yield grid(heads, rows)


def _again(_: Results) -> Iterator[str]:
    yield "## To repeat it"
    yield wording.AGAIN


def _words(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of words."""
    rule = ["---"] * len(heads)
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rule, *rows))
