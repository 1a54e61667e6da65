"""Logging in as somebody who has to show a second factor."""

PASSWORD = "ett-langt-losenord-7"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
EMAIL = "anna@example.se"


def log_in(client, **more):
    return client.post("/konto/logga-in/", {"login": EMAIL, "password": PASSWORD, **more})


def give_code(client, code):
    return client.post("/konto/kod/", {"code": code})


def is_in(client, address="/personal/"):
    return client.get(address).status_code == 200
