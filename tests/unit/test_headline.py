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


@pytest.mark.parametrize(
    ("line", "headline", "source"),
    [
        ("Storm floods the coast: Army | Harbour Post", "Storm floods the coast", "Army"),
        ("Storm floods the coast - officials say - Harbour Post", "Storm floods the coast", "officials say"),
        ("Storm floods the coast – Reuters | Harbour Post", "Storm floods the coast", "Reuters"),
        ("Storm floods the coast (police) | Harbour Post", "Storm floods the coast", "police"),
        ("Storm floods the coast | Harbour Post", "Storm floods the coast", "Harbour Post"),
        ("Storm floods the coast | World | Harbour Post", "Storm floods the coast | World", "Harbour Post"),
        ("Storm floods coast, roads closed | Harbour Post", "Storm floods coast, roads closed", "Harbour Post"),
        ("Storm floods the coast: what we know | Harbour Post", "Storm floods the coast: what we know", "Harbour Post"),
    ],
)
def test_whom_the_headline_credits_outweighs_the_outlets_name_behind_it(line, headline, source):
    assert split_source(line, load_profile().speakers, lambda name: name == "Harbour Post") == (headline, source)
