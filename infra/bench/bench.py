"""`make bench`: what the borders cost, as ratios measured in one run. Nothing is asserted: machines differ."""

import borders
import ground
import kommun_sixteen
import pages
import table_rows
import wrong_reads

PARTS = (borders, table_rows, kommun_sixteen, pages, wrong_reads)


def main() -> None:
    with ground.installed() as server:
        for part in PARTS:
            part.run(server)
            ground.tell("")


if __name__ == "__main__":
    main()
