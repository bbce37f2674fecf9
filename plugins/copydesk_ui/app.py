"""The pages as one application, which the plugin hands to Airflow."""

from __future__ import annotations

from fastapi import FastAPI

from copydesk_ui import articles, assets, backfills, calendar, dag_runs, docs, quarantine, runs, sources
from copydesk_ui.errors import handle_errors
from copydesk_ui.guard import FormLimit, Headers

ROUTERS = (
    calendar.router,
    backfills.router,
    sources.router,
    articles.router,
    quarantine.router,
    runs.router,
    docs.router,
    dag_runs.router,
    assets.router,
)


def create() -> FastAPI:
    """Every route, behind the guard; no generated documentation, for that would be a route open to all."""
    app = FastAPI(title="Copydesk", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(FormLimit)
    app.add_middleware(Headers)  # around it
    handle_errors(app)
    for router in ROUTERS:
        app.include_router(router)
    return app
