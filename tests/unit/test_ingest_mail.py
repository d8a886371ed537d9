"""Mail: told by its headers, read whatever its parts and however damaged; mbox."""

import pytest

from pipelines.ingest.mail import is_mail, is_mailbox, messages, read_mail
from pipelines.ingest.refused import Refused
from tests.unit.test_ingest_reader import damaged

HEAD = b"From: Carmel Zerafa <desk@post.example>\nSubject: Bees\nDate: Wed, 5 Feb 2020 07:30:00 +0100\n"


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        (HEAD + b"\nText.", True),
        (HEAD.replace(b"\n", b"\r\n") + b"\r\nText.", True),
        (b"Received: by x\n\tfor y;\n z\nSubject: Bees\n\nText.", True),
        (b"MIME-Version: 1.0\nContent-Type: text/plain\n\nText.", True),
        (HEAD, True),
        (b"From: our correspondent\nDate: Wednesday\n\nText.", False),
        (b"Subject: Bees\n\nText.", False),
        (HEAD + b"Text without a blank line\n\nText.", False),
        (b"Update: bees\nWatch: cliffs\n\nwrite to a@b.example", False),
        (b"https://a.example/x\nTo: a@b.example\n\nText.", False),
        (b"To be: that is\nthe question\n", False),
        (b"", False),
    ],
)
def test_mail_is_told_by_headers_that_a_program_wrote(data, is_one):
    assert is_mail(data) is is_one


def text_of(data):
    content = read_mail(data).content
    return content.reason if isinstance(content, Refused) else content.text


def part(kind, text, more=b""):
    return b"--b\nContent-Type: " + kind + b"\n" + more + b"\n" + text + b"\n"


def parted(kind, *parts):
    return HEAD + b"Content-Type: multipart/" + kind + b"; boundary=b\n\n" + b"".join(parts) + b"--b--\n"


PLAIN, PAGE = part(b"text/plain", b"They fly."), part(b"text/html", b"<p>They <b>fly</b>.</p><p>Far.</p>")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (HEAD + b"\nThey fly.\n", "Bees\n\nThey fly."),
        (HEAD + b"Content-Type: text/html\n\n<p>They fly.</p><style>x</style><p>Far.</p>", "Bees\n\nThey fly.\n\nFar."),
        (parted(b"alternative", PAGE, PLAIN), "Bees\n\nThey fly."),
        (parted(b"alternative", PAGE, part(b"image/png", b"x")), "Bees\n\nThey fly.\n\nFar."),
        (parted(b"mixed", PLAIN, part(b"image/png", b"x"), PLAIN), "Bees\n\nThey fly.\n\nThey fly."),
        (parted(b"related", PAGE, PLAIN), "Bees\n\nThey fly.\n\nFar."),
        (parted(b"mixed", part(b"text/plain", b"no", b"Content-Disposition: attachment\n")), "no_text"),
        (HEAD + b"Content-Type: image/png\n\nx", "no_text"),
        (HEAD + b"\n \n", "no_text"),
        (HEAD + b"Content-Type: text/plain; charset=no-such\n\nCaf\xc3\xa9", "Bees\n\nCafé"),
        (HEAD + b"Content-Type: text/plain; charset=koi8-r\n\n" + "Пчёлы".encode("koi8-r"), "Bees\n\nПчёлы"),
        (HEAD + b"Content-Transfer-Encoding: base64\n\n!!not base64", "Bees\n\n!!not base64"),
        (HEAD + b"Content-Transfer-Encoding: base64\n\nVGhleSBmbHku", "Bees\n\nThey fly."),
        (HEAD + b"Content-Type: multipart/mixed\n\nThey fly.", "no_text"),
    ],
)
def test_the_text_is_that_of_its_own_parts(data, text):
    assert text_of(data) == text


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        (b"=?utf-8?q?Caf=C3=A9_owners?=", "Café owners"),
        (b"=?utf-8?b?Q2Fmw6k=?=\n =?utf-8?q?_owners?= buy", "Café owners buy"),
        (b"Caf\xc3\xa9 owners", "Café owners"),
        (b"Caf\xe9 owners at nine", "Café owners at nine"),
        (b"=?iso-2022-jp?b?GyRCSyobKEI=?=", "蜂"),
        (b"=?no-such?q?Bees?=", "Bees"),
        (b"folded\n over\n\tlines", "folded over lines"),
    ],
)
def test_a_subject_is_decoded(subject, title):
    assert text_of(b"From: a@b.example\nSubject: " + subject + b"\n\nText.") == f"{title}\n\nText."


def test_what_the_headers_say_goes_beside_the_text():
    head = HEAD + b"List-Id: Morning letter <m.example>\n"
    assert read_mail(head + b"\nText.").content.meta == (
        '{"authors": ["Carmel Zerafa"], "outlet": "Morning letter", "published": "2020-02-05T07:30:00+01:00",'
        ' "title": "Bees"}'
    )
    assert read_mail(b"From: a@b.example\nDate: Never\nSubject:\n\nText.").content.meta is None


def test_messages_attached_are_handed_on_and_not_those_within_them():
    inner = HEAD + b"Content-Type: message/rfc822\n\n" + HEAD + b"\nDeepest."
    mail = read_mail(parted(b"mixed", PLAIN, part(b"message/rfc822", inner)))
    (attached,) = mail.attached
    assert read_mail(attached).attached[0].endswith(b"Deepest.")


def test_an_mbox_is_cut_where_messages_begin():
    data = (
        b"From a@b Wed Feb  5 07:30:00 2020\n" + HEAD + b"\nOne.\n\n>From here\n>>From there\n\nFrom now on 10:30\n\n"
    )
    data += b"From a@b Wed Feb  5 07:30:00 2020\r\n" + HEAD + b"\nTwo.\n"
    assert is_mailbox(data)
    assert [text_of(message) for _, message in messages(data)] == [
        "Bees\n\nOne.\n\nFrom here\n>From there\n\nFrom now on 10:30", "Bees\n\nTwo.",
    ]  # fmt: skip
    assert not is_mailbox(b"From the cliffs of Gozo, 10:30\n\nA story.")


def test_damage_ends_in_a_text_or_a_refusal():
    reasons: set[str] = set()
    for data in damaged(parted(b"mixed", PLAIN, PAGE, part(b"message/rfc822", HEAD + b"\nText.")), 1500):
        try:
            read_mail(data)
        except Refused as refused:
            reasons.add(refused.reason)
    assert reasons <= {"damaged_mail"}
