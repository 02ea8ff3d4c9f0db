/** The physical names of an environment and its cells that are unique in an account or project, as far as manifests are valid. Pure. */
import { auditBuckets } from "../../components/audit/archive-names.ts";
import type { NameKind } from "../../components/core/naming.ts";
import type { PlannedName } from "../../components/core/place.ts";
import { issuerOf, purposeOf } from "../../components/identity/subjects.ts";
import { purposes } from "../../components/keys/schema.ts";
import type { SectionCell } from "../../components/section/cell.ts";
import { componentName, type Section } from "../../components/section/section.ts";
import type { EnvironmentSettings, PlacedCell } from "../model.ts";
import { instancesOf } from "../specs/instances.ts";
import { targetsOf } from "../specs/targets.ts";
import type { ReadFootprint } from "./singletons.ts";

/** A planned name with the stack that it belongs to, and the account or project that it is unique in. */
export interface StackName extends PlannedName {
  readonly stack: string;
  /** `account 111122223333`, `project acme-prod` */
  readonly owner: string;
  /** The region of a cell. */
  readonly region?: string;
}

export function plannedNames(read: ReadFootprint, registry: readonly Section[]): StackName[] {
  return [...ofEnvironment(read), ...read.cells.flatMap((cell) => ofCell(cell, read, registry))];
}

function ofCell(
  cell: PlacedCell,
  { cells }: ReadFootprint,
  registry: readonly Section[],
): StackName[] {
  return instancesOf(registry, cell.sections).flatMap(({ section, key, path, written }) => {
    const names = section.names?.(written, cell, componentName(section, key)) ?? [];
    return names.flatMap((name): StackName[] => {
      const place = cells.find((other) => other.name === name.cell) ?? cell;
      const owner = ownerOf(place) ?? federatedOwner(name.kind, cell, cells);
      if (owner === undefined) return [];
      const below = name.path === undefined ? {} : { path: `${path}.${name.path}` };
      const region = place.cloud === "onprem" ? {} : { region: place.region };
      return [{ ...name, ...below, ...region, stack: cell.stack, owner }];
    });
  });
}

/** Undefined on-premises: names are then those of the site's own cluster. */
function ownerOf(cell: SectionCell): string | undefined {
  switch (cell.cloud) {
    case "aws":
      return accountOwner(cell.account);
    case "gcp":
      return projectOwner(cell.project);
    case "onprem":
      return undefined;
  }
}

/** The identities of on-premises workloads are in the account or project of the cell that the manifest refers to. */
function federatedOwner(
  kind: NameKind,
  { sections: { identity } }: PlacedCell,
  cells: readonly PlacedCell[],
): string | undefined {
  const into = kind === "iam-role" ? "aws" : "gcp";
  const written = identity?.[into] as { readonly cell?: unknown } | null | undefined;
  const target = cells.find(({ name, cloud }) => cloud === into && name === written?.cell);
  return target && ownerOf(target);
}

function accountOwner(account: string): string {
  return `account ${account}`;
}

function projectOwner(project: string): string {
  return `project ${project}`;
}

function ofEnvironment({ name, sections, cells }: ReadFootprint): StackName[] {
  const { accounts, projects } = targetsOf(cells);
  const named = (owner: string) => (kind: NameKind, key: readonly string[], path?: string) => ({
    kind,
    parts: [name, ...key],
    stack: name,
    owner,
    ...(path && { path }),
  });
  return [
    ...Object.entries(accounts).flatMap(([account, { regions }]): StackName[] => {
      const of = named(accountOwner(account));
      const deployers = sections.deployers.accounts[account]?.deployers ?? {};
      return [
        ...Object.values(auditBuckets).map((key) => of("s3-bucket", [key, account])),
        ...[...purposes, "audit"].map((purpose) => of("kms-alias", [purpose])),
        ...(sections.connectivity ? regions : []).map((region) =>
          of("iam-role", ["transit-flow-logs", region]),
        ),
        ...Object.keys(deployers).map((key) =>
          of("iam-role", ["deploy", key], `deployers.accounts.${account}.deployers.${key}`),
        ),
      ];
    }),
    ...Object.keys(projects).flatMap((project): StackName[] => {
      const of = named(projectOwner(project));
      const deployers = Object.values(sections.deployers.projects[project]?.deployers ?? {});
      const pools = new Set(deployers.map(({ from }) => purposeOf(issuerOf(from))));
      return [
        of("gcs-bucket", [auditBuckets.trail, project]),
        ...[...pools].map((purpose) => of("workload-identity-pool", [purpose])),
      ];
    }),
    ...hubNames(sections, cells, name),
  ];
}

/** Names in the project of Google's hub: the networks of tunnels and resolvers, and a zone for each cell in another place. */
function hubNames(
  { connectivity, dns }: Pick<EnvironmentSettings, "connectivity" | "dns">,
  cells: readonly PlacedCell[],
  name: string,
): StackName[] {
  const first = cells.find((cell) => cell.cloud === "gcp");
  const project = connectivity?.googleHub?.project ?? first?.project;
  if (connectivity === undefined || project === undefined) return [];
  const common = { stack: name, owner: projectOwner(project) };
  return [
    ...["hub", ...(dns ? ["resolvers"] : [])].map((key) => ({
      ...common,
      kind: "gcp-compute" as const,
      parts: [name, key],
    })),
    ...(dns ? cells : []).map((cell) => ({
      ...common,
      kind: "dns-zone" as const,
      parts: [name, "to", cell.name],
    })),
  ];
}
