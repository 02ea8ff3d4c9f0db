/** From an environment's manifest to the specs of its components: each section is combined with the cells and claims. */
import type { Problem } from "../../components/core/errors.ts";
import { frameworkIds } from "../../components/core/frameworks.ts";
import type {
  EnvironmentContext,
  EnvironmentSection,
} from "../../components/section/environment-section.ts";
import { tagProblems } from "../across/tags.ts";
import { configFile } from "../files/config-files.ts";
import { environmentFields, sectionField } from "../manifest/environment.ts";
import type {
  CellsRead,
  EnvironmentPlans,
  EnvironmentSettings,
  EnvironmentSpecs,
} from "../model.ts";
import { logProblems } from "./log-retention.ts";
import { numberProblems, targetsOf } from "./targets.ts";
import { unknownTargets } from "./unknown-targets.ts";

/** The settings of a section. Undefined if it is omitted or invalid. */
function settingsOf(settings: EnvironmentSettings, { name }: EnvironmentSection): unknown {
  return (settings as unknown as Readonly<Record<string, unknown>>)[name];
}

/** The environment and its cells as its sections see them. */
function contextOf(
  settings: EnvironmentSettings,
  registry: readonly EnvironmentSection[],
  { names, placed }: CellsRead,
  file: string,
): EnvironmentContext {
  const context: EnvironmentContext = {
    file,
    lifetime: settings.lifetime,
    frameworks: settings.frameworks,
    supernet: settings.addressSpace?.supernet,
    targets: targetsOf(placed),
    names,
    cells: placed.map((cell) => ({ ...cell, file: configFile(cell.stack) })),
    settings: (section) => settingsOf(settings, section) as never,
    contributed: (to) =>
      registry.flatMap((section) => {
        const given = settingsOf(settings, section);
        if (section.contributes?.to !== to || given === undefined) return [];
        return [section.contributes.of(given as never, context)];
      }),
  };
  return context;
}

/** The specs of an environment's components. Adds problems to `problems`; the specs are then incomplete. */
export function environmentSpecs(
  settings: EnvironmentSettings,
  registry: readonly EnvironmentSection[],
  cells: CellsRead,
  file: string,
  problems: Problem[],
): EnvironmentSpecs {
  const context = contextOf(settings, registry, cells, file);
  // An invalid section is reported already.
  const valid = registry
    .filter(({ name }) => !settings.invalid?.includes(name))
    .map((section) => ({ section, given: settingsOf(settings, section) as never }));
  const written = valid.filter(({ given }) => given !== undefined);
  const found = [
    ...numberProblems(cells.placed),
    ...tagProblems(settings.tags, cells.placed),
    ...written.flatMap(({ section, given }) =>
      unknownTargets(section, section.entries?.(given, context) ?? [], context),
    ),
  ];
  const specs = Object.fromEntries(
    written.flatMap(({ section: { name, spec }, given }) =>
      spec ? [[name, spec(given, context, found)] as const] : [],
    ),
  );
  found.push(
    ...valid.flatMap(({ section, given }) => section.check?.(given, context) ?? []),
    ...written.flatMap(({ section: { name, logRetention = [] }, given }) =>
      logProblems(given, logRetention, settings.frameworks).map((problem) => ({
        ...problem,
        path: `${file}: ${name}.${problem.path}`,
      })),
    ),
  );
  // A problem in a section's shared setting is found in each of its entries: report it once.
  problems.push(...new Map(found.map((it) => [`${it.path}\n${it.message}`, it])).values());
  // The type is derived from the registry.
  return { targets: context.targets, ...specs } as unknown as EnvironmentSpecs;
}

/** What a valid environment and its cells build from, by section. Adds problems that concern several sections to `problems`. */
export function environmentPlans(
  settings: EnvironmentSettings,
  registry: readonly EnvironmentSection[],
  cells: CellsRead,
  file: string,
  problems: Problem[],
): EnvironmentPlans {
  const context = contextOf(settings, registry, cells, file);
  return Object.fromEntries(
    registry.flatMap((section) => {
      const plan = section.plan?.(settingsOf(settings, section) as never, context, problems);
      return plan === undefined ? [] : [[section.name, plan] as const];
    }),
  );
}

/** Keys of config values that the environment's stack must have, by the fields that refer to them. */
export function environmentConfigKeys(
  settings: EnvironmentSettings,
  registry: readonly EnvironmentSection[],
): Record<string, string> {
  return Object.fromEntries(
    registry.flatMap((section) => {
      const given = settingsOf(settings, section);
      if (given === undefined) return [];
      return Object.entries(section.configKeys?.(given as never) ?? {}).flatMap(([field, key]) =>
        key === undefined ? [] : [[`${section.name}.${field}`, key] as const],
      );
    }),
  );
}

/** The valid settings of an invalid manifest, so that all problems are reported at once. Invalid sections count as omitted. */
export function validSettings(
  manifest: Readonly<Record<string, unknown>>,
  registry: readonly EnvironmentSection[],
): EnvironmentSettings {
  const { lifetime, tags, addressSpace } = environmentFields;
  const claimed = Array.isArray(manifest.frameworks) ? manifest.frameworks : [];
  const sections = registry.map(
    (section) => [section.name, sectionField(section).safeParse(manifest[section.name])] as const,
  );
  const defaults = Object.fromEntries(
    registry.map((section) => [section.name, sectionField(section).safeParse(undefined).data]),
  );
  return {
    lifetime: lifetime.safeParse(manifest.lifetime).data ?? "permanent",
    frameworks: frameworkIds.filter((framework) => claimed.includes(framework)),
    tags: tags.safeParse(manifest.tags).data ?? {},
    addressSpace: addressSpace.safeParse(manifest.addressSpace).data,
    invalid: sections.flatMap(([name, { success }]) => (success ? [] : name)),
    ...Object.fromEntries(sections.map(([name, { data }]) => [name, data ?? defaults[name]])),
    // The type is derived from the registry.
  } as unknown as EnvironmentSettings;
}
