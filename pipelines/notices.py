"""The codes: why a file or document was rejected, and what is worth knowing about one that was used.

docs/reasons.md is written from here by `python -m pipelines.notices`; a test holds the file against this list.
"""

from pathlib import Path

REJECT_REASONS: dict[str, str] = {
    "binary": "The bytes are no text: an image, a program, an office document.",
    "bomb": "It unpacks to so many times its own size that it is held to be a trap; what came before that is used.",
    "damaged_archive": "The archive (zip, tar, WARC) or this member is damaged or ends early; other members are used.",
    "damaged_feed": "The file begins like an RSS or Atom feed and can't be read as one.",
    "damaged_json": "The file, or this line of it, begins like JSON and can't be read as JSON.",
    "damaged_mail": "The bytes open like a mail and can't be read as one.",
    "damaged_packing": "The gzip, zstd, bzip2 or xz stream is damaged or ends early; whole members in it are used.",
    "damaged_pdf": "The bytes open like a PDF and can't be read as one.",
    "damaged_row": "The row has more or fewer cells than the table's header, or can't be read.",
    "day_out_of_range": "A folder is dated later than tomorrow, before the first day, or by no day of the calendar.",
    "empty": "There is nothing in it: no bytes or only white space, an archive without files, a crawl without pages.",
    "encrypted": "It is encrypted: a PDF that asks for a password, a member of a zip archive.",
    "is_directory": "It is a folder though its name ends like a file's. The files in it are read.",
    "link_outside": "It is a link that leads out of the inbox, or to a folder; links like that are never followed.",
    "nested_too_deep": "It lies inside of too many packings and archives, or it is a page whose elements do.",
    "no_text": "The record has none of the fields that carry a text, or the mail has no text.",
    "no_text_column": "It is a table, and no column of it has the name of a field that carries a text.",
    "no_text_in_page": "No main text was found in the HTML page.",
    "no_text_in_pdf": "The PDF has no text layer: its pages are pictures.",
    "not_a_file": "It is a socket, a pipe or a device.",
    "pdf_needs_extra": "It is a PDF; reading PDFs takes the extra 'pdf': pip install -e '.[pdf]'.",
    "too_large": "It is larger than the limit, as it lies there or once unpacked.",
    "too_many_members": "It has more members or records than the limit; those before are used.",
    "too_slow": "Reading it took more time than one document may take.",
    "unknown_xml": "It is XML of a kind that is not read: neither a page nor a feed.",
    "unreadable": "The system refuses to let it be read.",
    "unsafe_member": "A member of an archive whose name leads out of its folder, or that is a link or a device.",
    "unsupported_packing": "A member of a zip archive is packed by a method that is not read.",
    "forgotten": "It was taken out by `wirehouse forget` and is kept out.",
    "vanished": "It was listed and was gone when it was to be read.",
}

NOTICE_CODES: dict[str, str] = {
    "encoding_detected": "The encoding was found by detection, not by a mark or by being valid UTF-8.",
    "control_characters": "Control characters were replaced by U+FFFD.",
    "invalid_sequences": "Bytes that are invalid in the text's encoding were replaced by U+FFFD.",
    "language_not_served": "Names and dates were not looked for: the article is in a language that is not read.",
    "names_not_read": "Names and dates could not be read, by a fault of Wirehouse's that the detail tells: report it.",
    "mended_encoding": "Wrongly decoded characters were mended in body and fields; drops.text has them as they came.",
    "damaged_encoding": "Characters look wrongly decoded and it is not certain what they were; they were left alone.",
    "no_headline": "No line of the text could be its headline.",
    "no_body": "No paragraph of the text could be its body.",
    "date_inferred": "The publication day was inferred from a caption's date and weekday words.",
    "date_from_arrival": "The text does not tell when it was published; the day it was fetched or arrived stands in.",
    "date_after_arrival": "A date of publication is later than a day after it was fetched or arrived; it was not used.",
}


def render() -> str:
    """Both lists as Markdown."""
    parts = ["# Reasons and notices", "", "Written from `pipelines/notices.py` by `python -m pipelines.notices`."]
    for title, codes in (("rejects.reason", REJECT_REASONS), ("notices.code", NOTICE_CODES)):
        parts += ["", f"## {title}", "", "| code | meaning |", "|---|---|"]
        parts += [f"| {code} | {meaning} |" for code, meaning in sorted(codes.items())]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    Path("docs/reasons.md").write_text(render(), encoding="utf-8")
