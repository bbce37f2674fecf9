"""Says in OpenLineage's words what a task read and wrote; only Airflow's OpenLineage provider asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk.lineage import Lineage


def as_datasets(lineage: Lineage) -> Any:
    """The datasets of a task, each partition one, with rows, bytes and files of those it wrote."""
    from airflow.providers.openlineage.extractors import OperatorLineage
    from openlineage.client.event_v2 import InputDataset, OutputDataset
    from openlineage.client.facet_v2 import output_statistics_output_dataset as output

    def statistics(rows: int, size: int, files: int) -> dict[str, Any]:
        return {"outputStatistics": output.OutputStatisticsOutputDatasetFacet(rowCount=rows, size=size, fileCount=files)}

    return OperatorLineage(
        inputs=[InputDataset(*name_of(uri)) for uri in lineage.read],
        outputs=[
            OutputDataset(*name_of(one.uri), outputFacets=statistics(one.rows, one.bytes, one.files)) for one in lineage.written
        ],
    )


def name_of(uri: str) -> tuple[str, str]:
    """Namespace and name of a local path or an `s3://` URI, as OpenLineage spells them."""
    if not uri.startswith("s3://"):
        return "file", uri
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    return f"s3://{bucket}", key
