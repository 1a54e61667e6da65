"""What a program is told when it gets no answer (RFC 9457, ``application/problem+json``)."""

from django.http import JsonResponse

# Whoever asks below this address is a program.
API = "/statistik/api/"
TITLES = {
    400: "Frågan går inte att tolka",
    403: "Frågan ger för många celler",
    404: "Finns inte",
    405: "Metoden stöds inte",
    413: "Frågan är för lång",
    415: "Frågan är inte JSON",
    429: "För många frågor",
    500: "Något gick fel hos oss",
    503: "Tjänsten svarar inte just nu",
    507: "Servern har inte plats",
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


def answer_outside(problem: Problem) -> JsonResponse:
    """A problem met before a view of the API was reached: it is open to every origin, too."""
    response = answer(problem)
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Retry-After"
    return response
