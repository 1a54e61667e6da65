"""The pages of a statistikansvarig: sources, accounts and the log."""

WAY = [
    {"url": "/", "depth": 2, "title": "Start"},
    {"url": "/personal/", "depth": 3, "title": "För personal"},
]
