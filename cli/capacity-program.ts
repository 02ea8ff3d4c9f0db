/** The commands on the capacity and the planned costs of cells with their tenants. */
import { Option } from "commander";
import type { Define, Run } from "./tenant-program.ts";

export function addCapacityCommands(define: Define, run: Run): void {
  define("capacity", "show what tenants take of their cells, and how many more fit", [
    "npx atoll capacity prod",
    "npx atoll capacity prod.aws-use1         # one cell",
    "npx atoll capacity prod --json           # with the source of each number",
  ])
    .argument("<environment[.cell]>", asked)
    .action((name: string, options) =>
      run(options, async (io) =>
        (await import("./commands/capacity.ts")).capacity(io, { asked: name, ...options }),
      ),
    );

  define("cost", "plan the monthly cost of cells and tenants from list prices", [
    "npx atoll cost prod --by tenant",
    "npx atoll cost prod --by cell            # each item, and how it is split",
    "npx atoll cost prod --csv > cost.csv",
  ])
    .argument("<environment[.cell]>", asked)
    .addOption(
      new Option("--by <what>", "a line for each tenant, or for each cost of each cell")
        .choices(["tenant", "cell"])
        .default("tenant"),
    )
    .option("--csv", "print every share of every cost as CSV")
    .action((name: string, options) =>
      run(options, async (io) =>
        (await import("./commands/cost.ts")).cost(io, { asked: name, ...options }),
      ),
    );
}

const asked = "an environment, such as prod, or one of its cells: prod.aws-use1";
