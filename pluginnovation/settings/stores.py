"""The shared caches: Redis where ``CACHE_URL`` names one, else files for the processes here."""

from pathlib import Path

# How many entries each may hold, and what each is for.
SIZES = {
    "default": 5_000,  # drawings and what the libraries keep
    "generation": 100,  # the name of what the public sees; never pushed out by anything
    "pages": 3_000,  # whole pages
    "questions": 1_000,  # whole pages with a query string; garbage pushes out garbage
    "limits": 20_000,  # who asked how often
}


def shared_caches(url: str, folder: Path) -> dict:
    return {name: _redis(url, name) if url else _files(folder, name) for name in SIZES}


def _redis(url, name):
    backend = "pluginnovation.core.caches.SharedRedisCache"
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
