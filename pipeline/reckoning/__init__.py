"""Figures in running text: what is stated, what its breakdown gives, what a share comes to."""
