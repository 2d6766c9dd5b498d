# One image for every service in docker-compose.yml. The first stage installs, the second copies the result.
FROM python:3.11.14-slim-bookworm AS install
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /opt/jobmarket
# Dependencies change less often than code, so their layer stays cached.
COPY requirements.lock ./
RUN python -m venv /opt/venv && /opt/venv/bin/python -m pip install --quiet --require-hashes --no-deps -r requirements.lock
COPY pyproject.toml README.md scrapy.cfg profiles.yml ./
COPY jobmarket jobmarket
COPY scrapers scrapers
COPY expectations expectations
COPY dbt_project dbt_project
COPY dags dags
# Compile now: containers cannot write beside the code, so every task would compile it again.
RUN /opt/venv/bin/python -m pip install --quiet --no-deps --no-build-isolation -e . \
    && /opt/venv/bin/python -m compileall -q jobmarket scrapers expectations dags

FROM python:3.11.14-slim-bookworm
RUN useradd --uid 50000 --create-home jobmarket \
    && mkdir -p /data /opt/airflow/logs /opt/airflow/passwords && chown -R jobmarket /data /opt/airflow
COPY --from=install /opt/venv /opt/venv
COPY --from=install /opt/jobmarket /opt/jobmarket
# The image has no git, so the build passes the commit: GIT_SHA=$(git rev-parse HEAD).
ARG GIT_SHA=""
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 AIRFLOW_HOME=/opt/airflow JOBMARKET_HOME=/data JOBMARKET_GIT_SHA=$GIT_SHA
WORKDIR /opt/jobmarket
USER jobmarket
CMD ["jobmarket", "--help"]
