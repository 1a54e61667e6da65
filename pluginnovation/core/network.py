"""Whom a request comes from, as all that counts requests or answers knows it."""

import ipaddress

from django.conf import settings


def client_network(request) -> str:
    """The visitor's address; of IPv6 the /64, which is one subscriber's.

    A client may write into X-Forwarded-For what it likes. Each trusted proxy appends the address
    that it was asked from, so the right one is as many places from the end as there are proxies.
    ``unknown`` where what stands there is no address.
    """
    address = request.META.get("REMOTE_ADDR", "")
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    told = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if count and len(told) >= count:
        address = told[-count]
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    known = getattr(known, "ipv4_mapped", None) or known
    length = 64 if known.version == 6 else 32
    return str(ipaddress.ip_network((known, length), strict=False).network_address)
