"""Names of persons in lines of text, told from roles, places, credits, agencies and labels.

``names`` takes a byline apart, without its frame (``byline_frame``), by the words that languages have for it
(``byline_words``); it asks ``given_names`` whether words are a name at all, ``labels`` whether they are nobody's,
``towns`` whether they are a place, ``sections`` whether they name one, ``credits`` whether they only tell who took the
pictures, and has ``name_tails`` cut what lines and markup leave behind a name.
"""
