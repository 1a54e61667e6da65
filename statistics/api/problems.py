"""What the API says when it cannot answer (RFC 9457, ``application/problem+json``)."""

from django.http import JsonResponse

TITLES = {
    400: "Frågan går inte att tolka",
    403: "Frågan ger för många celler",
    404: "Finns inte",
    405: "Metoden stöds inte",
    413: "Frågan är för lång",
    415: "Frågan är inte JSON",
}


class Problem(Exception):
    """A question without an answer: the HTTP status, and a sentence on what would be right."""

    def __init__(self, status: int, detail: str):
        super().__init__(detail)
        self.status = status
        self.detail = detail


def answer(problem: Problem) -> JsonResponse:
    content = {
        "type": "about:blank",
        "title": TITLES[problem.status],
        "status": problem.status,
        "detail": problem.detail,
    }
    return JsonResponse(
        content,
        status=problem.status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def listed(codes) -> str:
    """The first codes of a list, for a sentence that says what there is."""
    codes = list(codes)
    return ", ".join(codes[:12]) + (" …" if len(codes) > 12 else "")


def quoted(value: str) -> str:
    """What somebody sent, short and printable."""
    shown = "".join(char if char.isprintable() else "?" for char in value[:40])
    return f"”{shown}”"
