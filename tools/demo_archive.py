#!/usr/bin/env python3
"""Write the demo's WARC archive, crates/musnad-cli/demo/shati.warc.gz, from the pages in tools/demo_archive.

The archive looks like a crawler's: a warcinfo record, then for each page its request and its response with HTTP headers, and
one picture and one missing page, which a reader of news has to pass over. Each record is a gzip member of its own. Ids, dates and
gzip headers are taken from the pages, never from the clock, so that the same pages give the same bytes.

    python3 tools/demo_archive.py          writes the archive
    python3 tools/demo_archive.py --check  exits 1 where the committed archive holds anything else
"""

import base64
import gzip
import hashlib
import re
import sys
import uuid
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "tools" / "demo_archive"
ARCHIVE = ROOT / "crates" / "musnad-cli" / "demo" / "shati.warc.gz"
SITE = "https://shatiportal.example"
CRAWLED = "2023-03-28T03:00:00Z"
GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==")


def record(kind, uri, date, body, content_type, **more):
    """One WARC 1.0 record as bytes."""
    digest = base64.b32encode(hashlib.sha1(body).digest()).decode()
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{kind} {uri}')}>",
        "WARC-Date": date,
        "WARC-Block-Digest": f"sha1:{digest}",
        "Content-Type": content_type,
        "Content-Length": str(len(body)),
    }
    if uri:
        fields["WARC-Target-URI"] = uri
    fields.update({name.replace("_", "-"): value for name, value in more.items()})
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
    return head.encode() + body + b"\r\n\r\n"


def response(status, content_type, body):
    """An HTTP response as a server sends it."""
    return f"HTTP/1.1 {status}\r\nServer: nginx\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def fetched(uri, date, answer):
    """The request for an address and the answer to it."""
    path = uri.removeprefix(SITE) or "/"
    ask = f"GET {path} HTTP/1.1\r\nHost: {SITE.removeprefix('https://')}\r\nUser-Agent: demo-crawler\r\n\r\n".encode()
    yield record("request", uri, date, ask, "application/http; msgtype=request")
    yield record("response", uri, date, answer, "application/http; msgtype=response")


def records():
    """All records of the archive, in the order of the pages' names."""
    info = b"software: tools/demo_archive.py\r\nformat: WARC File Format 1.0\r\ndescription: invented pages of an invented news site\r\n"
    yield record("warcinfo", "", CRAWLED, info, "application/warc-fields", WARC_Filename=ARCHIVE.name)
    yield from fetched(f"{SITE}/wp-content/logo.gif", CRAWLED, response("200 OK", "image/gif", GIF))
    for page in sorted(PAGES.glob("*.html")):
        body = page.read_bytes()
        text = body.decode("utf-8")
        uri = re.search(r'<link rel="canonical" href="([^"]+)"', text).group(1)
        published = datetime.fromisoformat(re.search(r'<time[^>]* datetime="([^"]+)"', text).group(1))
        date = published.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield from fetched(uri, date, response("200 OK", "text/html; charset=UTF-8", body))
    missing = "<html><body><h1>404</h1><p>الصفحة غير موجودة</p></body></html>".encode()
    yield from fetched(f"{SITE}/2023/03/99999", CRAWLED, response("404 Not Found", "text/html; charset=UTF-8", missing))


def main():
    wanted = list(records())
    if sys.argv[1:] == ["--check"]:
        # What is inside is compared, since another zlib may pack the same records into other bytes.
        same = ARCHIVE.exists() and gzip.decompress(ARCHIVE.read_bytes()) == b"".join(wanted)
        sys.exit(None if same else f"{ARCHIVE.relative_to(ROOT)} is not what tools/demo_archive.py writes")
    ARCHIVE.write_bytes(b"".join(gzip.compress(r, compresslevel=9, mtime=0) for r in wanted))


if __name__ == "__main__":
    main()
