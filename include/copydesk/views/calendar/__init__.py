"""The sources by days, where the page begins: which days should have a dump, what arrived, and what became of each."""
