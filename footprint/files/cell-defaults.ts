/** An environment's defaults for its cells, merged into each cell's manifest before it is checked. */
import { z } from "zod";
import { clouds } from "../../components/core/cloud.ts";
import type { Problem } from "../../components/core/errors.ts";
import { checkSpec } from "../../components/core/spec.ts";
import type { Section } from "../../components/section/section.ts";
import { cellDefaultFields, cellDefaultsSchema } from "../manifest/cell-defaults.ts";
import { configFile, readStackConfig } from "./config-files.ts";

type Bag = Readonly<Record<string, unknown>>;

/** Maps that every cell has. Any other applies only to cells whose files have it: a default does not add a service to a cell. */
const everyCells: readonly string[] = ["network", "cluster", "nodePools", "tags"];

/** An environment's defaults from its file, without fields that no cell has. */
export function defaultsIn(environment: Bag | undefined, registry: readonly Section[]): Bag {
  const fields = cellDefaultFields(registry);
  const written = writtenDefaults(environment);
  const known = (names: readonly string[], value: Bag) =>
    Object.fromEntries(Object.entries(value).filter(([field]) => names.includes(field)));
  const byCloud = clouds.flatMap((cloud) => {
    const value = written[cloud];
    return isMap(value) ? [[cloud, known(fields[cloud], value)]] : [];
  });
  return { ...known(fields.common, written), ...Object.fromEntries(byCloud) };
}

/** Problems for fields that no cell has, with paths in the environment's file. */
export function defaultProblems(
  environment: Bag | undefined,
  registry: readonly Section[],
  file: string,
): readonly Problem[] {
  const cellDefaults = writtenDefaults(environment);
  const schema = z.object({ cellDefaults: cellDefaultsSchema(registry) });
  return checkSpec(schema, { cellDefaults }, file).problems;
}

function writtenDefaults(environment: Bag | undefined): Bag {
  return isMap(environment?.cellDefaults) ? environment.cellDefaults : {};
}

/** A cell's manifest merged over the defaults. Maps are merged, other values replaced, and `null` removes a default. */
export function withDefaults(written: Bag, defaults: Bag): Bag {
  const [byCloud, common] = layers(written, defaults);
  const below = Object.entries(merged(common, byCloud)).filter(
    ([field, value]) =>
      !isMap(value) || everyCells.includes(field) || Object.hasOwn(written, field),
  );
  return merged(Object.fromEntries(below), written);
}

/** The defaults of an environment's file, valid or not; none if the file cannot be read. */
export function readDefaults(configDir: string, environment: string): Bag {
  const read = readStackConfig(configDir, environment);
  return "problem" in read ? {} : writtenDefaults(read.manifest);
}

/** Moves problems of default values to the environment's file, each once for all cells. */
export function relocated(
  problems: readonly Problem[],
  cells: readonly { readonly stack: string; readonly written: Bag }[],
  environment: { readonly stack: string; readonly defaults: Bag },
): Problem[] {
  const found = problems.map((problem) => {
    const cell = cells.find(({ stack }) => problem.path.startsWith(`${configFile(stack)}: `));
    if (cell === undefined) return problem;
    const field = problem.path.slice(configFile(cell.stack).length + 2);
    const [byCloud, common] = layers(cell.written, environment.defaults);
    const below = (at: string) => ({
      ...problem,
      path: `${configFile(environment.stack)}: cellDefaults.${at}`,
    });
    if (holds(cell.written, field)) return problem;
    if (holds(byCloud, field)) return below(`${cell.written.cloud}.${field}`);
    return holds(common, field) ? below(field) : problem;
  });
  return [...new Map(found.map((it) => [`${it.path}\n${it.message}`, it])).values()];
}

/** The defaults of the cell's cloud, and those of all. */
function layers({ cloud }: Bag, defaults: Bag): readonly [Bag, Bag] {
  const common = Object.entries(defaults).filter(([field]) => !isCloud(field));
  const byCloud = isCloud(cloud) ? defaults[cloud] : undefined;
  return [isMap(byCloud) ? byCloud : {}, Object.fromEntries(common)];
}

function merged(below: Bag, above: Bag): Bag {
  const result: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const default_ = Object.hasOwn(below, key) ? below[key] : undefined;
    if (value === null && default_ !== undefined) delete result[key];
    else result[key] = isMap(default_) && isMap(value) ? merged(default_, value) : value;
  }
  return result;
}

/** Whether there is a value at a path such as `nodePools.batch.zones[1]`; lists are not merged. */
function holds(value: unknown, path: string): boolean {
  if (path === "" || !isMap(value)) return value !== undefined;
  return Object.keys(value).some((key) => {
    const rest = path.slice(key.length);
    return (
      path.startsWith(key) && /^([.[]|$)/.test(rest) && holds(value[key], rest.replace(/^\./, ""))
    );
  });
}

function isCloud(value: unknown): value is (typeof clouds)[number] {
  return clouds.some((cloud) => cloud === value);
}

function isMap(value: unknown): value is Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
