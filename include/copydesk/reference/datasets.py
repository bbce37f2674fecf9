"""The page on the datasets, from the schema."""

from __future__ import annotations

from copydesk.quality.rule_wording import Undescribed, rule_in_words, type_in_words
from copydesk.records import MEANINGS, Reason
from copydesk.reference.markdown import NOTICE, table
from copydesk.schema import DATASETS, Column, Dataset


def data_dictionary() -> str:
    """The page on every dataset: what a row is, where it lies, and each column's type, meaning and rules."""
    intro = (
        "Every dataset lies in a folder of its own name under `COPYDESK_LAKE`. Partition columns stand in the paths, the others "
        "in the Parquet files.\n\nA row that breaks a *critical* rule goes to `quarantine`; a *warning* is published and counted."
    )
    return "\n\n".join(["# Data dictionary", NOTICE, intro, *map(_dataset, DATASETS.values()), _reasons()]) + "\n"


def _reasons() -> str:
    missing = [reason for reason in Reason if reason not in MEANINGS]
    if missing:
        raise Undescribed(f"the reason {missing[0]} has no words; add them to MEANINGS in copydesk/records.py")
    intro = "What stands in `quarantine.reasons` beside failed expectations, and in the counts of `runs`."
    return "\n\n".join(
        ["## Reasons", intro, table(("reason", "meaning"), [(f"`{name}`", text) for name, text in MEANINGS.items()])]
    )


def _dataset(dataset: Dataset) -> str:
    facts = [f"- Partition: `{'/'.join(f'{column.name}=…' for column in dataset.partition)}`"]
    if dataset.sort:
        facts.append(f"- Sorted by: `{dataset.sort}`")
    if dataset.key:
        facts.append(f"- Key: {', '.join(f'`{name}`' for name in dataset.key)}")
    if dataset.appends:
        facts.append("- Each run, or each judgement, adds a file; none replaces another.")
    rows = [_column(dataset, column, "partition") for column in dataset.partition]
    rows += [_column(dataset, column, "") for column in dataset.columns]
    row = f"One row is {dataset.row}. Written by {dataset.written_by}."
    columns = table(("column", "type", "meaning", "rules"), rows)
    return "\n\n".join([f"## {dataset.name}", row, "\n".join(facts), columns])


def _column(dataset: Dataset, column: Column, note: str) -> tuple[str, str, str, str]:
    if not column.description:
        raise Undescribed(f"{dataset.name}.{column.name} has no description; add one in copydesk/schema")
    rules = "; ".join(rule_in_words(rule) for rule in column.rules)
    kind = ", ".join(filter(None, [type_in_words(column.type), note]))
    return f"`{column.name}`", kind, column.description, rules
