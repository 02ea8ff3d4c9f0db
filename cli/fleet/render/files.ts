/** The files of a rendered fleet, by path. The same footprint and settings give the same files. */
import { stringify } from "yaml";
import type { Footprint } from "../../../footprint/model.ts";
import { access, fleetNamespace } from "./access.ts";
import { applicationSet, appProject, argoValues, operatorValues, platformRing } from "./argo.ts";
import { dockerfile, dockerignore } from "./image.ts";
import { driftJobs, healerJob } from "./jobs.ts";
import { type FleetSettings, objectName, planFleet } from "./plan.ts";
import { readme } from "./readme.ts";
import { gateStack, tenantStack } from "./stacks.ts";

/** The first line of every file: the next rendering may replace and delete files that have it. */
export const mark = "Rendered by atoll fleet render; changes are lost.";

/** The folder below `rings/platform` with what all tenants need. */
const shared = "shared";

export function fleetFiles(
  footprint: Footprint,
  settings: FleetSettings,
): ReadonlyMap<string, string> {
  const plan = planFleet(footprint);
  const shard = (ring: string, cell: string): [string, string] => [
    `shards/${ring}-${cell}.json`,
    `${JSON.stringify({ rendered: mark, ring, cell }, null, 2)}\n`,
  ];
  const platform = `rings/${platformRing}/${shared}`;
  return new Map([
    ["README.md", `<!-- ${mark} -->\n${readme(plan, settings)}`],
    // A syntax directive must be the first line of a Dockerfile.
    [
      "Dockerfile",
      dockerfile(footprint.cells.map(({ cloud }) => cloud)).replace("\n", `\n# ${mark}\n`),
    ],
    ["Dockerfile.dockerignore", `# ${mark}\n${dockerignore(settings.folder)}`],
    ["operator-values.yaml", `# ${mark}\n${operatorValues(settings)}`],
    ["argo-cd-values.yaml", `# ${mark}\n${argoValues()}`],
    ["admin/access.yaml", yaml([fleetNamespace(plan), ...access(plan, settings)])],
    ["admin/argo-cd.yaml", yaml([appProject(plan, settings), applicationSet(plan, settings)])],
    shard(platformRing, shared),
    [`${platform}/gates.yaml`, yaml(plan.gates.map((gate) => gateStack(plan, settings, gate)))],
    [`${platform}/jobs.yaml`, yaml([...driftJobs(plan, settings), healerJob(plan, settings)])],
    ...plan.shards.flatMap(({ ring, cell, tenants }): [string, string][] => [
      shard(String(ring), cell),
      ...tenants.map((tenant): [string, string] => [
        `rings/${ring}/${cell}/${objectName(tenant.stack)}.yaml`,
        yaml([tenantStack(plan, settings, tenant)]),
      ]),
    ]),
  ]);
}

/** Comments in Stacks, by the field that they explain. */
const reasons: Readonly<Record<string, string>> = {
  continueResyncOnCommitMatch:
    "A resync is an update without a refresh: it follows what the cell publishes.",
  destroyOnFinalize:
    "A wrong commit deletes Stacks as well. Tenants are removed with atoll tenant, which proves it.",
  preview: "The fleet never changes an environment or a cell.",
  refresh: "Drift is reported by previews, and not reverted unseen.",
  workspaceReclaimPolicy: "Otherwise each stack keeps a StatefulSet and its pod.",
};

function yaml(objects: readonly unknown[]): string {
  const documents = objects.map((object) =>
    stringify(object, { aliasDuplicateObjects: false }).replace(
      /^ {2}(\w+):/gm,
      (line, field: string) => (reasons[field] ? `  # ${reasons[field]}\n${line}` : line),
    ),
  );
  return `# ${mark}\n${documents.join("---\n")}`;
}
