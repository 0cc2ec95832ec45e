"""From the words of a document to a body that has an address: exact names and readers' decisions only."""
