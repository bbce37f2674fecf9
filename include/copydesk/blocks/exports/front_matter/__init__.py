"""Front matter: fields above the text as systems that publish files write them. Its fence is found, then a parser reads it, else its lines are read."""
