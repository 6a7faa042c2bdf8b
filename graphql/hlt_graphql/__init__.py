"""The regional layer: released figures and shared resources. Knows no child."""
