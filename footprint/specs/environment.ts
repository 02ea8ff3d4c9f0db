/** From an environment's manifest to the specs of its components: each section is combined with the cells and claims. */

import type { Problem } from "../../components/core/errors.ts";
import { frameworkIds } from "../../components/core/frameworks.ts";
import { nameSchema } from "../../components/core/stack-name.ts";
import { awsDeployersSpec, gcpDeployersSpec } from "../../components/identity/deployers-schema.ts";
import { connectivityFindings } from "../across/connectivity.ts";
import { signInProblems } from "../across/credentials.ts";
import { namesFindings } from "../across/names.ts";
import { peopleFindings } from "../across/people.ts";
import { tagProblems } from "../across/tags.ts";
import { environmentSchema } from "../manifest/environment.ts";
import type {
  CellsRead,
  DeployerSpecs,
  EnvironmentManifest,
  EnvironmentSections,
  EnvironmentSpecs,
  Targets,
} from "../model.ts";
import { auditSpecs } from "./audit.ts";
import { budgetSpecs } from "./budget.ts";
import { checkEntry, eachOf, unknownEntries } from "./entries.ts";
import { environmentLogs, logProblems } from "./log-retention.ts";
import { numberProblems, targetsOf } from "./targets.ts";

/** The specs of an environment's components. Adds problems to `problems`; the specs are then incomplete. */
export function environmentSpecs(
  sections: EnvironmentSections,
  cells: CellsRead,
  file: string,
  problems: Problem[],
): EnvironmentSpecs {
  const { audit, budget, deployers } = sections;
  const targets = targetsOf(cells.placed);
  const found = [
    ...numberProblems(cells.placed),
    ...unknownTargets(sections, targets, cells, file),
  ];
  const specs = {
    targets,
    audit: auditSpecs(sections, targets, file, found),
    budget: budgetSpecs(budget, targets, cells.placed, file, found),
    deployers: deployerSpecs(deployers, targets, file, found),
  };
  found.push(
    ...connectivityFindings(sections.connectivity, cells, file),
    ...namesFindings(sections, cells, file),
    ...peopleFindings(sections.people, cells, file),
    ...signInProblems(sections.credentials, cells.placed),
    ...tagProblems(sections.tags, cells.placed),
    ...logProblems(sections, environmentLogs, sections.frameworks).map((problem) => ({
      ...problem,
      path: `${file}: ${problem.path}`,
    })),
  );
  if (audit.onprem !== undefined && !targets.sites && isComplete(cells)) {
    found.push({
      path: `${file}: audit.onprem`,
      message: "must be omitted: no cell is on-premises",
    });
  }
  // A problem in a section's shared setting is found in each of its entries: report it once.
  problems.push(...new Map(found.map((it) => [`${it.path}\n${it.message}`, it])).values());
  return specs;
}

function deployerSpecs(
  { accounts, projects }: EnvironmentManifest["deployers"],
  targets: Targets,
  file: string,
  problems: Problem[],
): DeployerSpecs {
  return {
    accounts: eachOf(accounts, (account, settings) => {
      if (targets.accounts[account] === undefined) return undefined;
      const place = { file, at: ["deployers", "accounts", account] };
      return checkEntry(awsDeployersSpec, { ...settings, cloud: "aws", account }, place, problems);
    }),
    projects: eachOf(projects, (project, settings) => {
      const known = targets.projects[project];
      if (known === undefined) return undefined;
      const { projectNumber } = known;
      const place = { file, at: ["deployers", "projects", project] };
      const data = { ...settings, cloud: "gcp", project, projectNumber };
      return checkEntry(gcpDeployersSpec, data, place, problems);
    }),
  };
}

/** Entries for accounts, projects and cells that the environment does not have. */
function unknownTargets(
  { audit, budget, connectivity, credentials, deployers, keys }: EnvironmentSections,
  targets: Targets,
  cells: CellsRead,
  file: string,
): Problem[] {
  // The entry may refer to a cell whose own name is invalid.
  const ofCells = cells.names.every((name) => nameSchema.safeParse(name).success)
    ? unknownEntries(
        budget.cells,
        cells.names,
        { file, at: ["budget", "cells"] },
        "no such cell in the environment",
      )
    : [];
  // The location of a cell that could not be read is unknown.
  if (!isComplete(cells)) return ofCells;
  const sections = { audit, budget, credentials, deployers };
  const ofTargets = Object.entries(sections).flatMap(([section, { accounts, projects }]) => [
    ...unknownEntries(
      accounts,
      Object.keys(targets.accounts),
      { file, at: [section, "accounts"] },
      "no cell of the environment is in this account",
    ),
    ...unknownEntries(
      projects,
      // Google's hub may be in a separate project.
      section === "credentials"
        ? [...Object.keys(targets.projects), ...hubProjects(connectivity)]
        : Object.keys(targets.projects),
      { file, at: [section, "projects"] },
      "no cell of the environment is in this project",
    ),
  ]);
  return [...ofCells, ...ofTargets, ...unknownKeyTargets(keys, targets, file)];
}

/** Existing keys of accounts, projects and regions that the environment does not have. */
function unknownKeyTargets(
  { existing }: EnvironmentSections["keys"],
  targets: Targets,
  file: string,
): Problem[] {
  if (existing === undefined) return [];
  return (["accounts", "projects"] as const).flatMap((kind) => {
    const at = ["keys", "existing", kind];
    const known = targets[kind];
    const what = kind === "accounts" ? "account" : "project";
    const message = `no cell of the environment is in this ${what}`;
    return [
      ...unknownEntries(existing[kind], Object.keys(known), { file, at }, message),
      ...Object.entries(existing[kind]).flatMap(([name, regions]) => {
        const { regions: used } = known[name] ?? {};
        if (used === undefined) return [];
        const message = `no cell of the environment is in this region of the ${what}`;
        return unknownEntries(regions, used, { file, at: [...at, name] }, message);
      }),
    ];
  });
}

function hubProjects(connectivity: EnvironmentSections["connectivity"]): string[] {
  return connectivity?.googleHub ? [connectivity.googleHub.project] : [];
}

function isComplete({ names, placed }: CellsRead): boolean {
  return names.length === placed.length;
}

/** The valid sections of an invalid manifest, so that all problems are reported at once. Invalid sections count as omitted. */
export function validSections(manifest: Readonly<Record<string, unknown>>): EnvironmentSections {
  const { lifetime, audit, budget, connectivity, credentials } = environmentSchema.shape;
  const { deployers, dns, keys, people, addressSpace, tags } = environmentSchema.shape;
  const space = addressSpace.safeParse(manifest.addressSpace).data;
  const domain = dns.safeParse(manifest.dns);
  const claimed = Array.isArray(manifest.frameworks) ? manifest.frameworks : [];
  return {
    lifetime: lifetime.safeParse(manifest.lifetime).data ?? "permanent",
    frameworks: frameworkIds.filter((framework) => claimed.includes(framework)),
    audit: audit.safeParse(manifest.audit).data ?? audit.parse(undefined),
    budget: budget.safeParse(manifest.budget).data ?? budget.parse(undefined),
    connectivity: connectivity.safeParse(manifest.connectivity).data,
    credentials: credentials.safeParse(manifest.credentials).data ?? credentials.parse(undefined),
    deployers: deployers.safeParse(manifest.deployers).data ?? deployers.parse(undefined),
    dns: domain.data,
    keys: keys.safeParse(manifest.keys).data ?? keys.parse(undefined),
    tags: tags.safeParse(manifest.tags).data ?? {},
    people: people.safeParse(manifest.people).data,
    // Names and address space are checked together, or not at all.
    ...(space && domain.success && { addressSpace: space }),
  };
}
