"""HTTP for a library that brings its own client: named hosts and nothing else, caps on time and size.

Imported only when something is asked: `requests` takes its time to load.
"""

import io
import threading
from collections.abc import Iterable
from typing import Any

from requests import PreparedRequest, RequestException, Response, Session
from requests.adapters import BaseAdapter, HTTPAdapter

MOST_BYTES = 12 * 1024 * 1024
_CONNECT, _SILENCE = 5.0, 10.0
"""Seconds."""
_PIECE = 64 * 1024
_MOST_REDIRECTS = 4


def leashed(addresses: Iterable[str], stop: threading.Event, carrier: BaseAdapter | None = None) -> Session:
    """A session that reaches what begins with one of `addresses`; for others, also of a redirect, it knows no way.

    Nothing of the environment is used: no proxy, no password. After `stop` is set, no answer is read on. `carrier`
    carries the requests (None: the network).
    """
    session = Session()
    session.trust_env = False
    session.max_redirects = _MOST_REDIRECTS
    session.adapters.clear()
    leash = _Leash(carrier or HTTPAdapter(), stop)
    for address in addresses:
        session.mount(address, leash)
    return session


class _Leash(BaseAdapter):
    """Another adapter, with caps on whatever is asked."""

    def __init__(self, carrier: BaseAdapter, stop: threading.Event) -> None:
        super().__init__()
        self._carrier = carrier
        self._stop = stop

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:  # noqa: ANN401  # of the library
        """The answer, read in full; what the caller wishes of time-outs and proxies is not heard."""
        came = self._carrier.send(request, stream=True, timeout=(_CONNECT, _SILENCE), verify=True)
        try:
            body = self._read(came)
        finally:
            came.close()
        answer = Response()
        answer.status_code, answer.reason, answer.url = came.status_code, came.reason, came.url
        answer.headers, answer.encoding, answer.request = came.headers, came.encoding, request
        answer.raw = io.BytesIO(body)
        return answer

    def close(self) -> None:
        """Let go of connections."""
        self._carrier.close()

    def _read(self, came: Response) -> bytes:
        body = bytearray()
        for piece in came.iter_content(_PIECE):
            body += piece
            if len(body) > MOST_BYTES:
                raise RequestException(f"it sends more than {MOST_BYTES // 1024 // 1024} MB")
            if self._stop.is_set():
                raise RequestException("it takes too long")
        return bytes(body)
