"""What each block is.

`texts` looks at characters and words, `features` makes a matrix of that, `networks` judge it, `rules` stand beside them; each knows
those before it. `labelling` joins them, `learned` holds what was learned, `explanation` puts it in words, `training` is not needed to run.
"""
