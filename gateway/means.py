"""What a person in despair has at hand: pills are put out of the door, from a roof one steps back.

Named in any message since the danger was told; what is named last counts, and what is denied
(「我没上高」) does not. The words are in ``data/crisis.yml``.
"""

import re
from collections.abc import Sequence

from gateway.data_files import Data
from gateway.safety import as_read, pattern

_ENDS = re.compile(r"[\s,，。.;；!！?？、:：~～]+")


class Means(Data):
    """One means.

    Attributes:
        name: its name.
        when: a regular expression; a clause with it names the means.
        unless: the same; a clause with it denies the means, or names something else.
    """

    name: str
    when: str
    unless: str = r"(?!)"


def means_in(texts: Sequence[str], known: Sequence[Means]) -> str:
    """Returns the name of the means that was named last and not denied since; empty if none.

    Args:
        texts: what was said, oldest first.
        known: what can be named.
    """
    named = ""
    for clause in (as_read(part) for text in texts for part in _ENDS.split(text)):
        for each in known:
            if pattern(each.unless).search(clause):
                named = "" if named == each.name else named
            elif pattern(each.when).search(clause):
                named = each.name
    return named
