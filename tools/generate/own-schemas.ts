/**
 * JSON Schemas for a repository with its own sections: the generated ones of Atoll, which have the descriptions of its settings,
 * with the repository's sections and kinds of grants. Descriptions of these are those of their schemas: `z.string().describe("...")`.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Cloud, clouds } from "../../components/core/cloud.ts";
import { environmentSections } from "../../components/environment-sections.ts";
import type { EnvironmentSection } from "../../components/section/environment-section.ts";
import type { GrantKind } from "../../components/section/grant.ts";
import type { Section } from "../../components/section/section.ts";
import { cellSections, ownGrants } from "../../components/sections.ts";
import { cellSchema } from "../../footprint/manifest/cell.ts";
import { addCellDefaults, partial, type Shape } from "./cell-defaults-schema.ts";
import { formatJson } from "./output.ts";
import { addEnvironmentSection, addSection, schemaOf } from "./section-schemas.ts";

const folder = path.resolve(import.meta.dirname, "../../schemas");

/** The schemas as text, by file name. */
export function ownSchemas(
  cells: readonly Section[],
  environments: readonly EnvironmentSection[],
): ReadonlyMap<string, string> {
  const files = new Map(
    readdirSync(folder).map((name) => [
      name,
      JSON.parse(readFileSync(path.join(folder, name), "utf8")) as Shape,
    ]),
  );
  const cell = Object.fromEntries(
    clouds.map((cloud) => [cloud, manifestIn(files, `cell-${cloud}.json`)]),
  ) as Record<Cloud, Shape>;
  for (const cloud of clouds) addOwnSections(cell[cloud], cells, cloud);
  const environment = manifestIn(files, "environment.json");
  for (const section of environments) {
    if (!environmentSections.some(({ name }) => name === section.name))
      addEnvironmentSection(environment, section, schemaOf);
  }
  addCellDefaults(environment, cells, cell);
  return new Map([...files].map(([name, schema]) => [name, formatJson(schema, 8)]));
}

function manifestIn(files: ReadonlyMap<string, Shape>, name: string): Shape {
  const manifest = files.get(name)?.properties?.config?.properties?.["atoll:manifest"];
  if (manifest) return manifest;
  throw new Error(`${path.join(folder, name)} is not a schema of config files`);
}

function addOwnSections(shape: Shape, registry: readonly Section[], cloud: Cloud): void {
  const known: readonly string[] = cellSections.map(({ name }) => name);
  const option = cellSchema(registry).in.options.find((it) => it.shape.cloud.value === cloud);
  const fields = option ? schemaOf(option).properties : {};
  const added: Shape = { properties: { ...fields } };
  const own = registry.filter(({ name }) => !known.includes(name));
  for (const section of own) addSection(added, section, cloud, schemaOf);
  const { properties = {} } = partial(added);
  const names = own.flatMap(({ name, plural }) => [
    name,
    ...(plural === undefined ? [] : [plural]),
  ]);
  shape.properties = {
    ...shape.properties,
    ...Object.fromEntries(names.map((name) => [name, properties[name] ?? {}])),
  };
  for (const grant of ownGrants(registry)) addGrant(shape, grant);
}

/** Adds a kind of grants to every list of grants in `identity`. */
function addGrant(shape: Shape, { aws, gcp }: GrantKind): void {
  const { additionalProperties: workload } =
    shape.properties?.identity?.properties?.workloads ?? {};
  if (typeof workload !== "object") return;
  const cloud = shape.properties?.cloud?.const;
  const { grants, ...federated } = workload.properties ?? {};
  const lists = [
    [grants, cloud === "gcp" ? gcp : aws],
    [federated.aws, aws],
    [federated.gcp, gcp],
  ] as const;
  for (const [list, { schema }] of lists)
    if (typeof list?.items === "object") list.items.oneOf?.push(schemaOf(schema));
}
