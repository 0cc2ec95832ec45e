"""Pages of which there is one each: whatever is asked of every page is asked of these."""

SINGLE = (
    "/sparql",
    "/build",
    "/ontology",
    "/ontology/laureate",
    "/shapes",
    "/dataset",
    "/dumps/",
    "/about",
    "/legal",
    "/privacy",
    "/accessibility",
    "/report",
    "/reconcile",
    "/nowhere",
)
