"""Web archives: records, the messages of HTTP in them, and the pages in those."""
