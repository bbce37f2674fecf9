"""A real Airflow of this checkout in a folder of its own, as local processes: for the demo, for a look at the UI, and for the tests.

It knows Airflow by its command line and its REST API only.
"""
