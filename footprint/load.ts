/**
 * The footprint of an environment: its own manifest and those of its cells, read from the stacks' config files and checked
 * against each other. Pure apart from reading files; no cloud SDK is loaded, so the command line can refuse bad input at once.
 */

import { BlueprintError, type Problem } from "../components/core/errors.ts";
import { environmentSections } from "../components/environment-sections.ts";
import { copiedSections, replicationProblems } from "../components/replication/checks.ts";
import {
  type ReplicatedService,
  replicatedServices,
} from "../components/replication/mechanisms.ts";
import type { EnvironmentSection } from "../components/section/environment-section.ts";
import type { Section } from "../components/section/section.ts";
import { cellSections } from "../components/sections.ts";
import { addressProblems, serviceProblems } from "./across/addresses.ts";
import { concerning } from "./across/concern.ts";
import { referencedStacks } from "./across/federation.ts";
import { folderProblems, takenOfAccounts } from "./across/folder.ts";
import { policyProblems } from "./across/project-policies.ts";
import { copiesBefore, replicatedCell } from "./across/replication.ts";
import { defaultProblems, defaultsIn, relocated } from "./files/cell-defaults.ts";
import { configFile, environmentOf, listStacks } from "./files/config-files.ts";
import { missingConfig, missingValues } from "./files/config-keys.ts";
import { membersOf } from "./files/kind.ts";
import {
  type ReadCell,
  type ReadEnvironment,
  readCell,
  readEnvironment,
} from "./files/manifests.ts";
import { otherEnvironments } from "./files/other-environments.ts";
import { unknownStack } from "./files/unknown-stack.ts";
import type {
  Cell,
  CellContext,
  CellsRead,
  EnvironmentSpecs,
  Footprint,
  PlacedCell,
  StackNode,
} from "./model.ts";
import { cellSpecs, sectionProblems } from "./specs/cell.ts";
import {
  environmentConfigKeys,
  environmentPlans,
  environmentSpecs,
  validSettings,
} from "./specs/environment.ts";

/**
 * Reads an environment and its cells.
 *
 * @param asked an environment, which needs all of its cells, or one cell: problems of cells that do not concern it are then not
 * reported, and their invalid parts are missing from the footprint
 * @param registry the sections that a cell can have. @default Atoll's own
 * @param ofEnvironments the sections that an environment can have. @default Atoll's own
 *
 * @throws BlueprintError `footprint-invalid` with every problem of every file: where, what was given, what is valid.
 */
export function loadFootprint(
  configDir: string,
  asked: string,
  registry: readonly Section[] = cellSections,
  ofEnvironments: readonly EnvironmentSection[] = environmentSections,
): Footprint {
  const environmentName = environmentOf(asked);
  const problems: Problem[] = [];
  const names = listStacks(configDir);
  const environments = names.filter((stack) => !stack.includes("."));
  const file = configFile(environmentName);

  const { cells: cellStacks } = membersOf(configDir, names, environmentName);
  const readFirst = environments.includes(environmentName)
    ? readEnvironment(configDir, environmentName, ofEnvironments, problems)
    : undefined;
  const environment = readFirst?.environment;
  const unknown = unknownStack(configDir, asked, names);
  if (unknown) problems.push(unknown);
  const defaults = defaultsIn(readFirst?.config.manifest, registry);
  problems.push(...defaultProblems(readFirst?.config.manifest, registry, file));
  const read = cellStacks.flatMap(
    (stack) => readCell(configDir, stack, environments, registry, defaults, problems) ?? [],
  );
  const placed = read.flatMap(({ cell }) => cell ?? []);
  if (environment) problems.push(...addressProblems(environment, placed, asked));
  const cellNames = cellStacks.map((stack) => stack.slice(environmentName.length + 1));
  const cellsRead = { names: cellNames, placed };
  const specs =
    readFirst && checkedEnvironment(readFirst, ofEnvironments, cellsRead, file, problems);
  const unread = cellStacks
    .filter((stack) => !placed.some((cell) => cell.stack === stack))
    .map((stack) => stack.slice(stack.indexOf(".") + 1));
  const checked = read.flatMap((found) => {
    const context: CellContext = {
      lifetime: environment?.lifetime ?? "permanent",
      frameworks: environment?.frameworks ?? [],
      tiers: environment?.tenancy?.tiers ?? {},
      domains: environment?.dns ? [environment.dns.domain] : [],
      neighbours: placed.filter(({ stack }) => stack !== found.names.stack),
      unread,
    };
    return checkedCell(found, registry, context, problems) ?? [];
  });
  const cells = checked.map(({ cell }) => cell);
  if (environment) problems.push(...serviceProblems(environment, cells));
  if (environment) problems.push(...policyProblems(environment, cells, registry, file));
  problems.push(
    ...replicationProblems(
      checked.map(({ cell, wrong }) => ({ ...replicatedCell(cell), unread: wrong })),
      cellNames,
    ),
  );
  let taken: Footprint["taken"] = {};
  if (readFirst) {
    const { manifest } = readFirst.config;
    const own = { name: environmentName, manifest, environment, cells: placed };
    const others = otherEnvironments(configDir, names, own, registry, ofEnvironments);
    problems.push(...folderProblems(own, others, registry, ofEnvironments, asked));
    taken = takenOfAccounts([own, ...others], registry, ofEnvironments);
  }
  const written = cellStacks.map((stack) => ({
    name: stack.slice(environmentName.length + 1),
    stack,
    manifest: read.find((found) => found.names.stack === stack)?.config.manifest,
    placed: placed.find((cell) => cell.stack === stack),
  }));
  const blocking =
    asked === environmentName ? problems : concerning(asked, problems, written, environment ?? {});
  const plans =
    environment && blocking.length === 0
      ? environmentPlans(environment, ofEnvironments, cellsRead, file, blocking)
      : {};
  if (blocking.length > 0 || !environment || !specs) {
    const what = asked === environmentName ? "environment" : "cell";
    throw new BlueprintError(
      "footprint-invalid",
      `${what} "${asked}" cannot be used:`,
      relocated(
        blocking,
        read.map(({ names: { stack }, written }) => ({ stack, written })),
        { stack: environmentName, defaults },
      ),
    );
  }
  return {
    registry,
    environmentSections: ofEnvironments,
    environment: { ...environment, specs },
    cells,
    taken,
    plans,
    tenants: [],
    stacks: [
      { name: environment.stack, kind: "environment", needs: [] },
      ...cells.map(
        (cell): StackNode => ({
          name: cell.stack,
          kind: "cell",
          needs: [
            environment.stack,
            ...new Set([...referencedStacks(cell, registry, cells), ...copiesBefore(cell, cells)]),
          ],
        }),
      ),
    ],
  };
}

/** The specs of an environment's components. Adds one problem per field to `problems`. */
function checkedEnvironment(
  { config, environment, reported }: ReadEnvironment,
  registry: readonly EnvironmentSection[],
  cells: CellsRead,
  file: string,
  problems: Problem[],
): EnvironmentSpecs {
  const found: Problem[] = [];
  const settings = environment ?? validSettings(config.manifest, registry);
  const specs = environmentSpecs(settings, registry, cells, file, found);
  found.push(...missingValues(environmentConfigKeys(settings, registry), file, config));
  const fieldOf = ({ path }: Problem) => path.slice(file.length + 2).split(/[.[]/, 1)[0];
  const wrong = new Set(reported.map(fieldOf));
  problems.push(...found.filter((problem) => !wrong.has(fieldOf(problem))));
  return specs;
}

/** A cell as far as it could be read. */
interface CheckedCell {
  readonly cell: Cell;
  /** Services in the manifest that could not be read completely. */
  readonly wrong: readonly ReplicatedService[];
}

/**
 * A cell with the specs of its components. Adds what is invalid to `problems` and omits those sections; undefined when a required
 * section is invalid.
 */
function checkedCell(
  { names, config, cell, reported }: ReadCell,
  registry: readonly Section[],
  context: CellContext,
  problems: Problem[],
): CheckedCell | undefined {
  const file = configFile(names.stack);
  if (cell === undefined) {
    problems.push(...sectionProblems(config.manifest, names, registry, context, file, reported));
    return undefined;
  }
  const found: Problem[] = [];
  const specs = cellSpecs(cell, registry, context, file, found);
  problems.push(...found);
  if (specs === undefined) return withoutWrong(cell, registry, context, file, found);
  const checked = { ...cell, specs };
  problems.push(...missingConfig(checked, registry, file, config));
  return { cell: checked, wrong: [] };
}

/** A cell with only its required sections and the valid services that are copied. */
function withoutWrong(
  cell: PlacedCell,
  registry: readonly Section[],
  context: CellContext,
  file: string,
  found: readonly Problem[],
): CheckedCell | undefined {
  const fieldOf = ({ path }: Problem) => path.slice(file.length + 2).split(/[.[]/, 1)[0];
  const invalid = new Set(found.map(fieldOf));
  const wrong = replicatedServices.filter((service) => invalid.has(copiedSections[service]));
  const kept = new Set([
    ...registry.filter(({ required }) => required).map(({ name }) => name),
    ...replicatedServices
      .filter((service) => !wrong.includes(service))
      .map((service): string => copiedSections[service]),
  ]);
  const sections = Object.fromEntries(
    Object.entries(cell.sections).filter(([name]) => kept.has(name)),
  );
  const valid = { ...cell, sections };
  const specs = cellSpecs(valid, registry, context, file, []);
  if (specs === undefined) return undefined;
  // Events add topics to the stream, and are omitted here.
  const events: ReplicatedService[] = cell.sections.eventSourcing === undefined ? [] : ["stream"];
  return { cell: { ...valid, specs }, wrong: [...wrong, ...events] };
}
