"""Where to ask, and what a refusal looks like."""

API = "/statistik/api/v2"
BY_SEX = (
    f"{API}/tables/avbrott/data?valuecodes[lasar]=2023/24,2024/25&valuecodes[kon]=*"
    "&valuecodes[hemkommun]=1480,T"
)


def refused(response, status, *words):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert all(word in problem["detail"] for word in words), problem["detail"]
