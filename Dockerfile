# `docker compose build`: Copydesk with Airflow for every service that runs our code, and the store with a folder that is not root's.

FROM chrislusf/seaweedfs:4.48 AS store
# A new volume belongs to whom this folder belongs to.
RUN mkdir -p /store && chown 1000:1000 /store
USER 1000:1000
WORKDIR /store
ENTRYPOINT ["/usr/bin/weed"]

FROM python:3.11-slim-bookworm AS builder
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PIP_DISABLE_PIP_VERSION_CHECK=1
# The lock alone decides: the same versions run here, in .venv and in CI.
COPY requirements.txt /build/
# More of Airflow's providers, for those who want them: `--build-arg PROVIDERS=apache-airflow-providers-openlineage`.
ARG PROVIDERS=""
RUN pip install --no-cache-dir --requirement /build/requirements.txt \
    && if [ -n "$PROVIDERS" ]; then pip install --no-cache-dir --constraint /build/requirements.txt $PROVIDERS; fi
COPY pyproject.toml README.md LICENSE /build/
COPY include/copydesk /build/include/copydesk
RUN pip install --no-cache-dir --no-deps /build

FROM python:3.11-slim-bookworm AS copydesk
RUN apt-get update \
    && apt-get install --yes --no-install-recommends curl tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 50000 --gid 0 --create-home airflow \
    # New volumes belong to whom these folders belong to.
    && install -d -o airflow -g root -m 0770 /opt/airflow /opt/airflow/logs /opt/airflow/auth /scratch
COPY --from=builder /opt/venv /opt/venv
COPY deploy/config /opt/airflow/config
COPY plugins /opt/airflow/plugins
COPY dags /opt/airflow/dags
COPY include/sources /data/sources
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    AIRFLOW_HOME=/opt/airflow \
    AIRFLOW_CONFIG=/opt/airflow/config/airflow.cfg \
    COPYDESK_SOURCES=/data/sources \
    OPENBLAS_NUM_THREADS=1
USER 50000:0
WORKDIR /opt/airflow
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["airflow", "version"]
