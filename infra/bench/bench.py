"""`make bench`: what the borders cost, as ratios measured in one run. Nothing is asserted: machines differ."""

import ground
import release
import table_rows


def main() -> None:
    release.run()
    with ground.installed() as server:
        table_rows.run(server)


if __name__ == "__main__":
    main()
