/** What can be typed: commands, flags and examples. Each command's code is loaded only when it is run. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { type Cloud, clouds } from "../components/core/cloud.ts";
import { type Io, type OutputOptions, standardIo } from "./io.ts";
import { packageVersion } from "./version.ts";

/** Runs a command and keeps its exit code; the interrupts come from whoever owns the process's signals. */
export interface Runner {
  readonly interrupts: readonly AbortSignal[];
  /** The exit code: one of atoll's own, or Pulumi's where it was handed the terminal. */
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
    // What is wrong is shown by whoever catches the error, as text or as JSON.
    .configureOutput({ writeErr: () => undefined })
    .showSuggestionAfterError()
    .addHelpText("after", overview);

  const command = (name: string, description: string, examples: readonly string[]) =>
    program
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

  command("start", "rehearse the sample environment and show what stands", [
    "npx atoll start",
  ]).action((options) =>
    run(options, async (io) => (await import("./commands/start.ts")).start(io)),
  );

  command("init", "write a footprint repository into an empty folder", [
    "npx atoll init --clouds aws,gcp",
    "npx atoll init footprint --name acme-footprint --env staging --clouds onprem",
  ])
    .argument("[folder]", "where to write it; the working directory by default")
    .option("--name <name>", "Pulumi's name of the project; the folder's by default")
    .option("--env <environment>", "the first environment", "prod")
    .addOption(
      new Option("--clouds <clouds>", `the clouds of its first cells: ${clouds.join(", ")}`)
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

  command("doctor", "say what is missing on this machine, and the cure", [
    "npx atoll doctor",
    "npx atoll doctor prod --online",
  ])
    .argument("[environment]", "look at what this environment needs as well")
    .option("--online", "also ask the clouds whether the credentials are valid")
    .action((environment: string | undefined, options) =>
      run(options, async (io) =>
        (await import("./commands/doctor.ts")).doctor(io, { environment, ...options }),
      ),
    );

  command("preview", "show what up would change, with the policies on", [
    "npx atoll preview local",
    "npx atoll preview prod.aws-use1           # one cell",
    "npx atoll preview prod --rehearse         # on the embedded cloud, whatever its target",
    "npx atoll preview prod --refresh          # with what was changed in the clouds by hand",
    "npx atoll preview prod --format markdown  # a comment for a pull request",
  ])
    .argument("<environment[.cell]>", stackArgument)
    .option("--rehearse", "use the embedded cloud")
    .option("-y, --yes", "make missing stacks in the backend without asking")
    .option("--refresh", "show what differs in the clouds from the state")
    .addOption(
      new Option("--format <format>", "how to report")
        .choices(["text", "markdown", "json"])
        .default("text"),
    )
    .addOption(atOnce())
    .action((asked: string, options) =>
      run({ ...options, json: options.json || options.format === "json" }, async (io) =>
        (await import("./commands/up.ts")).preview(io, { asked, ...options }),
      ),
    );

  command("up", "bring an environment up: its own stack, then its cells; or one cell alone", [
    "npx atoll up local",
    "npx atoll up prod                # on real clouds: shows what is planned, and asks",
    "npx atoll up prod --yes          # without asking, for CI",
    "npx atoll up prod.aws-use1       # one cell; its environment has to be up",
    "npx atoll up prod --rehearse     # on the embedded cloud, whatever its target",
    "npx atoll up prod --refresh      # takes note of what was changed by hand, and puts it right",
  ])
    .argument("<environment[.cell]>", stackArgument)
    .option("--rehearse", "use the embedded cloud")
    .option("-y, --yes", "do not ask")
    .option("--refresh", "compare the state with the clouds first")
    .addOption(atOnce())
    .action((asked: string, options) =>
      run(options, async (io) => (await import("./commands/up.ts")).up(io, { asked, ...options })),
    );

  command("destroy", "take an environment down: its cells, then its own stack; or one cell alone", [
    "npx atoll destroy local --yes",
    "npx atoll destroy local.aws-use1           # one cell, while no other refers to it",
    "npx atoll destroy prod --lift-protection   # permanent environments are protected",
  ])
    .argument("<environment[.cell]>", stackArgument)
    .option("--rehearse", "use the embedded cloud")
    .option("-y, --yes", "do not ask")
    .option("--lift-protection", "take deletion protection off a permanent environment first")
    .addOption(atOnce())
    .action((asked: string, options) =>
      run(options, async (io) =>
        (await import("./commands/destroy.ts")).destroy(io, { asked, ...options }),
      ),
    );

  command("check", "check the policies without deploying, on an embedded cloud of its own", [
    "npx atoll check local",
    "npx atoll check local.aws-use1",
    "npx atoll check local --format sarif --out atoll.sarif",
  ])
    .argument("<environment[.cell]>", stackArgument)
    .addOption(
      new Option("--format <format>", "how to report")
        .choices(["text", "json", "sarif", "junit"])
        .default("text"),
    )
    .option("--out <file>", "write the report there instead of standard output")
    .addOption(atOnce())
    .action((asked: string, options) =>
      run(options, async (io) =>
        (await import("./commands/check.ts")).check(io, { asked, ...options }),
      ),
    );

  command("plan-failover", "write the runbook for leaving a cell, and for coming back", [
    "npx atoll plan-failover aws-use1 aws-usw2",
    "npx atoll plan-failover aws-use1 aws-usw2 --env prod --output failover.md",
    "npx atoll plan-failover aws-use1 aws-usw2 --lost   # when the cell does not answer any more",
  ])
    .argument("<from>", "the cell to leave")
    .argument("<to>", "the cell that takes over")
    .option("--env <environment>", "the environment of both, where there are several")
    .option("--lost", "touch nothing of the cell to leave")
    .option("--output <file>", "write the runbook there instead of standard output")
    .action((from: string, to: string, options) =>
      run(options, async (io) =>
        (await import("./commands/plan-failover.ts")).planFailoverOf(io, { from, to, ...options }),
      ),
    );

  command("import", "print what Pulumi needs to take over resources that exist already", [
    "npx atoll import prod.aws-use1   # what the stack would create, by name",
    "npx atoll import prod.aws-use1 network=vpc-0a1b2c3d4e5f60718 --file import.json",
    "npx atoll import prod.aws-use1 aws:s3/bucket:Bucket::object-store-invoices=acme-invoices --file import.json",
  ])
    .argument("<stack>", "the environment's or the cell's stack")
    .argument(
      "[resources...]",
      "<name>=<id>, or <type>::<name>=<id> where several types share a name",
    )
    .option("--file <file>", "write Pulumi's import file there instead of standard output")
    .option("--rehearse", "use the embedded cloud")
    .action((stack: string, resources: string[], options) =>
      run(options, async (io) =>
        (await import("./commands/import.ts")).importResources(io, {
          stack,
          resources,
          ...options,
        }),
      ),
    );

  command("env", "print what plain Pulumi needs to use the embedded cloud", [
    'eval "$(npx atoll env)" && pulumi preview -s local.aws-use1',
    "npx atoll env local --shell fish | source",
    "npx atoll env --stop",
  ])
    .argument("[environment[.cell]]", "whose rehearsal", "local")
    .addOption(
      new Option("--shell <shell>", "syntax of the output")
        .choices(["sh", "fish", "powershell"])
        .default("sh"),
    )
    .option("--stop", "end the background server")
    .action((asked: string, options) =>
      run(options, async (io) =>
        (await import("./commands/env.ts")).env(io, { asked, ...options }),
      ),
    );

  command("pulumi", "run the Pulumi CLI, prepared for the stack that its arguments name", [
    "npx atoll pulumi -- preview -s local.aws-use1",
    "npx atoll pulumi -- stack output -s local --json",
  ])
    .argument("[args...]", "what Pulumi is given")
    .option("--rehearse", "use the embedded cloud")
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
    throw new InvalidArgumentError(
      `must be some of ${clouds.join(", ")}, with commas between them`,
    );
  return known;
}

const stackArgument = "an environment, such as prod, or one of its cells: prod.aws-use1";

function atOnce(): Option {
  return new Option("--at-once <number>", "how many stacks to run at once").argParser((text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1)
      throw new InvalidArgumentError("must be a whole number from 1");
    return number;
  });
}

const overview = `
Start here:
  npx atoll start                  rehearse the sample footprint; nothing real is touched
  npx atoll check local            the policies, without deploying
  npx atoll up prod --rehearse     any environment, on the embedded cloud
  npx atoll doctor                 what is missing on this machine

Exit codes: 0 done, 1 failed, 2 wrong use or bad input, 3 policies violated.
`;
