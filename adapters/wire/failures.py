"""What went wrong with a fetch, in sentences for people who have never heard of a socket."""

from datetime import timedelta

import aiohttp

from bot.errors import SourceError, SourceMalformed, SourceRefused, SourceUnavailable

_REFUSALS = {
    401: "asks for a password",
    402: "asks for payment",
    403: "does not let us in",
    404: "has nothing under this address",
    410: "says this address is gone for good",
    451: "may not show this for legal reasons",
}
_TROUBLES = {
    408: "took too long and gave up",
    425: "asks us to come back later",
    429: "says we ask too often",
    500: "has a fault of its own",
    502: "cannot reach the machine behind it",
    503: "is overloaded or being serviced",
    504: "waited in vain for the machine behind it",
}


def bad_status(host: str, status: int, *, limited: bool, wait: timedelta | None) -> SourceError:
    """The error for an answer that is neither content nor a redirect.

    `limited` says that the headers name a spent quota, `wait` for how long the server wants to be left alone.
    """
    if status in _TROUBLES or status >= 500 or (limited and status == 403):
        words = (
            "says we ask too often" if limited and status == 403 else _TROUBLES.get(status, "has a fault of its own")
        )
        return SourceUnavailable(f"{host} {words} (HTTP {status})", retry_after=wait)
    if status >= 400:
        return SourceRefused(f"{host} {_REFUSALS.get(status, 'does not accept our request')} (HTTP {status})")
    return SourceMalformed(f"{host} answered without content (HTTP {status})")


def broken_connection(host: str, error: aiohttp.ClientError) -> SourceError:
    """The error for a conversation that failed before there was an answer, or in the middle of it."""
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ClientSSLError):
        return SourceUnavailable(_no_connection(host, error))
    if isinstance(error, aiohttp.ClientPayloadError):
        if "ContentEncodingError" in f"{error.__cause__!r} {error}":
            return SourceMalformed(f"what {host} sent cannot be unpacked")
        return SourceUnavailable(f"{host} broke off in the middle of its answer")
    if isinstance(error, aiohttp.ClientResponseError):
        return SourceMalformed(f"{host} does not speak HTTP as it should, or its headers are too large")
    if isinstance(error, aiohttp.InvalidURL):
        return SourceRefused(f"refused: {host} is not the name of a host")
    return SourceUnavailable(f"{host} closed the connection without an answer")


def _no_connection(host: str, error: aiohttp.ClientConnectorError | aiohttp.ClientSSLError) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"there is no address for {host}: the name is wrong, or the name service is down"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        reason = getattr(error.certificate_error, "verify_message", "") or str(error.certificate_error)
        return f"{host} shows a certificate we cannot trust: {reason}"
    if isinstance(error, aiohttp.ClientSSLError):
        return f"no secure connection to {host} could be made: {error.os_error.strerror or error.os_error}"
    return f"{host} cannot be reached: {error.os_error.strerror or error.os_error}"
