"""The work behind each step of `pipeline`, one module a step, joined by the files of the run's work folder."""
