"""Mapping, the plan with its goals and measures, the child's voice."""
