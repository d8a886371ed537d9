"""The codes: why a file or document was rejected, and what is worth knowing about one that was used.

docs/reasons.md is written from here by `python -m pipelines.notices`; a test holds the file against this list.
"""

from pathlib import Path

REJECT_REASONS: dict[str, str] = {
    "binary": "The bytes are no text: an image, an archive, a program.",
    "damaged_json": "The file, or this line of it, begins like JSON and can't be read as JSON.",
    "day_out_of_range": "A folder is dated later than tomorrow, before the first day, or by no day of the calendar.",
    "empty": "There is nothing in it, or nothing but white space.",
    "is_directory": "It is a folder though its name ends like a file's. The files in it are read.",
    "link_outside": "It is a link that leads out of the inbox, or to a folder; links like that are never followed.",
    "no_text": "The record has none of the fields that carry a text.",
    "no_text_in_page": "No main text was found in the HTML page.",
    "not_a_file": "It is a socket, a pipe or a device.",
    "too_large": "It is larger than the limit, as it lies there or once unpacked.",
    "truncated_gzip": "The gzip stream ends early or is damaged.",
    "unreadable": "The system refuses to let it be read.",
    "vanished": "It was listed and was gone when it was to be read.",
}

NOTICE_CODES: dict[str, str] = {
    "encoding_detected": "The encoding was found by detection, not by a mark or by being valid UTF-8.",
    "control_characters": "Control characters were replaced by U+FFFD.",
    "no_headline": "No line of the text could be its headline.",
    "no_body": "No paragraph of the text could be its body.",
    "date_inferred": "The publication day was inferred from a caption's date and weekday words.",
    "date_from_arrival": "The text does not tell when it was published; the arrival day stands in.",
    "date_after_arrival": "A date of publication in the text is later than the arrival day plus one and was not used.",
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
