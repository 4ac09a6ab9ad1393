"""Speed, measured side by side in one run and printed as tables; nothing is asserted."""
