"""Processes and what each is given: a pool of them, one that may be killed, limits, one heap, one thread, a collector held off."""
