"""Papers and pages for a helper at a villager's side: screening, what to bring, drafts."""

from aid.app import create_app
from aid.clocks import clocks, regions
from aid.pages import Site

__all__ = ["Site", "clocks", "create_app", "regions"]
