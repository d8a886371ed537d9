"""What reads names in a run: the shipped model, and one clear line where the chosen one can't be had."""

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


def test_a_missing_model_is_one_clear_line_and_publishes_nothing(tmp_path, instance):
    house = House(tmp_path, instance, ner=f"onnx:{tmp_path / 'none'}")
    house.drop("post/2020-02-03/a.txt", STORY)
    [problem] = house.publish().problems
    assert problem.startswith(f"extract: no entity model in {tmp_path / 'none'}: ")
    assert "WIREHOUSE_NER" in problem
    assert house.query("SELECT count(*) AS rows FROM articles") == [{"rows": 0}]
