"""What is due when: the revisit policy, the plan of one run, and the schedule kept between runs.

``agenda`` knows what is watched and how each ``visit`` went, and is kept in a ``book``; ``policy`` says when to come
back, ``plan`` what is captured now. ``simulation`` tries a watchlist in time, ``timer`` starts the runs.
"""
