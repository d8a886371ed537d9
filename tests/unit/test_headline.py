"""Headlines and the sources at their ends."""

import pytest

from pipelines.parse.headline import split_source
from pipelines.parse.profile import load_profile


@pytest.mark.parametrize(
    ("line", "headline", "source"),
    [
        ("Turkey sends convoy into Idlib: Army", "Turkey sends convoy into Idlib", "Army"),
        ("Rates to rise in spring: Erdogan", "Rates to rise in spring", "Erdogan"),
        ("Kenya to reopen railway - ministry", "Kenya to reopen railway", "ministry"),
        ("Storm floods coast - officials say", "Storm floods coast", "officials say"),
        ("Storm floods coast – Reuters", "Storm floods coast", "Reuters"),
        ("Storm floods the coast | Harbour Post", "Storm floods the coast", "Harbour Post"),
        ("Security Council Press Statement - Iraq", "Security Council Press Statement - Iraq", None),
        ("Analysis: Can the north keep its last deepwater port", None, None),
        ("Iran: Army", None, None),
    ],
)
def test_a_source_is_told_from_what_belongs_to_the_headline(line, headline, source):
    assert split_source(line, load_profile().speakers) == (headline or line, source)
