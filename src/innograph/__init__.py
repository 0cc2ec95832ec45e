"""innograph: French public-innovation awards as a validated knowledge graph."""
