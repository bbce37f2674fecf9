"""The Copydesk page inside the Airflow UI: routes and templates; what they show comes from `copydesk.views`."""
