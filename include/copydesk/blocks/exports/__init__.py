"""Texts as news databases, libraries, mail and archives export them: fields on labelled lines above the article, and often below it."""
