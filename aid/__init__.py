"""Papers and pages for a helper at a villager's side: screening, what to bring, drafts."""
