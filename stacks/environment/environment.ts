/** An environment: the resources that its cells share, and the registry of CIDR blocks. */
import type { StackRun } from "../../components/core/component.ts";
import type { EnvironmentBuild } from "../../components/section/environment.ts";
import type { EnvironmentSection } from "../../components/section/environment-section.ts";
import { addressRegistry } from "../../footprint/across/addresses.ts";
import { environmentSettingsOf } from "../../footprint/changes/settings.ts";
import type { Footprint } from "../../footprint/model.ts";
import { stackSecret } from "../config.ts";
import type { EnvironmentOutputs } from "../outputs/environment.ts";
import type { Pending } from "../outputs/pending.ts";
import { cellOwnership, environmentOwnership } from "../ownership.ts";
import { placesOf } from "./places.ts";

/** Builds the sections of an environment in the order of the registry. */
export async function environmentStack(
  footprint: Footprint,
  run: StackRun,
): Promise<Pending<EnvironmentOutputs>> {
  const { environment, cells, environmentSections } = footprint;
  const planned = (section: EnvironmentSection) => plannedOf(footprint, section) as never;
  const components = new Map<string, unknown>();
  const build: EnvironmentBuild = {
    ...(await placesOf(environment, homesOf(footprint))),
    name: environment.name,
    common: { ownership: environmentOwnership(environment), ...run },
    credentials: environment.credentials,
    cells: cells.map((cell) => ({
      ...cell,
      specs: cell.specs as unknown as Readonly<Record<string, unknown>>,
      ownership: cellOwnership(environment, cell),
    })),
    secret: stackSecret,
    built: ({ name }) => components.get(name) as never,
    planned,
  };
  const outputs: Record<string, unknown> = {};
  for (const section of environmentSections) {
    const from = planned(section);
    if (section.build === undefined || from === undefined) continue;
    const built = await (await section.build()).build(from, build as never);
    components.set(section.name, built);
    if (section.outputsOf) outputs[section.name] = section.outputsOf(built as never);
  }
  return {
    environment: environment.name,
    target: environment.target,
    lifetime: environment.lifetime,
    addresses: addressRegistry(environment, cells),
    ...outputs,
    settings: environmentSettingsOf(footprint),
  };
}

type ByName = Readonly<Record<string, unknown>>;

/** What a section builds from: its plan, its spec, or its settings. Undefined if it is omitted. */
function plannedOf({ plans, environment }: Footprint, { name, plan, spec }: EnvironmentSection) {
  if (plan) return (plans as ByName)[name];
  return (spec ? (environment.specs as ByName) : (environment as unknown as ByName))[name];
}

/** The regions of resources that an account or project has once; the first section that names one decides. */
function homesOf(footprint: Footprint) {
  const all = footprint.environmentSections
    .flatMap((section) => section.homes?.(plannedOf(footprint, section) as never) ?? [])
    .reverse();
  return {
    accounts: Object.assign({}, ...all.map(({ accounts }) => accounts)),
    projects: Object.assign({}, ...all.map(({ projects }) => projects)),
  };
}
