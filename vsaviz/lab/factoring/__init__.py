"""Products of unknown factors, taken apart by resonator networks."""
