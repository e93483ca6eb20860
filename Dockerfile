# The app alone; its database is the service neo4j of docker-compose.yml.
FROM python:3.13-slim AS build
WORKDIR /source
RUN python -m venv /opt/graphcrm
COPY requirements.lock ./
RUN /opt/graphcrm/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN /opt/graphcrm/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /opt/graphcrm/bin/pip uninstall --yes hatchling pathspec pluggy tomlkit trove-classifiers \
    && /opt/graphcrm/bin/pip check \
    && /opt/graphcrm/bin/pip uninstall --yes pip

FROM python:3.13-slim
# A new volume takes the owner and the rights of the folder that it covers.
RUN useradd --create-home --uid 10001 graphcrm \
    && install --directory --owner=graphcrm --group=graphcrm --mode=0700 /var/lib/graphcrm
COPY --from=build /opt/graphcrm /opt/graphcrm
ENV PATH=/opt/graphcrm/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER graphcrm
WORKDIR /opt/graphcrm
EXPOSE 8501
ENTRYPOINT ["graphcrm"]
CMD ["up", "--port", "8501"]
