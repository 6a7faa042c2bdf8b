"""The region's pages: released figures, releases and their two persons, library, team directory. Knows no child."""
