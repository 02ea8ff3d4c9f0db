/**
 * The footprint of an environment: its own manifest and those of its cells, read from the stacks' config files and checked
 * against each other. Pure apart from reading files; no cloud SDK is loaded, so the command line can refuse bad input at once.
 */

import path from "node:path";
import { BlueprintError, type Problem } from "../components/core/errors.ts";
import { didYouMean } from "../components/core/spec.ts";
import { copiedSections, replicationProblems } from "../components/replication/checks.ts";
import {
  type ReplicatedService,
  replicatedServices,
} from "../components/replication/mechanisms.ts";
import { addressProblems, serviceProblems } from "./across/addresses.ts";
import { connectivityOf, connectivitySecrets } from "./across/connectivity.ts";
import { federationOf } from "./across/federation.ts";
import { namesOf } from "./across/names.ts";
import { peopleOf, peopleSecrets } from "./across/people.ts";
import { copiesBefore, replicatedCell } from "./across/replication.ts";
import { configFile, listStacks } from "./files/config-files.ts";
import { missingConfig, missingValues } from "./files/config-keys.ts";
import {
  type ReadCell,
  type ReadEnvironment,
  readCell,
  readEnvironment,
} from "./files/manifests.ts";
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
import { environmentSpecs, soundSections } from "./specs/environment.ts";

/**
 * Reads an environment and its cells.
 *
 * @throws BlueprintError `footprint-invalid` with every problem of every file: where, what was given, what would be right.
 */
export function loadFootprint(configDir: string, environmentName: string): Footprint {
  const problems: Problem[] = [];
  const names = listStacks(configDir);
  const environments = names.filter((stack) => !stack.includes("."));
  const file = configFile(environmentName);

  const cellStacks = names.filter((stack) => stack.startsWith(`${environmentName}.`));
  const readFirst = environments.includes(environmentName)
    ? readEnvironment(configDir, environmentName, problems)
    : undefined;
  const environment = readFirst?.environment;
  if (!environments.includes(environmentName)) {
    problems.push({
      path: path.join(configDir, file),
      message: `no such environment${didYouMean(environmentName, environments)}`,
    });
  }
  const read = cellStacks.flatMap(
    (stack) => readCell(configDir, stack, environments, problems) ?? [],
  );
  const placed = read.flatMap(({ cell }) => cell ?? []);
  if (environment) problems.push(...addressProblems(environment, placed));
  const cellNames = cellStacks.map((stack) => stack.slice(environmentName.length + 1));
  const specs =
    readFirst && checkedEnvironment(readFirst, { names: cellNames, placed }, file, problems);
  const unread = cellStacks
    .filter((stack) => !placed.some((cell) => cell.stack === stack))
    .map((stack) => stack.slice(stack.indexOf(".") + 1));
  const looked = read.flatMap((found) => {
    const around: CellContext = {
      lifetime: environment?.lifetime ?? "permanent",
      frameworks: environment?.frameworks ?? [],
      domains: environment?.dns ? [environment.dns.domain] : [],
      neighbours: placed.filter(({ stack }) => stack !== found.names.stack),
      unread,
    };
    return checkedCell(found, around, problems) ?? [];
  });
  const cells = looked.map(({ cell }) => cell);
  if (environment) problems.push(...serviceProblems(environment, cells));
  problems.push(
    ...replicationProblems(
      looked.map(({ cell, wrong }) => ({ ...replicatedCell(cell), unread: wrong })),
      cellNames,
    ),
  );
  const connectivity =
    environment && problems.length === 0
      ? connectivityOf(environment, cells, file, problems)
      : undefined;
  if (problems.length > 0 || !environment || !specs) {
    throw new BlueprintError(
      "footprint-invalid",
      `environment "${environmentName}" cannot be used:`,
      problems,
    );
  }
  return {
    environment: { ...environment, specs },
    cells,
    connectivity,
    names: namesOf(environment, cells),
    people: peopleOf(environment.people, cells),
    stacks: [
      { name: environment.stack, kind: "environment", needs: [] },
      ...cells.map(
        (cell): StackNode => ({
          name: cell.stack,
          kind: "cell",
          needs: [
            environment.stack,
            ...new Set([...neighbourStacks(cell, cells), ...copiesBefore(cell, cells)]),
          ],
        }),
      ),
    ],
  };
}

/** The specs of an environment's components; what is wrong is added to `problems`, once for each field. */
function checkedEnvironment(
  { config, environment, told }: ReadEnvironment,
  cells: CellsRead,
  file: string,
  problems: Problem[],
): EnvironmentSpecs {
  const found: Problem[] = [];
  const sections = environment ?? soundSections(config.manifest);
  const specs = environmentSpecs(sections, cells, file, found);
  const secrets = {
    ...connectivitySecrets(sections.connectivity),
    ...peopleSecrets(sections.people),
  };
  found.push(...missingValues(secrets, file, config));
  const fieldOf = ({ path }: Problem) => path.slice(file.length + 2).split(/[.[]/, 1)[0];
  const wrong = new Set(told.map(fieldOf));
  problems.push(...found.filter((problem) => !wrong.has(fieldOf(problem))));
  return specs;
}

/** The stacks of the cells whose resources a cell's workloads are granted. */
function neighbourStacks(cell: Cell, cells: readonly Cell[]): string[] {
  const named = federationOf(cell, { neighbours: cells, unread: [] }, configFile(cell.stack)).cells;
  return Object.values(named).map(({ stack }) => stack);
}

/** A cell as far as it could be read. */
interface LookedAt {
  readonly cell: Cell;
  /** Services that are written, and could not be read or not wholly. */
  readonly wrong: readonly ReplicatedService[];
}

/**
 * A cell with the specs of its components. What is wrong with it is added to `problems`; it is then without the sections that are
 * wrong, or undefined when it is nothing without them.
 */
function checkedCell(
  { names, config, cell, told }: ReadCell,
  around: CellContext,
  problems: Problem[],
): LookedAt | undefined {
  const file = configFile(names.stack);
  if (cell === undefined) {
    problems.push(...sectionProblems(config.manifest, names, around, file, told));
    return undefined;
  }
  const found: Problem[] = [];
  const specs = cellSpecs(cell, around, file, found);
  problems.push(...found);
  if (specs === undefined) return withoutWrong(cell, around, file, found);
  problems.push(...missingConfig(specs, file, config));
  return { cell: { ...cell, specs }, wrong: [] };
}

/** A cell with nothing but its ground and what is right of the services that are copied. */
function withoutWrong(
  { identity: _identity, cache: _cache, secrets: _secrets, ...rest }: PlacedCell,
  around: CellContext,
  file: string,
  found: readonly Problem[],
): LookedAt | undefined {
  const { eventSourcing, ...ground } = rest;
  const wrong = replicatedServices.filter((service) =>
    found.some(({ path }) => path.startsWith(`${file}: ${copiedSections[service]}`)),
  );
  const sound = {
    ...ground,
    ...Object.fromEntries(wrong.map((service) => [copiedSections[service], undefined])),
  };
  const specs = cellSpecs(sound, around, file, []);
  if (specs === undefined) return undefined;
  // Topics of events come from what is left out here.
  const events: ReplicatedService[] = eventSourcing === undefined ? [] : ["stream"];
  return {
    cell: { ...sound, specs },
    wrong: [...wrong, ...events],
  };
}
