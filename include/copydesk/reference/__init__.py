"""The reference pages of `docs/`, written from the code they describe: `python -m copydesk.reference [--check]`."""
