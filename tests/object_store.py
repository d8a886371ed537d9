"""As much of S3 as a lake asks for, in memory: objects put, read by range, listed and deleted, for one key."""

import threading
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.etree import ElementTree

KEY, SECRET = "thekey", "a secret / of sorts"


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        if self._is_let_in():
            self.server.objects[self._name] = body
            self._answer(200)

    def do_HEAD(self):
        if self._is_let_in():
            self._object(with_body=False)

    def do_GET(self):
        if not self._is_let_in():
            return
        asked = parse_qs(urlsplit(self.path).query)
        if "list-type" in asked:
            bucket = self._name.rstrip("/")
            self._list(bucket, f"{bucket}/{asked.get('prefix', [''])[0]}")
        else:
            self._object(with_body=True)

    def do_POST(self):
        """Deletes the objects that the body names."""
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        if self._is_let_in():
            for key in ElementTree.fromstring(body).iterfind(".//{*}Key"):
                self.server.objects.pop(f"{self._name.rstrip('/')}/{key.text}", None)
            self._answer(200, b"<DeleteResult/>")

    def _is_let_in(self):
        self.server.requests += 1
        is_ours = f"Credential={KEY}/" in (self.headers["Authorization"] or "")
        if not is_ours:
            self._answer(403, b"<Error><Code>InvalidAccessKeyId</Code></Error>")
        return is_ours

    @property
    def _name(self):
        return unquote(urlsplit(self.path).path).removeprefix("/")

    def _object(self, *, with_body):
        data = self.server.objects.get(self._name)
        if data is None:
            self._answer(404)
            return
        first, last = 0, len(data) - 1
        if "Range" in self.headers:
            asked = self.headers["Range"].removeprefix("bytes=").split("-")
            first, last = int(asked[0]), min(int(asked[1] or last), last)
        part = data[first : last + 1]
        extra = {"Content-Range": f"bytes {first}-{last}/{len(data)}", "Accept-Ranges": "bytes"}
        self._answer(206 if "Range" in self.headers else 200, part, extra, with_body=with_body)

    def _list(self, bucket, prefix):
        found = [
            f"<Contents><Key>{quote(name.removeprefix(f'{bucket}/'))}</Key><Size>{len(data)}</Size>"
            "<LastModified>2020-02-06T00:00:00.000Z</LastModified></Contents>"
            for name, data in sorted(self.server.objects.items())
            if name.startswith(prefix)
        ]
        self._answer(200, f"<ListBucketResult>{''.join(found)}</ListBucketResult>".encode())

    def _answer(self, status, body=b"", extra=None, *, with_body=True):
        self.send_response(status)
        for name, value in ({"ETag": '"1"', "Last-Modified": formatdate(0, usegmt=True)} | (extra or {})).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, *_):
        """Nothing."""


class ObjectStore(ThreadingHTTPServer):
    """Listens on a free port of the loopback until it is closed; `objects` holds bytes by bucket and key."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Answers)
        self.objects: dict[str, bytes] = {}
        self.requests = 0
        self._thread = threading.Thread(target=self.serve_forever, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """What AWS_ENDPOINT_URL is."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def close(self):
        """Ends it."""
        self.shutdown()
        self._thread.join()
        self.server_close()
