/**
 * What an environment and its cells manage although an account, project, region or organisation has it once. Reads manifests as far
 * as they are valid. Pure.
 */
import type { Singleton } from "../../components/core/singleton.ts";
import { issuerOf } from "../../components/identity/subjects.ts";
import { peopleCell } from "../../components/people-access/environment-section.ts";
import { planPeople } from "../../components/people-access/plan.ts";
import {
  awsAccessEndpointSpecOf,
  gcpAccessLevelsSpecOf,
} from "../../components/people-access/specs.ts";
import { targetId } from "../../components/provider/target.ts";
import type { Section } from "../../components/section/section.ts";
import type { EnvironmentSettings, PlacedCell, Targets } from "../model.ts";
import { instancesOf } from "../specs/instances.ts";
import { targetsOf } from "../specs/targets.ts";

/** An environment as far as it could be read. */
export interface ReadFootprint {
  readonly name: string;
  readonly sections: EnvironmentSettings;
  /** The cells whose own fields are valid. */
  readonly cells: readonly PlacedCell[];
}

/** With the stack whose file declares it; the path is the one in its manifest. */
export interface Declared extends Singleton {
  readonly stack: string;
}

export function singletonsOf(read: ReadFootprint, registry: readonly Section[]): Declared[] {
  const { name, sections, cells } = read;
  const targets = targetsOf(cells);
  const ofEnvironment = [
    ...audits(sections, targets),
    ...deployers(sections, targets),
    ...costAllocationTags(sections, targets),
    ...accessLevels(read),
    ...clientDomains(read),
    ...existingZones(sections, cells),
  ];
  return [
    ...ofEnvironment.map((each) => ({ ...each, stack: name })),
    ...cells.flatMap((cell) =>
      [...ofSections(cell, registry), ...network(cell, sections), ...dashboards(cell)].map(
        (each) => ({ ...each, stack: cell.stack }),
      ),
    ),
  ];
}

function ofSections(cell: PlacedCell, registry: readonly Section[]): Singleton[] {
  return instancesOf(registry, cell.sections).flatMap(({ section, key, path, written }) => {
    // Further ones have other defaults, which do not claim what the main one manages.
    if (key !== undefined) return [];
    const found = section.singletons?.(written, cell) ?? [];
    return found.map((each) => ({ ...each, path: `${path}.${each.path}` }));
  });
}

function audits({ audit }: EnvironmentSettings, targets: Targets): Singleton[] {
  const accounts = Object.keys(targets.accounts).filter(
    (account) => audit.accounts[account]?.ownsAccount ?? true,
  );
  const projects = Object.keys(targets.projects).filter(
    (project) => audit.projects[project]?.ownsProject ?? true,
  );
  return [
    ...accounts.map((account) => ({
      id: `account-services/${account}`,
      path: `audit.accounts.${account}.ownsAccount`,
      what: `the account-level services of account ${account} (GuardDuty, Config, Security Hub, Access Analyzer, default EBS encryption, S3 Block Public Access)`,
      rule: "must be false in all environments of the account but one",
    })),
    ...projects.map((project) => ({
      id: `data-access-logs/${project}`,
      path: `audit.projects.${project}.ownsProject`,
      what: `the data access audit configuration of project ${project}`,
      rule: "must be false in all environments of the project but one",
    })),
    ...Object.keys(targets.projects).flatMap((project) => {
      const scope = audit.projects[project]?.guardrails;
      if (scope === undefined) return [];
      return {
        id: `organisation-policies/${scope}`,
        path: `audit.projects.${project}.guardrails`,
        what: `the organisation policies of ${scope}`,
        rule: "must be omitted in all environments but one",
      };
    }),
  ];
}

function deployers({ deployers: { accounts } }: EnvironmentSettings, targets: Targets) {
  return Object.keys(targets.accounts).flatMap((account): Singleton[] => {
    const settings = accounts[account];
    if (settings === undefined || settings.providers === "present") return [];
    const issuers = new Set(Object.values(settings.deployers).map(({ from }) => issuerOf(from)));
    return [...issuers].map((issuer) => ({
      id: `oidc-provider/${account}/${issuer}`,
      path: `deployers.accounts.${account}.providers`,
      what: `the OIDC provider of ${issuer} in account ${account}`,
      rule: 'must be "present" in all environments of the account but one',
    }));
  });
}

function costAllocationTags({ budget }: EnvironmentSettings, targets: Targets): Singleton[] {
  return Object.keys(targets.accounts)
    .filter((account) => budget.accounts[account]?.costAllocationTags === true)
    .map((account) => ({
      id: `cost-allocation-tags/${account}`,
      path: `budget.accounts.${account}.costAllocationTags`,
      what: `the cost allocation tags of account ${account}`,
      rule: "must be false in all environments of the account but one",
    }));
}

/** Access levels and bindings belong to the organisation. */
function accessLevels({ name, sections: { people }, cells }: ReadFootprint): Singleton[] {
  const reached = people ? planPeople(people, cells.map(peopleCell)) : {};
  const spec = people && gcpAccessLevelsSpecOf(people, name);
  if (spec === undefined || !cells.some((cell) => cell.cloud === "gcp" && reached[cell.name])) {
    return [];
  }
  return Object.entries(spec.groups).flatMap(([key, { level, googleId }]): Singleton[] => [
    {
      id: level,
      path: `people.groups.${key}`,
      what: `the access level ${level}`,
      rule: "must have a key that gives its access level another name",
    },
    ...(googleId === undefined || spec.organization === undefined
      ? []
      : [
          {
            id: `access-binding/${spec.organization}/${googleId}`,
            path: "people.google.bindings",
            what: `the access binding of group ${googleId} in organisation ${spec.organization}`,
            rule: 'must be "present" in all environments but one: an organisation has one binding per group',
          },
        ]),
  ]);
}

/** A subdomain is delegated to the name servers of one access endpoint. */
function clientDomains({ sections: { people }, cells }: ReadFootprint): Singleton[] {
  const reached = people ? planPeople(people, cells.map(peopleCell)) : {};
  const targets = new Set(
    cells.flatMap((cell) => (cell.cloud === "aws" && reached[cell.name] ? [targetId(cell)] : [])),
  );
  return [...targets].flatMap((target) => {
    const domain = people && awsAccessEndpointSpecOf(people, target)?.clientDomain;
    if (domain === undefined) return [];
    return {
      id: `client-domain/${domain}`,
      path: "people.aws.clientDomain",
      what: `the client domain ${domain}`,
      rule: "must be another domain than that of other environments in the account and region",
    };
  });
}

/** Cells write records into them. */
function existingZones({ dns }: EnvironmentSettings, cells: readonly PlacedCell[]): Singleton[] {
  return cells.flatMap((cell): Singleton[] => {
    const zone = dns?.existing?.[cell.name];
    if (zone === undefined || cell.cloud === "onprem") return [];
    const owner = cell.cloud === "aws" ? cell.account : cell.project;
    return [
      {
        id: `zone/${cell.cloud}/${owner}/${zone}`,
        path: `dns.existing.${cell.name}`,
        what: `the zone ${zone} of ${owner}`,
        rule: "must be the zone of one cell only, whose records it holds",
      },
    ];
  });
}

/**
 * A Transit Gateway has one attachment to a VPC. A Google network is a spoke of one hub, and has one zone for each name that it
 * resolves.
 */
function network(
  cell: PlacedCell,
  { connectivity, dns }: Pick<EnvironmentSettings, "connectivity" | "dns">,
): Singleton[] {
  const existing = cell.sections.network?.existing as Readonly<Record<string, unknown>> | undefined;
  const isConnected = connectivity?.reachability.some(({ from, to }) =>
    [from, to].includes(cell.name),
  );
  const rule = "must be the network of one cell only: cells that are connected have one each";
  if (cell.cloud === "aws" && typeof existing?.vpcId === "string" && isConnected) {
    const { vpcId } = existing;
    const id = `vpc-attachment/${cell.environment}/${vpcId}`;
    return [{ id, path: "network.existing.vpcId", what: `the attachment of ${vpcId}`, rule }];
  }
  const used = isConnected || dns !== undefined;
  if (cell.cloud === "gcp" && typeof existing?.network === "string" && used) {
    const what = `the hub spoke and private zones of network ${existing.network} in project ${cell.project}`;
    const id = `network/${cell.project}/${existing.network}`;
    return [{ id, path: "network.existing.network", what, rule }];
  }
  return [];
}

/** Who passes Identity-Aware Proxy is granted on the backend service. */
function dashboards(cell: PlacedCell): Singleton[] {
  if (cell.cloud !== "gcp") return [];
  return Object.entries(cell.people?.dashboards ?? {}).map(([key, { backendService }]) => ({
    id: `backend-service/${cell.project}/${backendService}`,
    path: `people.dashboards.${key}.backendService`,
    what: `the access to backend service ${backendService} of project ${cell.project}`,
    rule: "must be the backend service of one dashboard only",
  }));
}
