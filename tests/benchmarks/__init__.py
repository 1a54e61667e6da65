"""Measurements, run as ``make bench``: on a database of its own, on loopback, bounded.

Each part is a module with ``run(site) -> Part``; ``__main__`` runs those of ``PARTS``, prints
their tables, writes ``docs/benchmarks.md`` and ends with a status other than 0 where a bound is
missed.
"""
