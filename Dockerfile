# syntax=docker/dockerfile:1
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements/production.txt /tmp/production.txt
RUN /venv/bin/pip install --require-hashes -r /tmp/production.txt && /venv/bin/pip uninstall --yes pip setuptools

FROM python:3.11-slim-bookworm
# Letters beyond Latin for the names on certificates.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends fonts-noto-core fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin tequio \
 && install -d -o tequio -g tequio /data
COPY --from=build /venv /venv
WORKDIR /srv/tequio
COPY app app
COPY migrations migrations
COPY templates templates
COPY static static
COPY content content
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    TEQUIO_BIND=0.0.0.0 \
    TEQUIO_DATABASE_URL=sqlite:////data/tequio.db \
    TEQUIO_STORAGE_URL=file:/data/files \
    TEQUIO_MAIL_URL=folder:/data/mail \
    PORT=8000
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/readyz', timeout=4)"]
CMD ["python", "-m", "app", "start"]
