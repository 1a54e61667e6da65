"""Sending in records in the browser: receive, read, report, decide, take in or leave."""
