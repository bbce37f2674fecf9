"""The tasks that write what readers see; each can say what it made of what."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from airflow.sdk import AssetAlias, BaseOperator, Context

from desk.assets import clean_of
from desk.keys import publication_month
from desk.metrics import log_counts, send, step, timed, told
from desk.runs import run_of

if TYPE_CHECKING:
    from copydesk.lineage import Lineage


def is_asked_for() -> bool:
    """Whether Airflow can send lineage: to name what a curation read, the manifest of every dump in the lake is read once more."""
    return find_spec("airflow.providers.openlineage") is not None


class Traced(BaseOperator):
    """A task whose OpenLineage event names the files and partitions it read and wrote, where Airflow sends such events."""

    lineage: Lineage | None = None

    def __init__(self, **keywords: Any) -> None:
        super().__init__(doc_md=type(self).__doc__, **keywords)

    def get_openlineage_facets_on_complete(self, _task_instance: Any) -> Any:
        """What the OpenLineage provider asks of an operator when it has ended; without the provider nobody asks."""
        from copydesk.lineage import Lineage
        from copydesk_lineage import as_datasets

        return as_datasets(self.lineage or Lineage())


class Publish(Traced):
    """Put the dump where readers look, in one step."""

    template_fields = ("source",)

    def __init__(self, *, source: str, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.source = source

    def execute(self, context: Context) -> dict[str, Any]:
        """The counts of the dump, also in the event of its `clean` dataset."""
        from copydesk import lineage, pipeline

        run = run_of(self.source, context)
        with step(run, "publish") as this:
            counts = this.done(pipeline.publish(run))
        if is_asked_for():
            self.lineage = lineage.of_ingest(run)
        self._tell(context["outlet_events"], counts)
        return counts

    def _tell(self, outlet_events: Any, counts: dict[str, Any]) -> None:
        [outlet] = self.outlets
        if isinstance(outlet, AssetAlias):  # of an archive, whose source is known only when it runs
            outlet_events[outlet].add(clean_of(self.source), extra=counts)
        else:
            outlet_events[outlet].extra = counts


class Curate(Traced):
    """Write the days of the month again that changed."""

    def execute(self, context: Context) -> dict[str, Any]:
        """The counts of the month, also in the event of `articles`."""
        from copydesk import lineage, pipeline
        from copydesk.settings import Settings
        from copydesk.sources import CURATE
        from copydesk.steps.measuring import records
        from copydesk.storage import Storage

        month, settings = publication_month(context.get("partition_key")), Settings.from_env()
        with timed(CURATE, "curate"), told(source=CURATE, key=month, dag_run=context["run_id"]):
            counts = pipeline.curate(month, settings, context["run_id"])
            send(records(CURATE, "curate", counts))
            log_counts("curate", counts)
        if is_asked_for():
            self.lineage = lineage.of_curation(Storage.open(settings.lake), month)
        [outlet] = self.outlets
        context["outlet_events"][outlet].extra = counts
        return counts
