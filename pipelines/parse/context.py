"""What is known before a text is read: the profile, the outlet, and what stood beside the text in its drop."""

import datetime as dt
from typing import NamedTuple

from pipelines.parse.headline import squeezed
from pipelines.parse.profile import Profile
from pipelines.records import Outlet

_MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW"})
"""Countries that write the month before the day in numbers."""


class Context(NamedTuple):
    """What the rules are told beside the text.

    `learnt` has the hashes of lines learnt to be this outlet's furniture. `outlet` is its name, casefolded, `own` the
    same squeezed (headline.squeezed). `title` is the headline where the drop names one, tidied. `slug` is the last part
    of the page's address and the file's name, which often have words of the headline. `latest` is the last day the text
    can be of; `day_first` says how numbers in a date are to be read, None where that is not known.
    """

    profile: Profile
    learnt: frozenset[str]
    outlet: str
    own: str
    title: str | None
    slug: str
    latest: dt.date
    day_first: bool | None

    def is_outlet(self, name: str) -> bool:
        """Whether this is a name of the outlet or of one that the lookup knows, or begins with such a one."""
        if len(name) > _LONGEST_NAME:
            return False
        plain = squeezed(name)
        if plain == self.own or plain in self.profile.names:
            return True
        long = len(self.own) > _LONG_NAME and plain.startswith(self.own)
        return long and len(plain) < len(self.own) + _MORE_NAME


_LONG_NAME, _MORE_NAME, _LONGEST_NAME = 6, 12, 60
"""A folder's name may leave out the end of the outlet's: 'harrow-vale' for 'Harrow & Vale Journal'."""


def context_of(profile: Profile, outlet: Outlet, title: str | None, slug: str, latest: dt.date) -> Context:
    """The context of a text that is this outlet's."""
    return Context(
        profile,
        profile.learnt.get(outlet.outlet_id, frozenset()),
        outlet.name.casefold(),
        squeezed(outlet.name),
        title,
        slug,
        latest,
        None if outlet.country is None else outlet.country not in _MONTH_FIRST,
    )
