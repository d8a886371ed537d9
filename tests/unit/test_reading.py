"""reading.yaml: what it sets, what it leaves alone, and that a slip in it is one clear line."""

import pytest

from assets.reading import Reading, load_reading
from pipelines.ingest.fields import DEFAULT_FIELDS
from pipelines.ingest.limits import Limits
from warehouse.errors import WarehouseError


def test_without_the_file_all_is_default(tmp_path):
    assert load_reading(tmp_path) == Reading()
    assert load_reading(tmp_path).fields("post") == DEFAULT_FIELDS


def test_an_empty_file_changes_nothing(tmp_path):
    (tmp_path / "reading.yaml").write_text("# nothing yet\n")
    assert load_reading(tmp_path) == Reading()


def test_what_is_named_is_set_and_the_rest_stays(tmp_path):
    (tmp_path / "reading.yaml").write_text(
        "limits: {document_bytes: 1000}\nfields: {text: [story]}\noutlets: {post: {title: [head]}}\n"
    )
    reading = load_reading(tmp_path)
    assert reading.limits == Limits()._replace(document_bytes=1000)
    assert reading.general.text[0] == "story"
    assert reading.fields("other") == reading.general
    assert reading.fields("post").title[0] == "head"
    assert reading.fields("post").text == reading.general.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("limits: [1]", "limits is no mapping"),
        ("limit: {}", "'limit' is none of limits, fields, outlets"),
        ("limits: {file_byte: 1}", "file_byte"),
        ("limits: {file_bytes: much}", "file_bytes"),
        ("limits: {file_bytes: -1}", "file_bytes"),
        ("fields: {texts: [a]}", "texts"),
        ("outlets: {post: {texts: [a]}}", "texts"),
        ("a: [", "can't be read as YAML"),
    ],
)
def test_a_slip_is_one_line_that_names_the_file(tmp_path, content, said):
    (tmp_path / "reading.yaml").write_text(content)
    with pytest.raises(WarehouseError, match=r"reading\.yaml") as caught:
        load_reading(tmp_path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["limits: {file_bytes: 2020-99-99}", "[" * 2000, "limits: \0"])
def test_what_the_yaml_reader_stumbles_over_is_one_line_with_the_files_name(tmp_path, content):
    (tmp_path / "reading.yaml").write_text(content)
    with pytest.raises(WarehouseError, match=r"reading\.yaml can't be read as YAML") as raised:
        load_reading(tmp_path)
    assert "\n" not in str(raised.value)


def test_a_folder_of_that_name_is_one_line(tmp_path):
    (tmp_path / "reading.yaml").mkdir()
    with pytest.raises(WarehouseError, match=r"reading\.yaml can't be read: "):
        load_reading(tmp_path)
