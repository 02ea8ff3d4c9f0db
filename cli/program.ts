/** The commands, with options and examples. The code of a command is loaded when it is run. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { type Cloud, clouds } from "../components/core/cloud.ts";
import { addCapacityCommands } from "./capacity-program.ts";
import { addFleetCommands } from "./fleet-program.ts";
import { type Io, type OutputOptions, standardIo } from "./io.ts";
import { addIsolationCommands } from "./isolation-program.ts";
import { addTenantCommands } from "./tenant-program.ts";
import { packageVersion } from "./version.ts";

/** Connects the commands to the process. */
export interface Runner {
  readonly interrupts: readonly AbortSignal[];
  /** Receives the exit code: atoll's, or that of the Pulumi CLI for `atoll pulumi`. */
  ended(code: number): void;
}

/** The whole command line. Parsing throws CommanderError instead of ending the process. */
export function buildProgram(runner: Runner): Command {
  const program = new Command("atoll")
    .description(
      "Build, rehearse and check a multi-cloud SaaS platform: environments, their cells, and the policies on both.",
    )
    .version(packageVersion(), "-V, --version", "print the version")
    .enablePositionalOptions()
    .exitOverride()
    // The caller shows errors, as text or as JSON.
    .configureOutput({ writeErr: () => undefined })
    .showSuggestionAfterError()
    .addHelpText("after", overview);

  const command = (
    name: string,
    description: string,
    examples: readonly string[],
    parent: Command = program,
  ) =>
    parent
      .command(name)
      .description(description)
      .exitOverride()
      .addHelpText("after", `\nExamples:\n${examples.map((line) => `  ${line}`).join("\n")}\n`)
      .option("--json", "print the result as JSON")
      .option("--debug", "show the engine's output and stack traces")
      .option("--no-color", "plain text, as NO_COLOR does");
  const run = async (options: OutputOptions, work: (io: Io) => Promise<number>) => {
    runner.ended(await work(standardIo(options, runner.interrupts)));
  };

  command("start", "rehearse the sample environment and show what is deployed", [
    "npx atoll start",
  ]).action((options) =>
    run(options, async (io) => (await import("./commands/start.ts")).start(io)),
  );

  command("init", "create a footprint repository in an empty folder", [
    "npx atoll init --clouds aws,gcp",
    "npx atoll init footprint --name acme-footprint --env staging --clouds onprem",
  ])
    .argument("[folder]", "the folder; by default the working directory")
    .option("--name <name>", "name of the Pulumi project; by default the folder's name")
    .option("--env <environment>", "name of the first environment", "prod")
    .addOption(
      new Option("--clouds <clouds>", `clouds of its first cells: ${clouds.join(", ")}`)
        .argParser(cloudList)
        .default(["aws"], "aws"),
    )
    .action((folder: string | undefined, options) =>
      run(options, async (io) =>
        (await import("./commands/init.ts")).init(io, {
          ...(folder === undefined ? {} : { folder }),
          ...options,
        }),
      ),
    );

  command("doctor", "report what is missing on this machine and how to fix it", [
    "npx atoll doctor",
    "npx atoll doctor prod --online",
  ])
    .argument("[environment]", "check what this environment needs; by default all")
    .option("--online", "also check with the clouds whether credentials are valid")
    .action((environment: string | undefined, options) =>
      run(options, async (io) =>
        (await import("./commands/doctor.ts")).doctor(io, { environment, ...options }),
      ),
    );

  command("preview", "show what up would change, and check the policies", [
    "npx atoll preview local",
    "npx atoll preview prod.aws-use1           # one cell",
    "npx atoll preview prod --rehearse         # on the embedded cloud",
    "npx atoll preview prod --refresh          # also show drift",
    "npx atoll preview prod --format markdown  # for a pull request comment",
  ])
    .argument("<environment[.stack]>", stackArgument)
    .option("--rehearse", "use the embedded cloud, whatever the target")
    .option("-y, --yes", "create missing stacks in the backend without asking")
    .option("--refresh", "show drift: how the clouds differ from the state")
    .option("--tenants [conditions]", tenantsOption)
    .option("--expect-no-changes", "with --tenants: fail if anything differs, for jobs")
    .addOption(
      new Option("--format <format>", "format of the report")
        .choices(["text", "markdown", "json"])
        .default("text"),
    )
    .addOption(atOnce())
    .action((asked: string, options) =>
      run({ ...options, json: options.json || options.format === "json" }, async (io) =>
        options.tenants === undefined
          ? (await import("./commands/up.ts")).preview(io, { asked, ...options })
          : (await import("./commands/fleet.ts")).runFleet(io, "preview", { asked, ...options }),
      ),
    );

  command("up", "deploy an environment, its cells and their tenants; or one of them alone", [
    "npx atoll up local",
    "npx atoll up prod                # on real clouds: shows the plan and asks",
    "npx atoll up prod --yes          # without asking, for CI",
    "npx atoll up prod.aws-use1       # one cell of a deployed environment",
    "npx atoll up prod.acme           # one tenant",
    "npx atoll up prod --tenants      # all tenants, in waves; tier=basic selects",
    "npx atoll up prod --rehearse     # on the embedded cloud",
    "npx atoll up prod --refresh      # also reverts drift",
  ])
    .argument("<environment[.stack]>", stackArgument)
    .option("--rehearse", "use the embedded cloud, whatever the target")
    .option("-y, --yes", "do not ask")
    .option("--refresh", "compare the state with the clouds first, and revert drift")
    .option("--tenants [conditions]", tenantsOption)
    .option("--all", "with --tenants: also what the last, unfinished run has done")
    .addOption(stopAt())
    .addOption(atOnce())
    .action((asked: string, options) =>
      run(options, async (io) =>
        options.tenants === undefined
          ? (await import("./commands/up.ts")).up(io, { asked, ...options })
          : (await import("./commands/fleet.ts")).runFleet(io, "up", { asked, ...options }),
      ),
    );

  command("destroy", "delete an environment, its cells first; or one cell alone", [
    "npx atoll destroy local --yes",
    "npx atoll destroy local.aws-use1           # one cell, unless another refers to it",
    "npx atoll destroy prod --lift-protection   # a permanent environment",
  ])
    .argument("<environment[.stack]>", stackArgument)
    .option("--rehearse", "use the embedded cloud, whatever the target")
    .option("-y, --yes", "do not ask")
    .option("--lift-protection", "turn off the deletion protection of a permanent environment")
    .addOption(atOnce())
    .action((asked: string, options) =>
      run(options, async (io) =>
        (await import("./commands/destroy.ts")).destroy(io, { asked, ...options }),
      ),
    );

  command("check", "check policies and isolation on a temporary embedded cloud, for CI", [
    "npx atoll check local",
    "npx atoll check local.aws-use1",
    "npx atoll check local --format sarif --out atoll.sarif",
  ])
    .argument("<environment[.stack]>", stackArgument)
    .addOption(
      new Option("--format <format>", "format of the report")
        .choices(["text", "json", "sarif", "junit"])
        .default("text"),
    )
    .option("--out <file>", "write the report to a file")
    .addOption(atOnce())
    .action((asked: string, options) =>
      run(options, async (io) =>
        (await import("./commands/check.ts")).check(io, { asked, ...options }),
      ),
    );

  addTenantCommands(command, run);
  addIsolationCommands(command, run);
  addFleetCommands(command, run, atOnce);

  addCapacityCommands(command, run);

  command("plan-failover", "write the runbook for failover between cells, and for failback", [
    "npx atoll plan-failover aws-use1 aws-usw2",
    "npx atoll plan-failover aws-use1 aws-usw2 --env prod --output failover.md",
    "npx atoll plan-failover aws-use1 aws-usw2 --lost   # the cell is unreachable",
  ])
    .argument("<from>", "the cell to fail over from")
    .argument("<to>", "the cell to fail over to")
    .option("--env <environment>", "their environment, where there are several")
    .option("--lost", "use no command on the cell to fail over from")
    .option("--output <file>", "write the runbook to a file")
    .action((from: string, to: string, options) =>
      run(options, async (io) =>
        (await import("./commands/plan-failover.ts")).planFailoverOf(io, { from, to, ...options }),
      ),
    );

  command("import", "print the commands and file to import existing resources", [
    "npx atoll import prod.aws-use1   # list the resources that the stack would create",
    "npx atoll import prod.aws-use1 network=vpc-0a1b2c3d4e5f60718 --file import.json",
    "npx atoll import prod.aws-use1 aws:s3/bucket:Bucket::object-store-invoices=acme-invoices --file import.json",
  ])
    .argument("<stack>", "the stack of an environment or a cell")
    .argument(
      "[resources...]",
      "<name>=<id>, or <type>::<name>=<id> where several types share a name",
    )
    .option("--file <file>", "write Pulumi's import file")
    .option("--rehearse", "use the embedded cloud, whatever the target")
    .action((stack: string, resources: string[], options) =>
      run(options, async (io) =>
        (await import("./commands/import.ts")).importResources(io, {
          stack,
          resources,
          ...options,
        }),
      ),
    );

  command(
    "schema",
    "write the JSON Schemas of the config files, with the repository's own sections",
    ["npx atoll schema"],
  ).action((options) =>
    run(options, async (io) => (await import("./commands/schema.ts")).schema(io)),
  );

  command("env", "print the variables with which plain Pulumi uses the embedded cloud", [
    'eval "$(npx atoll env)" && pulumi preview -s local.aws-use1',
    "npx atoll env local --shell fish | source",
    "npx atoll env --stop",
  ])
    .argument("[environment[.stack]]", "the environment of the rehearsal", "local")
    .addOption(
      new Option("--shell <shell>", "syntax of the output")
        .choices(["sh", "fish", "powershell"])
        .default("sh"),
    )
    .option("--stop", "stop the background server")
    .action((asked: string, options) =>
      run(options, async (io) =>
        (await import("./commands/env.ts")).env(io, { asked, ...options }),
      ),
    );

  command("pulumi", "run the Pulumi CLI, set up for the stack that its arguments name", [
    "npx atoll pulumi -- preview -s local.aws-use1",
    "npx atoll pulumi -- stack output -s local --json",
  ])
    .argument("[args...]", "arguments of the Pulumi CLI")
    .option("--rehearse", "use the embedded cloud, whatever the target")
    .passThroughOptions()
    .allowUnknownOption()
    .action((args: string[], options) =>
      run(options, async (io) =>
        (await import("./commands/pulumi.ts")).pulumi(io, { args, ...options }),
      ),
    );

  return program;
}

export { CommanderError };

function cloudList(text: string): Cloud[] {
  const names = [...new Set(text.split(",").map((name) => name.trim()))];
  const known = names.flatMap((name) => clouds.filter((cloud) => cloud === name));
  if (known.length < names.length)
    throw new InvalidArgumentError(`must be a comma-separated list of ${clouds.join(", ")}`);
  return known;
}

const stackArgument =
  "an environment, such as prod, or one of its cells or tenants: prod.aws-use1, prod.acme";

const tenantsOption = "only its tenants, in waves; all, or those with tier=basic,ring=0|1";

function stopAt(): Option {
  return new Option(
    "--stop-at <percent>",
    "with --tenants: start no further wave if more of one failed; by default 10",
  ).argParser((text) => {
    const number = Number(text);
    if (Number.isFinite(number) && number >= 0 && number <= 100) return number;
    throw new InvalidArgumentError("must be a number from 0 to 100");
  });
}

function atOnce(): Option {
  return new Option("--at-once <number>", "how many stacks to run at the same time").argParser(
    (text) => {
      const number = Number(text);
      if (!Number.isInteger(number) || number < 1)
        throw new InvalidArgumentError("must be a whole number from 1");
      return number;
    },
  );
}

const overview = `
Start here:
  npx atoll start                  rehearse the sample; changes nothing real
  npx atoll check local            check the policies, as in CI
  npx atoll up prod --rehearse     deploy any environment to the embedded cloud
  npx atoll doctor                 check this machine
  npx atoll init                   create a repository for your own footprint

Exit codes: 0 success, 1 failure, 2 wrong use or invalid input, 3 policies violated.
`;
