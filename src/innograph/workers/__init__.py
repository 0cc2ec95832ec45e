"""Query workers: processes that answer questions, can be stopped at any moment, and reach no network."""
