"""Show wrong source files in the Airflow UI, as one import error; holds no DAG.

It is a file of its own because an import error hides whatever else its file holds, and no wrong source may hide a good one.
"""

from copydesk.sources import SourceError
from desk.catalog import read_catalog

_, errors = read_catalog()
if errors:
    raise SourceError("\n".join(str(error) for error in errors))
