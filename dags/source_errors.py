"""Show wrong source files, and wrong settings of DAG files, in the Airflow UI, as one import error; holds no DAG.

It is a file of its own because an import error hides whatever else its file holds, and no wrong source may hide a good one.
"""

from copydesk.sources import SourceError
from desk.catalog import read_catalog
from desk.notices import read_notices
from desk.places import read_shards_at_once

errors = [*read_catalog()[1], *read_notices()[1], *read_shards_at_once()[1]]
if errors:
    raise SourceError("\n".join(str(error) for error in errors))
