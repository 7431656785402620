"""What is due when: the revisit policy, the plan of one run, and the schedule kept between runs."""
