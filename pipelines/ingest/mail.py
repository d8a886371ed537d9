"""Mail: a message (RFC 822 and what came after it), or an mbox of many, to texts with a headline.

Of a message's parts the plain text is taken, else the HTML; attachments are passed over but for messages, each of
which is a document of its own. Signatures and quoted replies stay: telling them apart is for parse.
"""

import binascii
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import NamedTuple

from pipelines.ingest.decode import UTF_8, Decoded, clean, decode
from pipelines.ingest.markup import plain
from pipelines.ingest.record import RecordText, dump_meta
from pipelines.ingest.refused import Refused, said

_HEADER = rb"[!-9;-~]+[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n"
_HEADERS = re.compile(rb"(?:" + _HEADER + rb"){2,}(?=\r?\n|\Z)")
_NAME = re.compile(rb"^([!-9;-~]+)[ \t]*:", re.MULTILINE)
_USUAL = {b"from", b"date", b"subject", b"message-id", b"mime-version", b"received", b"to", b"return-path", b"sender",
          b"content-type", b"delivered-to", b"reply-to", b"list-id"}  # fmt: skip
_MACHINES = {b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to", b"list-id"}
"""Headers that nobody writes by hand: a text that opens with From: and Date: is no mail for that."""
_ADDRESS = re.compile(rb"^From[ \t]*:[^\r\n]*@", re.IGNORECASE | re.MULTILINE)
_SEPARATOR = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{0,120}\d\d:\d\d[^\r\n]{0,60}\r?\n(?=" + _HEADER + rb")"
)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_PARTS = 20_000
"""Lines that begin like a boundary between parts: each part takes some kilobytes of memory."""
_MAIL_ERRORS = (
    MessageError, binascii.Error,
    # Not documented; found by damaging messages.
    ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, OverflowError,
)  # fmt: skip


class Mail(NamedTuple):
    """A message's text with what stood beside it, or why there is none; how it was decoded; the messages attached."""

    content: RecordText | Refused
    how: Decoded
    attached: list[bytes]


def is_mail(data: bytes) -> bool:
    """Whether the bytes open with a message's headers and a blank line, and some of them are a machine's."""
    match = _HEADERS.match(data[:65536])
    if not match:
        return False
    names = {name.lower() for name in _NAME.findall(match[0])}
    return len(names & _USUAL) > 1 and (bool(names & _MACHINES) or _ADDRESS.search(match[0]) is not None)


def is_mailbox(data: bytes) -> bool:
    """Whether the bytes open with an mbox's separator and a message's headers."""
    return data.startswith(b"From ") and _SEPARATOR.match(data[:65536]) is not None


def messages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(number from 1, message) of each message in an mbox, '>From ' at the head of a line unquoted."""
    number, start = 0, None
    for match in _SEPARATOR.finditer(data):
        if start is not None:
            yield number, _QUOTED_FROM.sub(rb"\1", data[start : match.start()])
        number, start = number + 1, match.end()
    yield number, _QUOTED_FROM.sub(rb"\1", data[start:])


def read_mail(data: bytes) -> Mail:
    """The message in the bytes. Raises Refused where they can't be read as one."""
    if data.count(b"\n--") > _PARTS:
        raise Refused("too_large", f"more than {_PARTS} lines that may part it")
    try:
        # compat32 leaves headers as they stand; the newer policies take four times as long and stumble over damage.
        message = message_from_bytes(data, policy=policy.compat32)
        content, how = _content(message)
        return Mail(content, how, [part.as_bytes() for part in _attached(message)])
    except _MAIL_ERRORS as error:
        raise Refused("damaged_mail", said(error)) from error


def _content(message: Message) -> tuple[RecordText | Refused, Decoded]:
    texts, how = [], None
    for part in _bodies(message):
        payload = part.get_payload(decode=True)
        decoded = decode(payload, part.get_content_charset()) if isinstance(payload, bytes) else None
        if decoded and decoded.text.strip():
            text = decoded.text.replace("\r\n", "\n")
            # All of a page is taken, not its main text: a letter has no navigation around it.
            texts.append((plain(text) if part.get_content_subtype() == "html" else text).strip("\n"))
            how = how or decoded._replace(text="")
    body = clean("\n\n".join(filter(None, texts)), "utf-8", is_detected=False).text
    if how is None or not body.strip():
        return Refused("no_text", "no part of the message is text, or there is nothing in it"), how or UTF_8
    subject, written = (" ".join(_header(message, name).split()) for name in ("subject", "date"))
    sender, outlet = (parseaddr(_header(message, name))[0].strip() for name in ("from", "list-id"))
    meta: dict[str, object] = {
        "title": subject,
        "published": _date(written),
        "authors": [sender] if sender and sender not in outlet else [],
        "outlet": outlet,
    }
    text = f"{subject}\n\n{body}" if subject and not body.lstrip().startswith(subject) else body
    return RecordText(text, dump_meta({name: value for name, value in meta.items() if value})), how


def _bodies(part: Message) -> list[Message]:
    """The parts that are the message's own text, in order."""
    kind = part.get_content_type()
    if part.get_content_disposition() == "attachment" or kind == "message/rfc822":
        return []
    if not part.is_multipart():
        return [part] if kind in ("text/plain", "text/html") else []
    inner = [found for one in _parts(part) if (found := _bodies(one))]
    if kind == "multipart/alternative":  # the same several times: plain, if there is a plain one
        inner.sort(key=lambda found: any(one.get_content_type() != "text/plain" for one in found))
    if kind in ("multipart/alternative", "multipart/related"):
        inner = inner[:1]
    return [one for found in inner for one in found]


def _attached(part: Message) -> Iterator[Message]:
    """The messages attached, without those that are attached to them."""
    if part.get_content_type() == "message/rfc822":
        yield from _parts(part)
    elif part.is_multipart():
        for one in _parts(part):
            yield from _attached(one)


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _header(message: Message, name: str) -> str:
    """A header's text: encoded words decoded, and bytes beyond ASCII as in any text."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
    data = str(raw).replace("\r", "").replace("\n", "").encode("utf-8", "surrogateescape")
    written = decode(data)
    words = decode_header(written.text) if written else []
    # Words that are not encoded come as str, or beside such that are, in Python's own escapes.
    texts = [
        word if isinstance(word, str) else word.decode("raw-unicode-escape", "replace") if charset is None
        else found.text if (found := decode(word, charset)) else ""
        for word, charset in words
    ]  # fmt: skip
    return clean("".join(texts), "utf-8", is_detected=False).text


def _date(written: str) -> str | None:
    try:
        return parsedate_to_datetime(written).isoformat()
    except ValueError:
        return None
