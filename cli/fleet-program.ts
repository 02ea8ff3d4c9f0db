/** The commands on a fleet beyond one machine. */
import type { Option } from "commander";
import type { Define, Run } from "./tenant-program.ts";

const collected = (value: string, before: readonly string[] = []) => [...before, value];

/** @param atOnce the option with the number of stacks at the same time */
export function addFleetCommands(define: Define, run: Run, atOnce: () => Option): void {
  const fleet = define(
    "fleet",
    "run the tenants of an environment with the Pulumi Kubernetes Operator",
    ["npx atoll fleet render prod --image registry.example/footprint@sha256:..."],
  );

  define(
    "render",
    "write the operator's Stacks, their rights and jobs, the image's Dockerfile and the ApplicationSet of Argo CD",
    [
      "npx atoll fleet render prod",
      "npx atoll fleet render prod --image registry.example/footprint@sha256:... --repo https://git.example/footprint.git",
      "npx atoll fleet render prod --identity arn:aws:iam::111122223333:role/atoll-tenants",
    ],
    fleet,
  )
    .argument("<environment>", "the environment")
    .option("--out <folder>", "the folder; by default fleet/<environment> beside Pulumi.yaml")
    .option("--image <reference>", "the image with the footprint, best with its digest")
    .option("--repo <url>", "the repository that Argo CD reads; by default the remote origin")
    .option("--revision <revision>", "its branch or tag", "main")
    .option("--identity <reference>", "the cloud identity that changes tenants", collected)
    .option("--preview-identity <reference>", "the one that only reads the clouds", collected)
    .option("--backend-identity <reference>", "the one that only uses the backend", collected)
    .option("--force", "overwrite files that were not rendered")
    .addOption(atOnce())
    .action((environment: string, options) =>
      run(options, async (io) =>
        (await import("./commands/fleet-render.ts")).fleetRender(io, { environment, ...options }),
      ),
    );

  define(
    "heal",
    "in the operator's cluster: free stacks that a killed update left, and report those that need a person",
    ["npx atoll fleet heal prod --namespace atoll-fleet-prod"],
    fleet,
  )
    .argument("<environment>", "the environment")
    .requiredOption("--namespace <namespace>", "the namespace of its Stacks")
    .action((environment: string, options) =>
      run(options, async (io) =>
        (await import("./commands/fleet-heal.ts")).fleetHeal(io, { environment, ...options }),
      ),
    );
}
