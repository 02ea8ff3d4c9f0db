/** An environment's resources on Google Cloud: in each project with cells its keys, agents, audit sink, budgets and deployers. */

import type { ComponentResourceOptions, ProviderResource } from "@pulumi/pulumi";
import { GcpAudit } from "../../components/audit/gcp.ts";
import type { GcpAuditSpec } from "../../components/audit/schema.ts";
import { GcpBudget } from "../../components/budget/gcp.ts";
import { GcpDeployers } from "../../components/identity/gcp-deployers.ts";
import { GcpKeys, type GcpKeysArgs } from "../../components/keys/gcp.ts";
import { GcpKeyAgents } from "../../components/keys/gcp-agents.ts";
import { lookUpGcpKeys } from "../../components/keys/gcp-existing.ts";
import type { GcpKeysSpec, GcpPurpose } from "../../components/keys/schema.ts";
import { GcpStorageAgents } from "../../components/object-store/gcp-agents.ts";
import { gcpProvider } from "../../components/provider/gcp.ts";
import { GcpSecretsAgent } from "../../components/secrets/gcp-agent.ts";
import type { Cell } from "../../footprint/model.ts";
import { targetId } from "../../footprint/specs/cell-target.ts";
import { cellOwnership } from "../ownership.ts";
import type { EnvironmentInputs, GcpEnvironment } from "./inputs.ts";

/** A project in one region, with its keys and provider. */
interface Place {
  readonly region: string;
  /** `gcp-<project>-<region>` */
  readonly target: string;
  readonly keys: GcpKeys["keyIds"];
  /** Those that are not created, by purpose: their owner grants them to the agents. */
  readonly existing: NonNullable<GcpKeysSpec["existing"]>;
  readonly provider: ProviderResource;
  readonly opts: ComponentResourceOptions;
}

/** A project: the region of its audit archive, and the regions of its cells. */
interface Project {
  readonly id: string;
  readonly home: Place;
  readonly others: readonly Place[];
}

export async function gcpEnvironment(inputs: EnvironmentInputs): Promise<GcpEnvironment> {
  const { audit } = inputs.environment.specs;
  const planned = await Promise.all(
    Object.values(audit.projects).map(async (spec) => {
      const plan = planOf(inputs, spec);
      return { spec, plan, found: await existingKeys(inputs, plan) };
    }),
  );
  const projects = planned.map(({ spec, plan, found }) => {
    const project = projectOf(inputs, plan, found);
    const { keys, auditKey } = letAgentsIn(inputs, project);
    const archive = new GcpAudit(
      `audit-gcp-${project.id}`,
      { ...inputs.common, spec, keyName: auditKey },
      project.home.opts,
    );
    buildBudgets(inputs, project);
    const deployers = buildDeployers(inputs, project);
    return { id: project.id, places: [project.home, ...project.others], keys, archive, deployers };
  });
  return {
    places: Object.fromEntries(
      projects.flatMap(({ places }) =>
        places.map(({ target, provider, keys }) => [
          target,
          { provider, logsKey: keys.logs, secretsKey: keys.secrets },
        ]),
      ),
    ),
    keys: Object.assign({}, ...projects.map(({ keys }) => keys)),
    audit: Object.fromEntries(
      projects.map(({ id, archive }) => [
        id,
        { bucket: archive.archive, retentionDays: archive.retentionDays },
      ]),
    ),
    deployers: Object.fromEntries(
      projects.flatMap(({ id, deployers }) => {
        if (deployers === undefined) return [];
        const { members, audiences } = deployers;
        return [[id, { members, audiences }]];
      }),
    ),
  };
}

/** A project before its keys: how to build in the region of its audit archive, and where else it has cells. */
interface ProjectPlan {
  readonly project: string;
  readonly home: PlacePlan;
  readonly others: readonly PlacePlan[];
}

interface PlacePlan extends Pick<Place, "target" | "provider" | "opts"> {
  readonly spec: {
    readonly cloud: "gcp";
    readonly project: string;
    readonly projectNumber: string;
    readonly region: string;
  };
}

function planOf(
  { environment }: EnvironmentInputs,
  { project, region: home }: GcpAuditSpec,
): ProjectPlan {
  const { projectNumber = "", regions = [] } = environment.specs.targets.projects[project] ?? {};
  const planIn = (region: string): PlacePlan => {
    const spec = { cloud: "gcp", project, projectNumber, region } as const;
    const target = targetId(spec);
    const provider = gcpProvider(target, spec, environment.credentials);
    return { spec, target, provider, opts: { providers: { gcp: provider } } };
  };
  return {
    project,
    home: planIn(home),
    others: regions.filter((region) => region !== home).map(planIn),
  };
}

/** What Google says of existing keys, by region. */
type KeysFound = Readonly<
  Record<string, Pick<GcpKeysArgs, "facts"> & Pick<GcpKeysSpec, "existing">>
>;

async function existingKeys(
  { environment }: EnvironmentInputs,
  { project, home, others }: ProjectPlan,
): Promise<KeysFound> {
  const byRegion = environment.keys.existing?.projects[project] ?? {};
  const found = [home, ...others].map(async ({ spec: { region }, provider }) => {
    const existing = byRegion[region];
    if (existing === undefined) return [];
    return [[region, { existing, facts: await lookUpGcpKeys(existing, { provider }) }] as const];
  });
  return Object.fromEntries((await Promise.all(found)).flat());
}

function projectOf(
  { environment, common }: EnvironmentInputs,
  { project, home, others }: ProjectPlan,
  found: KeysFound,
): Project {
  const { edition } = environment.keys;
  const agents = new GcpKeyAgents(`key-agents-${project}`, { ...common, project }, home.opts);
  const place = ({ spec, target, provider, opts }: PlacePlan): Place => {
    const { existing = {}, facts } = found[spec.region] ?? {};
    const { keyIds: keys } = new GcpKeys(
      `keys-${target}`,
      {
        ...common,
        spec: { ...spec, edition, ...(facts && { existing }) },
        ...(facts && { facts }),
        agents,
      },
      opts,
    );
    return { region: spec.region, target, keys, existing, provider, opts };
  };
  return { id: project, home: place(home), others: others.map(place) };
}

/** Cloud Storage and Secret Manager have one service agent each per project. Keys are ready once the agents may use them. */
function letAgentsIn({ cells, common }: EnvironmentInputs, { id, home, others }: Project) {
  const places = [home, ...others];
  const storage = new GcpStorageAgents(
    `storage-agents-${id}`,
    {
      ...common,
      project: id,
      keyNames: {
        ...created(places, "objects"),
        ...(home.existing.audit === undefined && { audit: home.keys.audit }),
      },
      copies: cells.some((cell) => copiesBuckets(cell, id)),
    },
    home.opts,
  );
  const reader = new GcpSecretsAgent(
    `secrets-agent-${id}`,
    {
      ...common,
      project: id,
      keyNames: created(places, "secrets"),
    },
    home.opts,
  );
  return {
    keys: Object.fromEntries(
      places.map(({ region, target, keys }) => {
        const { [region]: objects = keys.objects } = storage.keyNames;
        const { [region]: secrets = keys.secrets } = reader.keyNames;
        return [target, { ...keys, objects, secrets }];
      }),
    ),
    auditKey: storage.keyNames.audit ?? home.keys.audit,
  };
}

/** The keys of a purpose that are created, by region. */
function created(places: readonly Place[], purpose: GcpPurpose) {
  return Object.fromEntries(
    places.flatMap(({ region, keys, existing }) =>
      existing[purpose] === undefined ? [[region, keys[purpose]]] : [],
    ),
  );
}

function copiesBuckets({ specs }: Cell, project: string): boolean {
  if (specs.cloud !== "gcp" || specs.network.project !== project) return false;
  return Object.values(specs.objectStore?.buckets ?? {}).some(({ replicateTo }) => replicateTo);
}

function buildBudgets({ environment, cells, common }: EnvironmentInputs, project: Project): void {
  const { budget } = environment.specs;
  const { opts } = project.home;
  const whole = budget.projects[project.id];
  if (whole) new GcpBudget(`budget-gcp-${project.id}`, { ...common, spec: whole }, opts);
  for (const cell of cells) {
    const spec = budget.cells[cell.name];
    if (spec?.cloud !== "gcp" || spec.project !== project.id) continue;
    const ownership = cellOwnership(environment, cell);
    new GcpBudget(`budget-cell-${cell.name}`, { ...common, ownership, spec }, opts);
  }
}

function buildDeployers(
  { environment, common }: EnvironmentInputs,
  { id, home }: Project,
): GcpDeployers | undefined {
  const spec = environment.specs.deployers.projects[id];
  return spec && new GcpDeployers(`deployers-gcp-${id}`, { ...common, spec }, home.opts);
}
