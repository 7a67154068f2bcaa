"""Answers that no HTTP library lets one send: a wrong length, a chunk without one."""

from __future__ import annotations

from connector.sandbox.wire import Response, Trouble


def broken(response: Response) -> bytes:
    """Every byte of an answer whose trouble is with its length; what follows them is the end of the connection."""
    trouble = response.trouble or Trouble()
    body = b"".join(response.chunks())
    headers = [*response.headers, ("Connection", "close")]
    if trouble.bad_chunks:
        headers.append(("Transfer-Encoding", "chunked"))
        body = b"zz\r\n" + body + b"\r\n0\r\n\r\n"
    else:
        headers.append(("Content-Length", str(max(0, len(body) + trouble.length_off))))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {response.status} Said\r\n{lines}\r\n".encode() + body
