"""Writes tests/fuzz/seeds: one small file for each way a drop can come, so that a reader knows what they are.

`python -m tests.fuzz.make_seeds` writes them anew. A folder is a reader; all texts are made up.
"""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
import zlib
from pathlib import Path

import pyarrow as pa

SEEDS = Path(__file__).parent / "seeds"
TEXT = """https://www.harbourpost.example/world/2020/02/05/bees

World / Malta

Gozo bees spend spring on the cliffs

By Carmel Zerafa

MGARR, Malta, Feb 5 (QNA) - Beekeepers have moved 340 hives to the sea cliffs, where wild thyme flowers early.

Hives wait on the quay of Mgarr, Gozo, on February 3, 2020. (Photo by QNA)

“A bee that wakes at sea is not a bee you want to meet,” Vassallo said on Wednesday.

Share this article
"""
LATIN = "Les ruches de l'île\n\nDes apiculteurs ont déplacé 340 ruches près des falaises, où le thym fleurit tôt.\n"
CYRILLIC = "Пчёлы на скалах\n\nПасечники перевезли 340 ульев на скалы острова, где рано цветёт тимьян.\n"
GREEK = "Οι μέλισσες στους βράχους\n\nΟι μελισσοκόμοι μετέφεραν 340 κυψέλες στα βράχια του νησιού.\n"
JAPANESE = "崖の上の蜂\n\n養蜂家は島の崖に三百四十の巣箱を運んだ。春が早いからである。\n"
ARABIC = "النحل على المنحدرات\n\nنقل النحالون ثلاثمئة وأربعين خلية إلى منحدرات الجزيرة.\n"
RECORD = {
    "title": "Gozo bees spend spring on the cliffs",
    "text": "Beekeepers have moved 340 hives to the sea cliffs.\n\nThyme flowers early there.",
    "url": "https://www.harbourpost.example/2020/02/05/bees",
    "published": "2020-02-05T10:00:00+01:00",
    "source": "Harbour Post",
    "authors": [{"name": "Carmel Zerafa"}, "Lena Brandt"],
}
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Gozo bees | Harbour Post</title>
<meta property="article:published_time" content="2020-02-05T10:00:00Z"><meta name="author" content="C. Zerafa">
<meta property="og:site_name" content="Harbour Post"><link rel="canonical" href="https://www.harbourpost.example/bees">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bees", "datePublished": "2020-02-05"}</script>
</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Gozo bees spend spring on the cliffs</h1><time datetime="2020-02-05">5 February</time>
<figure><img src="bees.jpg" alt="Hives"><figcaption>Hives on the quay. Photo: QNA</figcaption></figure>
<p>Beekeepers on the island of Gozo have moved 340 hives to the sea cliffs, where wild thyme flowers a month early.</p>
<p>&ldquo;A bee that wakes at sea is <em>not a bee</em> you want to meet,&rdquo; Vassallo said on Wednesday morning.</p>
<ul><li>The hives went by ferry.</li></ul><table><tr><td>Hives</td><td>340</td></tr></table>
<blockquote><p>The thyme is early this year, and the cliffs are full of it from end to end.</p></blockquote></article>
<aside><a href="/more">Related stories</a></aside><footer>&copy; 2020 Harbour Post</footer></body></html>
"""
XHTML = (
    '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">\n'
    f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{LATIN}</p></body></html>'
)
FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Post</title><link>https://www.harbourpost.example/</link>
<item><title>Gozo bees &amp; thyme</title><link>https://www.harbourpost.example/b</link>
<dc:creator>C. Zerafa</dc:creator>
<pubDate>Wed, 05 Feb 2020 10:00:00 +0100</pubDate><description>&lt;p&gt;The hives moved.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>Beekeepers have moved 340 hives.</p><p>Thyme flowers early.</p>]]></content:encoded></item>
<item><title>No text</title></item></channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title>
<entry><title type="html">Gozo &lt;b&gt;bees</title>
<link rel="alternate" href="https://www.harbourpost.example/bees"/><author><name>C. Zerafa</name></author>
<updated>2020-02-05T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hives moved.</p>
</div></content></entry></feed>
"""
COLUMNS = ("title", "text", "url", "date", "source", "author")
ROWS = (
    ("Gozo bees", 'Beekeepers moved "340" hives,\nall by ferry.', "https://a.example/1", "2020-02-05", "Post", "Z"),
    ("Ferry hits pier", "Dozens were hurt on the quay of Piraeus.", "https://a.example/2", "2020-02-04", "Post", ""),
)
MAIL = (
    "From: Carmel Zerafa <desk@harbourpost.example>\r\nTo: wire@example.org\r\nSubject: =?utf-8?q?Gozo_b=C3=A9es?=\r\n"
    "Date: Wed, 05 Feb 2020 10:00:00 +0100\r\nMessage-ID: <1@harbourpost.example>\r\nMIME-Version: 1.0\r\n"
)
PLAIN_MAIL = MAIL + "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n" + TEXT.replace("\n", "\r\n")
MULTIPART_MAIL = (
    MAIL + 'Content-Type: multipart/mixed; boundary="b1"\r\n\r\nPreamble\r\n--b1\r\n'
    'Content-Type: multipart/alternative; boundary="b2"\r\n\r\n--b2\r\n'
    "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "Les ruches de l=EE=\r\nle sont sur les falaises.\r\n--b2\r\n"
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    "PGh0bWw+PGJvZHk+PHA+VGhlIGhpdmVzIGFyZSBvbiB0aGUgY2xpZmZzLjwvcD48L2JvZHk+PC9odG1sPg==\r\n--b2--\r\n--b1\r\n"
    'Content-Type: text/plain; name="../note.txt"\r\nContent-Disposition: attachment; filename="../note.txt"\r\n\r\n'
    "A note that came with it.\r\n--b1\r\nContent-Type: message/rfc822\r\n\r\n"
    "Subject: Inner\r\n\r\nThe inner mail.\r\n--b1--\r\n"
)


def warc_record(kind: str, uri: str, content: bytes, content_type: str) -> bytes:
    """One WARC record with its length."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2020-02-05T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{zlib.crc32(content):012d}>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def warc_response(page: bytes, headers: str = "Content-Type: text/html; charset=utf-8\r\n") -> bytes:
    """A response record: the page as a server sent it."""
    answer = f"HTTP/1.1 200 OK\r\n{headers}Content-Length: {len(page)}\r\n\r\n".encode() + page
    return warc_record("response", "https://www.harbourpost.example/bees", answer, "application/http; msgtype=response")


def warc(page: bytes) -> bytes:
    """A small WARC file around a page."""
    info = warc_record("warcinfo", "", b"software: made up\r\n", "application/warc-fields")
    ask = warc_record("request", "https://a.example/", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request")
    text = warc_record("conversion", "https://a.example/t", TEXT.encode(), "text/plain")
    return info + ask + warc_response(page) + text


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these members, of a fixed date."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return target.getvalue()


def tarred(members: dict[str, bytes], form: int = tarfile.USTAR_FORMAT) -> bytes:
    """A tar with these members and, where a name ends in '@', a link of that name to what the member holds."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=form) as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name.rstrip("@"))
            if name.endswith("@"):
                entry.type, entry.linkname = tarfile.SYMTYPE, data.decode()
                archive.addfile(entry)
            else:
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
    used = len(target.getvalue().rstrip(b"\0"))
    return target.getvalue()[: -(-used // 512) * 512 + 1024]  # as far as its two empty blocks


def zstd(data: bytes) -> bytes:
    """One zstd frame."""
    return bytes(pa.Codec("zstd", 3).compress(data, asbytes=True))


def pdf(lines: list[str], *, packed: bool = False, trailer: str = "") -> bytes:
    """A PDF of one page with a line of text for each given."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 750 Td {shown} ET".encode()
    kind = b""
    if packed:
        stream, kind = zlib.compress(stream), b"/Filter /FlateDecode "
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< " + kind + b"/Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (Gozo bees) /Author (Carmel Zerafa) /CreationDate (D:20200205100000Z) >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R {trailer}>>\n".encode()
    return data + b"startxref\n%d\n%%%%EOF\n" % start


def table(separator: str, *, quoted: bool) -> str:
    """The rows with a line of column names."""
    mark = '"' if quoted else ""

    def cell(value: str) -> str:
        return mark + (value.replace('"', '""') if quoted else value.replace("\n", " ")) + mark

    return "".join(separator.join(map(cell, row)) + "\r\n" for row in (COLUMNS, *ROWS))


def seeds() -> dict[str, bytes]:
    """Path below seeds/ to bytes."""
    text, page, line = TEXT.encode(), PAGE.encode(), json.dumps(RECORD).encode()
    lines = b"\n".join([line, b'{"title": "No text"}', b'{"text": "Cut', json.dumps({"body": TEXT}).encode()])
    mbox = "".join(
        f"From desk@example.org Wed Feb  5 10:00:0{number} 2020\n{mail}\n".replace("\r\n", "\n")
        for number, mail in enumerate((PLAIN_MAIL, MULTIPART_MAIL))
    ).encode()
    members = {"a.txt": text, "day/b.html": page, "day/c.json": line, "../../escape.txt": text, "/abs.txt": text}
    wacz = {
        "datapackage.json": b'{"profile": "data-package", "resources": []}',
        "archive/data.warc.gz": gzip.compress(warc_response(page), mtime=0),
        "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n{"url": "https://a.example/", "title": "Bees"}\n',
    }
    return {
        "text/utf-8.txt": text,
        "text/utf-8-mark.txt": b"\xef\xbb\xbf" + text,
        "text/utf-16-le.txt": b"\xff\xfe" + LATIN.encode("utf-16-le"),
        "text/utf-16-be-no-mark.txt": TEXT.replace("“", '"').replace("”", '"').encode("utf-16-be"),
        "text/utf-32.txt": LATIN.encode("utf-32"),
        "text/windows-1252.txt": LATIN.replace("'", "’").encode("cp1252"),
        "text/koi8-r.txt": (CYRILLIC * 2).encode("koi8-r"),
        "text/windows-1251.txt": (CYRILLIC * 2).encode("cp1251"),
        "text/iso-8859-7.txt": (GREEK * 2).encode("iso-8859-7"),
        "text/shift-jis.txt": (JAPANESE * 2).encode("shift-jis"),
        "text/gb18030.txt": JAPANESE.encode("gb18030"),
        "text/windows-1256.txt": (ARABIC * 2).encode("cp1256"),
        "text/control.txt": b"Gozo\x00 bees\n\n" + b"The hives are on the cliffs.\n" * 9 + b"\x0c\x1c\x85\n",
        "json/record.json": json.dumps(RECORD, indent=1).encode(),
        "json/list.json": json.dumps([RECORD, {"title": "x"}, 3, {"body": "\ud800 cliffs"}]).encode(),
        "json/damaged.json": line[:-20],
        "json/deep.json": b'{"a":' * 400 + b"1" + b"}" * 400,
        "jsonl/records.jsonl": lines,
        "jsonl/cut.jsonl": line + b"\r\n" + line[:50],
        "html/article.html": page,
        "html/latin.html": PAGE.replace("utf-8", "iso-8859-1").replace("hives", "rûches").encode("iso-8859-1"),
        "html/xhtml.html": XHTML.encode("iso-8859-1"),
        "html/empty.html": b"<html><head><title>x</title></head><body></body></html>",
        "html/deep.html": b"<html><body>" + b"<div>" * 300 + b"<p>The hives are on the cliffs.</p>",
        "feed/news.rss": FEED.encode(),
        "feed/news.atom": ATOM.encode(),
        "feed/other.xml": b'<?xml version="1.0"?><nitf><body><p>The hives are on the cliffs.</p></body></nitf>',
        "csv/quoted.csv": table(",", quoted=True).encode(),
        "csv/semicolon.csv": table(";", quoted=True).encode("cp1252"),
        "csv/no-text.csv": b"day,price\n2020-02-05,3\n2020-02-06,4\n",
        "tsv/plain.tsv": table("\t", quoted=False).encode(),
        "warc/page.warc": warc(page),
        "warc/latin.warc": warc_response(PAGE.encode("cp1252", "replace"), "Content-Type: text/html\r\n"),
        "warc/packed.warc": warc_response(gzip.compress(page, mtime=0), "Content-Encoding: gzip\r\n"),
        "warc/chunked.warc": warc_response(
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page), "Transfer-Encoding: chunked\r\nContent-Type: text/html\r\n"
        ),
        "warc/members.warc.gz": b"".join(
            gzip.compress(record, mtime=0) for record in (warc_response(page), warc_response(b"<html>two</html>"))
        ),
        "wacz/pages.wacz": zipped(wacz, zipfile.ZIP_STORED),
        "mail/plain.eml": PLAIN_MAIL.encode(),
        "mail/multipart.eml": MULTIPART_MAIL.encode(),
        "mail/two.mbox": mbox,
        "pdf/plain.pdf": pdf(["Gozo bees spend spring on the cliffs", "Beekeepers have moved 340 hives."]),
        "pdf/packed.pdf": pdf(["Gozo bees", "The hives are on the cliffs \\(340\\)."], packed=True),
        "pdf/locked.pdf": pdf(["x"], trailer="/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (y) /P -4 >> "),
        "gzip/text.txt.gz": gzip.compress(text, mtime=0),
        "gzip/twice.gz": gzip.compress(gzip.compress(lines, mtime=0), mtime=0),
        "bzip2/text.txt.bz2": bz2.compress(text),
        "xz/lines.jsonl.xz": lzma.compress(lines),
        "xz/old.lzma": lzma.compress(text, format=lzma.FORMAT_ALONE),
        "zstd/page.html.zst": zstd(page),
        "zip/members.zip": zipped(members),
        "zip/nested.zip": zipped({"a.zip": zipped({"a.txt": text}), "b.tgz": gzip.compress(tarred(wacz), mtime=0)}),
        "zip/same-names.zip": zipped({"a.txt": b"The first.", "b.txt": b"The second."}).replace(b"b.txt", b"a.txt"),
        "tar/members.tar": tarred({"a.txt": LATIN.encode(), "../../escape.txt": b"Out.", "link@": b"/etc/passwd"}),
        "tar/packed.tar.gz": gzip.compress(tarred(members | {"up@": b"../../x"}, tarfile.PAX_FORMAT), mtime=0),
    }  # fmt: skip


def main() -> None:
    """Writes every seed."""
    for name, data in seeds().items():
        (target := SEEDS / name).parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


if __name__ == "__main__":
    main()
