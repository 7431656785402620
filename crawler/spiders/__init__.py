"""From the URL of a story to everything that belongs to it.

``story`` goes from a ``wanted`` story to its pages; each is read by ``reading`` with what it has ``carried`` from the
handler, and a request without an answer is a ``miss``. ``copysearch`` looks for copies by candidates and by the public
look-ups in ``providers``, and for what is gone in archives (``memento``). ``discover`` walks (``walk``) through
``sources`` and hands on addresses.
"""
