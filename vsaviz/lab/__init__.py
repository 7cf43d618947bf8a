"""What the comparison pages measure: plain functions that return numbers and arrays."""
