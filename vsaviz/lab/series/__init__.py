"""Numeric series: graded positions between a bag and a plain sequence."""
