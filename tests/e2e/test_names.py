"""What reads names in a run: the shipped model, and one clear line where the chosen one can't be had."""

import pytest

from pipelines.extract.onnx_tagger import OnnxTagger
from tests.conftest import House

STORY = (
    "Bridge opens in Harrow Vale\n\nPrime Minister Anna Bell opened the bridge on Monday, the Transport Department"
    " said, and Bell crossed it on foot with two hundred others before the rain came.\n"
)


def test_the_shipped_model_reads_names_and_says_so(tmp_path, instance):
    house = House(tmp_path, instance, ner="shipped")
    house.drop("post/2020-02-03/a.txt", STORY)
    assert not house.publish().problems
    rows = house.query("SELECT DISTINCT surface, type, role, extractor FROM mentions WHERE type = 'person'")
    assert {(row["surface"], row["extractor"]) for row in rows} == {
        ("Anna Bell", "wirehouse-names"),
        ("Bell", "wirehouse-names"),
    }
    assert "Prime Minister" in {row["role"] for row in rows}


def test_a_backfill_gives_the_same_rows_whatever_was_kept(tmp_path, instance, monkeypatch):
    """From what was kept, from a damaged file, from none; and where it was kept the model reads nothing again."""
    house, asked, tag = House(tmp_path, instance, ner="shipped"), list[str](), OnnxTagger.tag
    monkeypatch.setattr(OnnxTagger, "tag", lambda self, texts: asked.extend(texts) or tag(self, texts))
    house.drop("post/2020-02-03/a.txt", STORY)
    house.drop("mail/2020-02-04/b.txt", STORY.replace("Monday", "Tuesday"))
    days = ["2020-02-03", "2020-02-04"]
    assert not house.publish().problems
    rows, files = house.tables(), sorted((house.lake / "names").iterdir())
    assert [file.name[:10] for file in files] == days
    assert asked

    asked.clear()
    assert not house.publish(days).problems
    assert asked == []
    assert house.tables() == rows

    files[0].write_bytes(files[0].read_bytes()[:-9])
    files[1].unlink()
    assert not house.publish(days).problems
    assert asked
    assert house.tables() == rows
    assert sorted((house.lake / "names").iterdir()) == files


@pytest.mark.parametrize("ner", ["rules", "shipped"])
def test_only_a_model_has_what_it_tells_kept(tmp_path, instance, ner):
    house = House(tmp_path, instance, ner=ner)
    house.drop("post/2020-02-03/a.txt", STORY)
    assert not house.publish().problems
    assert (house.lake / "names").exists() == (ner == "shipped")


def test_a_missing_model_is_one_clear_line_and_publishes_nothing(tmp_path, instance):
    house = House(tmp_path, instance, ner=f"onnx:{tmp_path / 'none'}")
    house.drop("post/2020-02-03/a.txt", STORY)
    [problem] = house.publish().problems
    assert problem.startswith(f"extract: no entity model in {tmp_path / 'none'}: ")
    assert "WIREHOUSE_NER" in problem
    assert house.query("SELECT count(*) AS rows FROM articles") == [{"rows": 0}]


def test_an_article_that_can_not_be_read_costs_no_other_its_names(tmp_path, instance, monkeypatch):
    from pipelines.extract import extract

    def identify(text, *others):
        if "unreadable" in text:
            raise KeyError("unheard of")
        return known(text, *others)

    known = extract.identify
    monkeypatch.setattr(extract, "identify", identify)
    house = House(tmp_path, instance)
    house.drop("post/2020-02-03/a.txt", STORY)
    house.drop("post/2020-02-03/b.txt", STORY.replace("before the rain came", "in unreadable weather"))
    assert not house.publish().problems
    [notice] = house.query(
        "SELECT path, detail FROM notices JOIN drops USING (document_id) WHERE code = 'names_not_read'"
    )
    assert notice == {"path": "post/2020-02-03/b.txt", "detail": "KeyError: 'unheard of'"}
    rows = house.query("SELECT DISTINCT path FROM mentions JOIN drops USING (document_id)")
    assert rows == [{"path": "post/2020-02-03/a.txt"}]


def test_what_fails_on_every_article_is_no_article_s_fault(tmp_path, instance, monkeypatch):
    from pipelines.extract import extract

    def identify(*_):
        raise KeyError("unheard of")

    monkeypatch.setattr(extract, "identify", identify)
    house = House(tmp_path, instance)
    house.drop("post/2020-02-03/a.txt", STORY)
    house.drop("post/2020-02-03/b.txt", STORY.replace("Anna", "Hanna"))
    [problem] = house.publish().problems
    assert "unheard of" in problem
    assert house.query("SELECT count(*) AS rows FROM articles") == [{"rows": 0}]
