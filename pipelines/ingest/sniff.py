"""What bytes are, told by themselves: magic numbers first, then how text is built. Names of files say nothing."""

import re

from pipelines.ingest.json_record import begins_like_json
from pipelines.ingest.mail import is_mail, is_mailbox

PACKINGS = ("gzip", "zstd", "bzip2", "xz")
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_ZSTD_SKIPPED = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")
_MAGIC = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),  # an empty one
    (b"WARC/0.", "warc"),
    (b"WARC/1.", "warc"),
    (b"%PDF-", "pdf"),
)
_FIRST = frozenset([b"B", *(bytes([byte]) for byte in range(0x50, 0x60)), *(magic[:1] for magic, _ in _MAGIC)])
"""Bytes that any of these begin with; most texts begin with another."""
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FRAGMENT = re.compile(r"<(div|p|article|section|main|h[1-6]|header|table|center|span|font|ul)\b[^<>]*>", re.IGNORECASE)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_DECLARED = re.compile(
    rb"""(?:<meta\b[^<>]*?\bcharset\s*=\s*["']?\s*|<\?xml\b[^<>]*?\bencoding\s*=\s*["'])([A-Za-z0-9_.:-]+)""",
    re.IGNORECASE,
)


def kind_of_bytes(data: bytes) -> str:
    """gzip, zstd, bzip2, xz, zip, tar, warc, pdf, mbox, mail or json (perhaps); else text, which may be binary."""
    if data[:1] in _FIRST:
        for magic, kind in _MAGIC:
            if data.startswith(magic):
                return kind
        if _BZIP2.match(data):
            return "bzip2"
        if _ZSTD_SKIPPED.match(data):
            return "zstd"
    if _is_tar(data):
        return "tar"
    if begins_like_json(data):
        return "json"
    if is_mailbox(data):
        return "mbox"
    return "mail" if is_mail(data) else "text"


def kind_of_text(text: str) -> str:
    """html, feed, xml (of another kind), else text, which may be a table."""
    head = text[:4096].lstrip()
    if not head.startswith("<"):
        return "text"
    inner = _behind_prolog(head)
    if _PAGE.match(inner):
        return "html"
    if _FEED.match(inner):
        return "feed"
    if head[:5].lower() == "<?xml":
        return "xml"
    opened = _FRAGMENT.match(inner)
    return "html" if opened and f"</{opened[1].lower()}" in text.lower() else "text"


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its head, None if it names none."""
    if data[:256].lstrip()[:1] != b"<":
        return None
    match = _DECLARED.search(data[:4096])
    return match[1].decode("ascii") if match else None


def _behind_prolog(head: str) -> str:
    """What follows the XML declaration, instructions and comments at the top."""
    while True:
        end = "-->" if head.startswith("<!--") else "?>" if head.startswith("<?") else None
        if end is None or end not in head:
            return head
        head = head.partition(end)[2].lstrip()


def _is_tar(data: bytes) -> bool:
    """Whether the first 512 bytes are a tar header: by its magic, or in old archives by its checksum alone."""
    if len(data) < 512 or b"\x00" not in data[:100]:
        return False
    if data[257:262] == b"ustar":
        return True
    try:
        written = int(data[148:156].strip(b" \x00") or b"-1", 8)
    except ValueError:
        return False
    return written == sum(data[:148]) + 8 * ord(" ") + sum(data[156:512])
