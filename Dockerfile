# One image for every Airflow service of docker-compose.yaml: Airflow, Copydesk and its DAGs.
FROM apache/airflow:3.3.2-python3.11

# The lock decides, not what the base image brought: the same versions run here, in .venv and in CI.
COPY --chown=airflow:root requirements.txt /opt/copydesk/
RUN pip install --no-cache-dir --requirement /opt/copydesk/requirements.txt

COPY --chown=airflow:root pyproject.toml README.md LICENSE /opt/copydesk/
COPY --chown=airflow:root include /opt/copydesk/include
RUN pip install --no-cache-dir --no-deps /opt/copydesk

COPY --chown=airflow:root dags /opt/airflow/dags
COPY --chown=airflow:root plugins /opt/airflow/plugins

# The volumes are made with the owner these folders have in the image.
USER root
RUN install -d -o airflow -g root -m 0775 /data/raw /data/lake /data/sources
USER airflow

ENV COPYDESK_RAW=/data/raw \
    COPYDESK_LAKE=/data/lake \
    COPYDESK_SOURCES=/data/sources \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    OPENBLAS_NUM_THREADS=1
