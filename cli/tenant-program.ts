/** The commands on tenants. */
import type { Command } from "commander";
import type { Io, OutputOptions } from "./io.ts";

/** Adds a command with its examples and the options of all commands. */
export type Define = (
  name: string,
  description: string,
  examples: readonly string[],
  parent?: Command,
) => Command;

export type Run = (options: OutputOptions, work: (io: Io) => Promise<number>) => Promise<void>;

export function addTenantCommands(define: Define, run: Run): void {
  const tenant = define("tenant", "create, list, change and remove tenants", [
    "npx atoll tenant new acme --env prod --cell aws-use1 --tier basic",
    "npx atoll tenant list prod --select tier=basic",
    "npx atoll tenant show prod.acme",
  ]);
  const deployed = (command: Command) =>
    command
      .option("--env <environment>", "the environment, where there are several")
      .option("--rehearse", "use the embedded cloud, whatever the target")
      .option("-y, --yes", "do not ask");

  deployed(
    define(
      "new",
      "write a tenant's config file and deploy the tenant",
      [
        "npx atoll tenant new acme --env prod --cell aws-use1 --tier basic",
        "npx atoll tenant new acme --cell gcp-euw1 --tier business --residency eu --hostname acme.app.example",
        "npx atoll tenant new acme --cell aws-use1 --tier basic --no-up   # the file only",
      ],
      tenant,
    ),
  )
    .argument("<id>", "its id: 3 to 20 lower case letters, digits and hyphens")
    .requiredOption("--cell <cell>", "the cell that it is on")
    .requiredOption("--tier <tier>", "a tier of the environment")
    .option("--hostname <hostname...>", "host names in the environment's domains")
    .option("--residency <jurisdiction>", "where its data must stay: eu, or a country such as us")
    .option("--no-up", "do not deploy it")
    .action((id: string, options) =>
      run(options, async (io) =>
        (await import("./commands/tenant/new.ts")).newTenant(io, { id, ...options }),
      ),
    );

  define(
    "list",
    "list the tenants of an environment",
    ["npx atoll tenant list prod", "npx atoll tenant list prod --select 'tier=basic,ring=0|1'"],
    tenant,
  )
    .argument("[environment]", "the environment, where there are several")
    .option("--select <conditions>", "only tenants with these fields: tier=basic,ring=0|1")
    .action((environment: string | undefined, options) =>
      run(options, async (io) =>
        (await import("./commands/tenant/list.ts")).listTenants(io, {
          ...(environment === undefined ? {} : { environment }),
          ...options,
        }),
      ),
    );

  define(
    "show",
    "show a tenant: its tier, what it has, and what it takes of its cells",
    ["npx atoll tenant show prod.acme", "npx atoll tenant show acme --env prod --json"],
    tenant,
  )
    .argument("<tenant>", tenantArgument)
    .option("--env <environment>", "the environment, where there are several")
    .action((name: string, options) =>
      run(options, async (io) =>
        (await import("./commands/tenant/list.ts")).showTenant(io, { tenant: name, ...options }),
      ),
    );

  for (const [name, state, description] of [
    ["suspend", "suspended", "stop a tenant's workloads and traffic, and keep its data"],
    ["resume", "active", "let a suspended tenant's workloads and traffic run again"],
  ] as const) {
    deployed(define(name, description, [`npx atoll tenant ${name} prod.acme`], tenant))
      .argument("<tenant>", tenantArgument)
      .action((id: string, options) =>
        run(options, async (io) =>
          (await import("./commands/tenant/state.ts")).setState(io, state, {
            tenant: id,
            ...options,
          }),
        ),
      );
  }

  deployed(
    define(
      "move",
      "move a tenant to another tier or cell: a plan with steps, which are done one by one",
      [
        "npx atoll tenant move acme --tier enterprise --plan",
        "npx atoll tenant move prod.acme --cell gcp-euw1",
        "npx atoll tenant move acme --continue --confirm copy-database",
        "npx atoll tenant move acme --continue --delete-old",
        "npx atoll tenant move acme --roll-back",
      ],
      tenant,
    ),
  )
    .argument("<tenant>", tenantArgument)
    .option("--tier <tier>", "the new tier")
    .option("--cell <cell>", "the new cell, in place of its first")
    .option("--plan", "print the plan only")
    .option("--continue", "go on with a move")
    .option("--roll-back", "go back to the old tier or cell")
    .option("--confirm <step...>", "steps that you did and verified")
    .option("--delete-old", "agree to the last step, which deletes what is left behind")
    .action((name: string, options) =>
      run(options, async (io) =>
        (await import("./commands/tenant/move.ts")).moveTenant(io, { tenant: name, ...options }),
      ),
    );

  deployed(
    define(
      "offboard",
      "export, revoke and destroy everything of a tenant, and write a signed certificate",
      [
        "npx atoll tenant offboard acme --plan",
        "npx atoll tenant offboard prod.acme --key signing.pem --exported",
        "openssl genpkey -algorithm ed25519 -out signing.pem   # a key to sign with",
      ],
      tenant,
    ),
  )
    .argument("<tenant>", tenantArgument)
    .option("--key <file>", "an Ed25519 private key in PEM, which signs the certificate")
    .option("-o, --output <file>", "the certificate's file")
    .option(
      "--exported",
      "the commands of the plan, exports and deletions of objects, are done and verified",
    )
    .option("--plan", "print the plan only")
    .action((name: string, options) =>
      run(options, async (io) =>
        (await import("./commands/tenant/offboard.ts")).offboard(io, { tenant: name, ...options }),
      ),
    );

  const certificate = define(
    "certificate",
    "certificates of tenants that left",
    ["npx atoll tenant certificate verify prod.acme.certificate.json --key signing.pub"],
    tenant,
  );
  define(
    "verify",
    "verify that a certificate is unchanged and signed with a key",
    ["npx atoll tenant certificate verify prod.acme.certificate.json --key signing.pub"],
    certificate,
  )
    .argument("<file>", "the certificate")
    .requiredOption("--key <file>", "the public key in PEM")
    .action((file: string, options) =>
      run(options, async (io) =>
        (await import("./commands/tenant/offboard.ts")).verifyCertificate(io, { file, ...options }),
      ),
    );

  define(
    "import",
    "write the config files of many tenants from a CSV or YAML file: all, or none",
    [
      "npx atoll tenant import tenants.csv --env prod --dry-run",
      "npx atoll tenant import tenants.yaml --env prod && npx atoll up prod --tenants",
    ],
    tenant,
  )
    .argument("<file>", "CSV with the columns id, tier, cell and others, or YAML with ids as keys")
    .option("--env <environment>", "the environment, where there are several")
    .option("--dry-run", "only check")
    .action((file: string, options) =>
      run(options, async (io) =>
        (await import("./commands/tenant/import.ts")).importTenants(io, { file, ...options }),
      ),
    );
}

const tenantArgument = "a tenant, such as prod.acme, or its id";
