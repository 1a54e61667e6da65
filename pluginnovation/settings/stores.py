"""What processes share: caches in Redis or in files, media in a bucket or on the disk."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .environment import optional

# How many entries each may hold, and what each is for.
SIZES = {
    "default": 5_000,  # what the libraries keep
    "generation": 100,  # the name of what the public sees; never pushed out by anything
    "pages": 3_000,  # whole pages
    "questions": 1_000,  # whole pages with a query string; garbage pushes out garbage
    "limits": 20_000,  # who asked how often
}


def shared_caches(url: str, folder: Path) -> dict:
    return {name: _redis(url, name) if url else _files(folder, name) for name in SIZES}


def _redis(url, name):
    backend = "pluginnovation.core.redis_cache.SharedRedisCache"
    options = {"socket_timeout": 1, "socket_connect_timeout": 1}
    return {"BACKEND": backend, "LOCATION": url, "KEY_PREFIX": name, "OPTIONS": options}


def _files(folder, name):
    backend = "pluginnovation.core.caches.SharedFileCache"
    options = {"MAX_ENTRIES": SIZES[name]}
    return {"BACKEND": backend, "LOCATION": folder / name, "OPTIONS": options}


def caches_in_memory() -> dict:
    """For tests: nothing is shared and nothing is left."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    return {name: {"BACKEND": backend, "LOCATION": name} for name in SIZES}


def media_storage(bucket: str, accel: str = "") -> dict:
    """Where pictures, films and documents lie: the disk, or a bucket where one is named."""
    if not bucket:
        return {"BACKEND": "pluginnovation.core.storage.TidyStorage"}
    if accel:
        raise ImproperlyConfigured(
            "MEDIA_ACCEL hands files to a proxy on the disk, where MEDIA_BUCKET puts none"
        )
    options = {
        "bucket_name": bucket,
        "endpoint_url": optional("MEDIA_BUCKET_ENDPOINT") or None,
        "region_name": optional("MEDIA_BUCKET_REGION") or None,
        "access_key": optional("MEDIA_BUCKET_KEY") or None,
        "secret_key": optional("MEDIA_BUCKET_SECRET") or None,
        "default_acl": None,
        "file_overwrite": False,
        "client_config": _simple_requests(),
    }
    return {"BACKEND": "pluginnovation.core.bucket.BucketStorage", "OPTIONS": options}


def _simple_requests():
    """Only what every S3-like store knows: addresses by path, no checksums that it may not have."""
    from botocore.config import Config

    return Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        connect_timeout=5,
        read_timeout=30,
        retries={"max_attempts": 2},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
