"""What really lands: every bad drop is a reject with its reason, and the good ones are published all the same."""

import gzip
import os

GOOD = "Harbour reopens after storm\n\nThe harbour of Izmir opened again on Monday, the port authority said.\n"


def _reasons(house):
    rows = house.query("SELECT path, reason FROM rejects")
    return {row["path"]: row["reason"] for row in rows}


def test_each_bad_drop_has_its_reason(house):
    day = "2020-02-03"
    house.drop(f"post/{day}/good.txt", GOOD)
    house.drop(f"post/{day}/empty.txt", b"")
    house.drop(f"post/{day}/blank.txt", " \n\t\n")
    house.drop(f"post/{day}/picture.txt", b"\x89PNG\r\n\x1a\n" + os.urandom(400))
    house.drop(f"post/{day}/noise.bin", bytes(range(256)) * 20)
    house.drop(f"post/{day}/cut.txt.gz", gzip.compress(GOOD.encode() * 50)[:-30])
    house.drop(f"post/{day}/bad.json", '{"title": "x", ')
    house.drop(f"post/{day}/line.txt", b"a" * 9_000_000)
    house.drop(f"post/{day}/we ird\\n'; DROP TABLE drops;--.txt", GOOD.replace("Izmir", "Samos"))
    odd = os.fsencode(house.raw / f"post/{day}") + b"/caf\xe9.txt"
    with open(odd, "wb") as file:  # noqa: PTH123 - a Path takes no bytes
        file.write(GOOD.replace("Izmir", "Chios").encode())
    os.utime(odd, (1_600_000_000, 1_600_000_000))
    (house.raw / f"post/{day}/folder.txt").mkdir()
    house.drop(f"post/{day}/folder.txt/inside.txt", GOOD.replace("Izmir", "Volos"))
    outside = house.raw.parent / "secret.txt"
    outside.write_text(GOOD)
    (house.raw / f"post/{day}/link.txt").symlink_to(outside)
    house.drop("post/2999-01-01/late.txt", GOOD)

    assert not house.publish([day]).problems
    assert _reasons(house) == {
        f"post/{day}/empty.txt": "empty",
        f"post/{day}/blank.txt": "empty",
        f"post/{day}/picture.txt": "binary",
        f"post/{day}/noise.bin": "binary",
        f"post/{day}/cut.txt.gz": "damaged_packing",
        f"post/{day}/bad.json": "damaged_json",
        f"post/{day}/line.txt": "too_large",
        f"post/{day}/folder.txt": "is_directory",
        f"post/{day}/link.txt": "link_outside",
    }
    used = {row["path"] for row in house.query("SELECT path FROM drops WHERE status = 'article'")}
    assert used == {
        f"post/{day}/good.txt",
        f"post/{day}/we ird\\n'; DROP TABLE drops;--.txt",
        f"post/{day}/caf\\xe9.txt",
        f"post/{day}/folder.txt/inside.txt",
    }
    late = house.query("SELECT state, reason FROM files WHERE path = 'post/2999-01-01/late.txt'")
    assert late == [{"state": "refused", "reason": "day_out_of_range"}]


def test_a_file_that_may_not_be_read(house, monkeypatch):
    """The refusal is acted, for root, as whom tests often run, may read everything."""
    from warehouse import inbox

    read = inbox._digest

    def refuse(full):
        if full.endswith("closed.txt"):
            raise PermissionError(13, "Permission denied", full)
        return read(full)

    monkeypatch.setattr(inbox, "_digest", refuse)
    house.drop("post/2020-02-03/closed.txt", GOOD)
    house.drop("post/2020-02-03/good.txt", GOOD)
    assert not house.publish().problems
    assert _reasons(house) == {"post/2020-02-03/closed.txt": "unreadable"}


def test_a_file_that_vanishes_before_it_is_read_is_a_reject(house):
    house.drop("post/2020-02-03/good.txt", GOOD)
    lost = house.drop("post/2020-02-03/lost.txt", GOOD)
    assert house.due() == ["2020-02-03"]
    lost.unlink()
    assert not house.publish(["2020-02-03"]).problems
    assert _reasons(house) == {"post/2020-02-03/lost.txt": "vanished"}


def test_a_file_that_is_gone_leaves_its_rows(house):
    house.drop("post/2020-02-03/stays.txt", GOOD)
    goes = house.drop("post/2020-02-03/goes.txt", GOOD.replace("Izmir", "Samos"))
    assert not house.publish().problems
    before = house.tables()
    goes.unlink()
    assert house.due() == [], "a file that is gone makes nothing due"
    assert house.query("SELECT state FROM files WHERE path LIKE '%goes%'") == [{"state": "gone"}]
    assert not house.publish(["2020-02-03"]).problems
    assert house.tables() == before
    assert house.due() == []
    assert any("1 files of 2020-02-03 are gone" in line for line in house.listener.lines)


def test_a_refused_link_that_is_gone_leaves_its_reject_and_nothing_due(house):
    house.drop("post/2020-02-03/good.txt", GOOD)
    link = house.raw / "post/2020-02-03/link.txt"
    link.symlink_to("/etc/hostname")
    assert not house.publish().problems
    link.unlink()
    assert house.due() == []
    assert not house.publish(["2020-02-03"]).problems
    assert house.due() == []
    assert _reasons(house) == {"post/2020-02-03/link.txt": "link_outside"}


def test_a_file_that_changes_while_it_is_read_is_left_to_the_next_run(house, monkeypatch):
    from assets import taking

    house.drop("post/2020-02-03/good.txt", GOOD)
    house.drop("post/2020-02-03/growing.txt", GOOD.replace("Izmir", "Samos"))
    true_read = taking.read

    def read(raw, path, limit):
        data, digest = true_read(raw, path, limit)
        return (data + b"more", "another") if "growing" in path else (data, digest)

    monkeypatch.setattr(taking, "read", read)
    assert not house.publish().problems
    assert [row["path"] for row in house.query("FROM drops")] == ["post/2020-02-03/good.txt"]
    assert _reasons(house) == {}
    assert any("growing.txt is still being written" in line for line in house.listener.lines)
    assert house.due() == ["2020-02-03"]
    monkeypatch.setattr(taking, "read", true_read)
    assert not house.publish().problems
    assert len(house.query("FROM drops")) == 2
    assert house.due() == []


def test_a_changed_file_gives_new_rows_in_place_of_the_old(house):
    house.drop("post/2020-02-03/story.txt", GOOD)
    assert not house.publish().problems
    house.drop("post/2020-02-03/story.txt", GOOD.replace("Izmir", "Smyrna"), age_seconds=60)
    assert house.due() == ["2020-02-03"]
    assert not house.publish().problems
    assert [row["text"] for row in house.query("SELECT text FROM drops")] == [GOOD.replace("Izmir", "Smyrna")]


def test_a_day_with_fewer_documents_needs_permission(house):
    house.drop("post/2020-02-03/feed.jsonl", "\n".join(f'{{"text": "Story {n} of the day."}}' for n in range(3)))
    assert not house.publish().problems
    house.drop("post/2020-02-03/feed.jsonl", "\n".join(f'{{"text": "Story {n} of the day."}}' for n in range(2)), 60)
    outcome = house.publish()
    assert ["--allow-fewer" in problem for problem in outcome.problems] == [True]
    assert len(house.query("FROM drops")) == 3
    assert not house.publish(allow_fewer=True).problems
    assert len(house.query("FROM drops")) == 2


def test_a_file_that_comes_back_unchanged_is_read_again(house):
    house.drop("post/2020-02-03/good.txt", GOOD)
    away = house.drop("post/2020-02-03/away.txt", GOOD.replace("Izmir", "Samos"))
    assert house.due() == ["2020-02-03"]
    hidden = away.rename(house.raw.parent / "away.txt")
    assert not house.publish(["2020-02-03"]).problems
    assert _reasons(house) == {"post/2020-02-03/away.txt": "vanished"}
    hidden.rename(away)
    assert house.due() == ["2020-02-03"]
    assert not house.publish().problems
    assert _reasons(house) == {}
    assert len(house.query("FROM drops")) == 2
    assert house.due() == []


def test_of_equal_texts_the_first_by_path_stays_the_article_when_its_file_is_gone(house):
    first = house.drop("post/2020-02-03/a.txt", GOOD)
    house.drop("post/2020-02-03/b.txt", GOOD)
    assert not house.publish().problems
    before = house.tables()
    assert sorted(row["status"] for row in house.query("FROM drops")) == ["article", "identical"]
    first.unlink()
    assert not house.publish(["2020-02-03"]).problems
    assert house.tables() == before


def test_a_published_file_that_can_no_longer_be_read_keeps_its_rows(house, monkeypatch):
    from assets import taking

    house.drop("post/2020-02-03/a.txt", GOOD)
    house.drop("post/2020-02-03/b.txt", GOOD.replace("Izmir", "Samos"))
    assert not house.publish().problems
    before = house.tables()
    true_read = taking.read

    def read(raw, path, limit):
        if path.endswith("b.txt"):
            raise PermissionError(13, "Permission denied", path)
        return true_read(raw, path, limit)

    monkeypatch.setattr(taking, "read", read)
    assert not house.publish(["2020-02-03"]).problems
    assert house.tables() == before
    assert house.due() == ["2020-02-03"], "what was not read is due"


def test_a_date_no_news_can_have_is_set_aside(house):
    house.drop(
        "post/2020-02-03/old.json", '{"title": "Old", "text": "The council met on the quay.", "date": "0001-02-01"}'
    )
    house.drop("post/2020-02-04/good.txt", GOOD)
    assert not house.publish().problems
    bases = house.query("SELECT published_basis AS basis, published_on::VARCHAR AS day FROM articles ORDER BY day")
    assert bases == [{"basis": "arrival", "day": "2020-02-03"}, {"basis": "arrival", "day": "2020-02-04"}]


def test_a_changed_file_that_vanishes_before_it_is_read_keeps_its_old_rows_and_is_due_when_it_is_back(house):
    story = house.drop("post/2020-02-03/story.txt", GOOD)
    assert not house.publish().problems
    house.drop("post/2020-02-03/story.txt", GOOD.replace("Izmir", "Smyrna"), age_seconds=60)
    assert house.due() == ["2020-02-03"]
    hidden = story.rename(house.raw.parent / "story.txt")
    for _ in range(2):
        assert not house.publish(["2020-02-03"]).problems
        assert [row["text"] for row in house.query("SELECT text FROM drops")] == [GOOD]
        assert _reasons(house) == {"post/2020-02-03/story.txt": "vanished"}
        assert house.due() == []
    hidden.rename(story)
    assert house.due() == ["2020-02-03"]
    assert not house.publish().problems
    assert [row["text"] for row in house.query("SELECT text FROM drops")] == [GOOD.replace("Izmir", "Smyrna")]
    assert _reasons(house) == {}
