"""What is measured, and against whom: ``make bench``. Answers are compared with the peers', never times alone."""
