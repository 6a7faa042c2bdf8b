"""The Django project: the only place where kommun, region and identity meet."""
