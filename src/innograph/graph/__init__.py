"""From reviewed records to quads: one module per named graph; how they stand together is docs/model.md."""
