# For those who prefer containers. Not built by the project's tests: they compare the names of
# its settings and files with those of the code and of deploy/compose.yaml.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --create-home pluginnovation && install -d -o pluginnovation /var/lib/pluginnovation
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=pluginnovation.settings.production \
    VAR_DIR=/var/lib/pluginnovation WEB_BIND=0.0.0.0:8000
USER pluginnovation
VOLUME /var/lib/pluginnovation
EXPOSE 8000
CMD ["python", "-m", "gunicorn"]
