# One image; the command says which part of the service a container is: serve, work, media or migrate.
# Whoever publishes an image pins the lines FROM by digest; PyAV in it brings GPL parts (x264, x265).
FROM node:20-bookworm-slim AS pages

WORKDIR /web
COPY web/package.json web/package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund


FROM python:3.11-slim-bookworm AS build

WORKDIR /app
RUN python -m venv /app/.venv
COPY server/requirements.txt server/requirements.txt
RUN /app/.venv/bin/pip install --no-cache-dir --disable-pip-version-check \
        --no-deps --require-hashes --only-binary :all: -r server/requirements.txt
COPY pyproject.toml ./
COPY booking booking
COPY identity identity
COPY signalling signalling
COPY web web
COPY --from=pages /web/node_modules web/node_modules
COPY server server
RUN /app/.venv/bin/pip install --no-cache-dir --disable-pip-version-check \
        --no-deps --no-build-isolation --editable . \
    && /app/.venv/bin/python -m compileall -q booking identity signalling web server


FROM python:3.11-slim-bookworm

RUN groupadd --gid 10001 kohtaamo \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin kohtaamo \
    && install -d -m 0700 -o 10001 -g 10001 /data /turn
COPY --from=build /app /app

WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8080 \
    KOHTAAMO_DATA=/data
VOLUME ["/data"]
EXPOSE 8080
USER 10001:10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/health/ready', timeout=4)"]
ENTRYPOINT ["kohtaamo"]
CMD ["serve"]
