"""A scripted OpenAI-compatible server over a loopback socket: models that are faithful or not, and servers that fail.

A behaviour is a function of the handler of a request and its body. Whatever these models say of medicine is
made up or copied from the passages that they are given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

from rag.text import sentence_spans, words


class ModelServer:
    """Where it listens and what it was asked; it behaves by its script, whose last behaviour repeats."""

    def __init__(self, *script: Callable) -> None:
        self.script, self.requests, self.stopping = list(script), [], Event()
        self.url = ""

    def next(self) -> Callable:
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


@contextmanager
def model_server(*script: Callable) -> Iterator[ModelServer]:
    """A server that behaves by `script`, one behaviour a request."""
    served = ModelServer(*script)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.requests.append((self.path, body, {k.lower(): v for k, v in self.headers.items()}))
            self.stopping, self.close_connection = served.stopping, True
            try:
                served.next()(self, body)
            except OSError:
                """The client has left."""

        def log_message(self, *arguments):
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

    server = Server(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        served.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


# What a model says ---------------------------------------------------------------------------------


def completion(text: object, finish: str = "stop", **fields: object) -> dict:
    """The body of a chat completion."""
    message = {"role": "assistant", "content": text}
    return {
        "id": "made-up",
        "object": "chat.completion",
        "created": 1,
        "model": "made-up",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
        **fields,
    }


def claims(*drafts: dict) -> str:
    """The text of a reply with these claims."""
    return json.dumps({"claims": list(drafts)}, ensure_ascii=False)


def given_passages(body: dict) -> list[dict]:
    """The passages that a request gives to the model."""
    asked = next(message["content"] for message in body["messages"] if message["role"] == "user")
    lines = (line for line in asked.splitlines() if line.startswith('{"passage"'))
    return [json.loads(line) for line in lines]


def faithful_claims(body: dict) -> list[dict]:
    """The first sentence of each of the first passages, word for word."""
    found = []
    for passage in given_passages(body)[:4]:
        spans = sentence_spans(passage["text"])
        sentences = [passage["text"][a:b] for a, b in spans if len(words(passage["text"][a:b])) >= 6]
        if sentences:
            found.append(
                {
                    "lead": not found,
                    "text": sentences[0],
                    "passage": passage["passage"],
                    "quote": sentences[0],
                }
            )
    return found


def obedient_claims(body: dict) -> list[dict]:
    """What a model says that does whatever any text in front of it asks for."""
    found = []
    for passage in given_passages(body):
        for text in (passage.get("title", ""), passage["text"]):
            for order in re.findall(r"ATTACK\[(.*?)\]ATTACK", text, re.DOTALL):
                quote = " ".join(passage["text"].split()[:12])
                found += [
                    {"lead": True, "text": order, "passage": passage["passage"], "quote": quote},
                    {"lead": True, "text": f"{quote} {order}", "passage": passage["passage"], "quote": quote},
                ]
    return found or faithful_claims(body)


def saying(text: object, finish: str = "stop", **fields: object) -> Callable:
    """A model that always gives this reply."""
    return partial(_send, value=completion(text, finish, **fields))


def faithful(handler: BaseHTTPRequestHandler, body: dict) -> None:
    """A model that quotes."""
    _send(handler, body, completion(claims(*faithful_claims(body))))


def obedient(handler: BaseHTTPRequestHandler, body: dict) -> None:
    """A model that obeys what stands in documents."""
    _send(handler, body, completion(claims(*obedient_claims(body))))


# How a server fails --------------------------------------------------------------------------------


def status(code: int, **headers: str) -> Callable:
    """An error with this status; header names with `_` for `-`."""

    def behave(handler, body):
        content = b'{"error": {"message": "made-up failure with made-up-secret"}}'
        _start(handler, code, len(content), {name.replace("_", "-"): v for name, v in headers.items()})
        handler.wfile.write(content)

    return behave


def hang(handler: BaseHTTPRequestHandler, body: dict) -> None:
    """Takes the request and never says anything."""
    handler.stopping.wait(60)


def drip(handler: BaseHTTPRequestHandler, body: dict) -> None:
    """Sends a good reply, a byte every tenth of a second."""
    content = json.dumps(completion(claims(*faithful_claims(body)))).encode()
    _start(handler, 200, len(content), {})
    for byte in content:
        if handler.stopping.wait(0.1):
            return
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()


def cut(handler: BaseHTTPRequestHandler, body: dict) -> None:
    """Sends half of what it said it would, and closes."""
    content = json.dumps(completion(claims(*faithful_claims(body)))).encode()
    _start(handler, 200, len(content), {})
    handler.wfile.write(content[: len(content) // 2])


def cut_chunks(handler: BaseHTTPRequestHandler, body: dict) -> None:
    """Sends a stream of pieces that stops in the middle."""
    content = json.dumps(completion(claims(*faithful_claims(body)))).encode()
    _start(handler, 200, None, {"Transfer-Encoding": "chunked"})
    half = content[: len(content) // 2]
    handler.wfile.write(b"%x\r\n%s\r\n" % (len(half), half))


def unframed_cut(handler: BaseHTTPRequestHandler, body: dict) -> None:
    """Sends half of a reply without telling how long it is: the end of the connection is the end of it."""
    content = json.dumps(completion(claims(*faithful_claims(body)))).encode()
    _start(handler, 200, None, {"Connection": "close"})
    handler.wfile.write(content[: len(content) // 2])


def page(handler: BaseHTTPRequestHandler, body: dict) -> None:
    """The web page of a proxy, with status 200."""
    _send_bytes(
        handler, b"<html><body><h1>502 Bad Gateway</h1><script>alert(1)</script></body></html>", "text/html"
    )


def garbage(handler: BaseHTTPRequestHandler, body: dict) -> None:
    """Bytes that are no text."""
    _send_bytes(handler, bytes(range(256)) * 4, "application/json")


def endless(handler: BaseHTTPRequestHandler, body: dict) -> None:
    """Sends for ever, as fast as it can."""
    _start(handler, 200, None, {"Connection": "close"})
    while not handler.stopping.is_set():
        handler.wfile.write(b" " * 65_536)


def closed(handler: BaseHTTPRequestHandler, body: dict) -> None:
    """Closes the connection without a word."""


def only_plain(then: Callable) -> Callable:
    """A server that refuses any form of reply but plain text."""

    def behave(handler, body):
        (status(400) if "response_format" in body else then)(handler, body)

    return behave


def _send(handler: BaseHTTPRequestHandler, body: dict, value: object) -> None:
    _send_bytes(handler, json.dumps(value).encode(), "application/json")


def _send_bytes(handler: BaseHTTPRequestHandler, content: bytes, kind: str) -> None:
    _start(handler, 200, len(content), {"Content-Type": kind})
    handler.wfile.write(content)


def _start(handler: BaseHTTPRequestHandler, code: int, length: int | None, headers: dict) -> None:
    handler.send_response(code)
    for name, value in {"Content-Type": "application/json", **headers}.items():
        handler.send_header(name, value)
    if length is not None:
        handler.send_header("Content-Length", str(length))
    handler.end_headers()


FAULTS: dict[str, Callable] = {
    "timeout": hang,
    "slow drip": drip,
    "429 with a long Retry-After": status(429, Retry_After="3600"),
    "429 without a number": status(429, Retry_After="soon"),
    "500": status(500),
    "503 for a second": status(503, Retry_After="1"),
    "cut reply": cut,
    "cut stream": cut_chunks,
    "cut reply of unknown length": unframed_cut,
    "closed connection": closed,
    "HTML page": page,
    "HTML error page": status(502, Content_Type="text/html"),
    "length": saying('{"claims": [{"lead": true, "text": "Half a', finish="length"),
    "whole text, but length": saying('{"claims": []}', finish="length"),
    "content filter": saying("", finish="content_filter"),
    "no finish reason": saying('{"claims": []}', finish=None),
    "empty choices": saying("", choices=[]),
    "no choices": partial(lambda handler, body: _send(handler, body, {"id": "1"})),
    "null content": saying(None),
    "empty content": saying(""),
    "number as content": saying(7),
    "garbage": garbage,
    "garbage as content": saying("\u0000\u202e{]["),
    "half a JSON object": saying('{"claims": [{"lead": tr'),
    "two JSON objects": saying('{"claims": []}{"claims": []}'),
    "deep nesting": saying('{"claims":' * 5_000 + "[]" + "}" * 5_000),
    "another form": saying('{"answer": "Yes."}'),
    "prose": saying("Yes, it works very well."),
    "lone surrogate": saying('{"claims": [{"lead": true, "text": "\\ud800", "passage": 1, "quote": "x"}]}'),
    "endless reply": endless,
    "401": status(401),
    "404": status(404),
    "400": status(400),
}
