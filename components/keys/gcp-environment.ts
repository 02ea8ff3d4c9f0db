/** The keys of an environment's Google Cloud projects, in each region with cells and in that of the audit archive. */
import type * as pulumi from "@pulumi/pulumi";
import { GcpStorageAgents } from "../object-store/gcp-agents.ts";
import type { objectStore } from "../object-store/section.ts";
import { GcpSecretsAgent } from "../secrets/gcp-agent.ts";
import type {
  BuiltCell,
  EnvironmentBuild,
  EnvironmentPlace,
  EnvironmentProject,
} from "../section/environment.ts";
import type { SpecOn } from "../section/section.ts";
import { GcpKeys, type GcpKeysArgs } from "./gcp.ts";
import { GcpKeyAgents } from "./gcp-agents.ts";
import { lookUpGcpKeys } from "./gcp-existing.ts";
import type { EnvironmentKeys, KeyRing } from "./key-rings.ts";
import type { GcpKeysSpec, GcpPurpose, KeysSettings } from "./schema.ts";

/** The keys of a project in one region. */
interface Ring extends EnvironmentPlace {
  readonly keys: GcpKeys["keyIds"];
  /** Those that are not created, by purpose: their owner grants them to the agents. */
  readonly existing: NonNullable<GcpKeysSpec["existing"]>;
}

/** What Google says of existing keys, by region. */
type KeysFound = Readonly<
  Record<string, Pick<GcpKeysArgs, "facts"> & Pick<GcpKeysSpec, "existing">>
>;

export async function projectKeys(
  settings: KeysSettings,
  environment: EnvironmentBuild,
): Promise<EnvironmentKeys> {
  const planned = await Promise.all(
    environment.projects.map(async (project) => ({
      project,
      found: await existingKeys(settings, project),
    })),
  );
  const made = planned.map(({ project, found }) => {
    const rings = ringsOf(settings, environment, project, found);
    return { id: project.id, ...letAgentsIn(environment, project, rings) };
  });
  return {
    rings: Object.assign({}, ...made.map(({ keys }) => keys)),
    archives: Object.fromEntries(made.map(({ id, auditKey }) => [id, auditKey])),
  };
}

/** The home region first. */
function placesOf({ home, cells }: EnvironmentProject): EnvironmentPlace[] {
  return [home, ...cells.filter((place) => place !== home)];
}

async function existingKeys(
  { existing }: KeysSettings,
  project: EnvironmentProject,
): Promise<KeysFound> {
  const byRegion = existing?.projects[project.id] ?? {};
  const found = placesOf(project).map(async ({ region, provider }) => {
    const keys = byRegion[region];
    if (keys === undefined) return [];
    return [[region, { existing: keys, facts: await lookUpGcpKeys(keys, { provider }) }] as const];
  });
  return Object.fromEntries((await Promise.all(found)).flat());
}

function ringsOf(
  { edition }: KeysSettings,
  { common }: EnvironmentBuild,
  project: EnvironmentProject,
  found: KeysFound,
): readonly [Ring, ...Ring[]] {
  const { id, projectNumber, home } = project;
  const agents = new GcpKeyAgents(`key-agents-${id}`, { ...common, project: id }, home.opts);
  const ringIn = (place: EnvironmentPlace): Ring => {
    const { region, target, opts } = place;
    const { existing = {}, facts } = found[region] ?? {};
    const spec = { cloud: "gcp", project: id, projectNumber, region, edition } as const;
    const { keyIds: keys } = new GcpKeys(
      `keys-${target}`,
      { ...common, spec: { ...spec, ...(facts && { existing }) }, ...(facts && { facts }), agents },
      opts,
    );
    return { ...place, keys, existing };
  };
  const [, ...others] = placesOf(project);
  return [ringIn(home), ...others.map(ringIn)];
}

/** Cloud Storage and Secret Manager have one service agent each per project. Keys are ready once the agents may use them. */
function letAgentsIn(
  { cells, common }: EnvironmentBuild,
  { id, home }: EnvironmentProject,
  rings: readonly [Ring, ...Ring[]],
): { readonly keys: Record<string, KeyRing>; readonly auditKey: pulumi.Input<string> } {
  const [first] = rings;
  const storage = new GcpStorageAgents(
    `storage-agents-${id}`,
    {
      ...common,
      project: id,
      keyNames: {
        ...created(rings, "objects"),
        ...(first.existing.audit === undefined && { audit: first.keys.audit }),
      },
      copies: cells.some((cell) => copiesBuckets(cell, id)),
    },
    home.opts,
  );
  const reader = new GcpSecretsAgent(
    `secrets-agent-${id}`,
    { ...common, project: id, keyNames: created(rings, "secrets") },
    home.opts,
  );
  return {
    keys: Object.fromEntries(
      rings.map(({ region, target, keys }) => {
        const { [region]: objects = keys.objects } = storage.keyNames;
        const { [region]: secrets = keys.secrets } = reader.keyNames;
        return [target, { ...keys, objects, secrets }];
      }),
    ),
    auditKey: storage.keyNames.audit ?? first.keys.audit,
  };
}

/** The keys of a purpose that are created, by region. */
function created(rings: readonly Ring[], purpose: GcpPurpose) {
  return Object.fromEntries(
    rings.flatMap(({ region, keys, existing }) =>
      existing[purpose] === undefined ? [[region, keys[purpose]]] : [],
    ),
  );
}

function copiesBuckets(cell: BuiltCell, project: string): boolean {
  if (cell.cloud !== "gcp" || cell.project !== project) return false;
  const spec = cell.specs.objectStore as SpecOn<typeof objectStore, "gcp"> | undefined;
  return Object.values(spec?.buckets ?? {}).some(({ replicateTo }) => replicateTo);
}
