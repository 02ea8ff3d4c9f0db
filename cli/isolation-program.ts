/** The commands on the isolation of tenants. */
import type { Define, Run } from "./tenant-program.ts";

export function addIsolationCommands(define: Define, run: Run): void {
  const isolation = define(
    "isolation",
    "prove from what is deployed that no tenant reaches another",
    [
      "npx atoll isolation local",
      "npx atoll isolation prod.aws-use1   # one cell",
      "npx atoll isolation attack prod --from acme --to birch",
    ],
  )
    .argument("<environment[.cell]>", stackArgument)
    .option("--rehearse", "use the embedded cloud, whatever the target")
    .action((asked: string, options) =>
      run(options, async (io) =>
        (await import("./commands/isolation.ts")).isolation(io, { asked, ...options }),
      ),
    );

  define(
    "attack",
    "try, as one tenant, to reach another one on each plane",
    [
      "npx atoll isolation attack local --from cedar --to cell   # the rehearsal answers",
      "npx atoll isolation attack prod --from acme --to birch    # print the commands",
      "npx atoll isolation attack prod --from acme --to birch --run",
    ],
    isolation,
  )
    .argument("<environment[.cell]>", stackArgument)
    .requiredOption("--from <tenant>", "the tenant that attacks")
    .requiredOption("--to <tenant>", 'the tenant that is attacked, or "cell" for the cell itself')
    .option("--run", "run the commands with your own tools and rights, one after the other")
    .option("-y, --yes", "do not ask before they are run")
    .option("--rehearse", "use the embedded cloud, whatever the target")
    .action((asked: string, options) =>
      run(options, async (io) =>
        (await import("./commands/isolation-attack.ts")).attack(io, { asked, ...options }),
      ),
    );
}

const stackArgument = "an environment, such as prod, or one of its cells: prod.aws-use1";
