"""The public registers: communes, groupings, départements, régions, and what became of the former ones."""
