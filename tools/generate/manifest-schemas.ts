/**
 * JSON Schemas of the stacks' config files, for editors and other tools. Types and defaults come from the schemas of manifests,
 * descriptions from the comments on their fields. They accept everything that Atoll accepts. Atoll also checks what JSON Schema
 * cannot express.
 */
import { globSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { type Cloud, clouds } from "../../components/core/cloud.ts";
import { environmentSections } from "../../components/environment-sections.ts";
import type { EnvironmentSection } from "../../components/section/environment-section.ts";
import type { Section } from "../../components/section/section.ts";
import { cellSections } from "../../components/sections.ts";
import { tenantSections } from "../../components/tenant-sections.ts";
import { cellSchema } from "../../footprint/manifest/cell.ts";
import { environmentFields } from "../../footprint/manifest/environment.ts";
import { tenantFields } from "../../footprint/manifest/tenant.ts";
import { addCellDefaults, ownFile, type Shape } from "./cell-defaults-schema.ts";
import { Comments, type Docs } from "./comments.ts";
import { addEnvironmentSection, addSection, type Describe, schemaOf } from "./section-schemas.ts";

/** The location of a schema's descriptions. */
interface Origin {
  readonly file: string;
  readonly constant: string;
  /** The key, in a constant with several schemas. */
  readonly key?: string;
}

/** The schemas by file name. */
export async function manifestSchemaFiles(
  root: string,
  registry: readonly Section[] = cellSections,
  ofEnvironments: readonly EnvironmentSection[] = environmentSections,
): Promise<Map<string, object>> {
  const comments = new Comments();
  const describe = await described(root, comments);
  const environment = environmentShape(root, ofEnvironments, comments, describe);
  const cell = Object.fromEntries(cellShapes(root, registry, comments, describe)) as Record<
    Cloud,
    Shape
  >;
  addCellDefaults(environment, registry, cell);
  const files = new Map<string, object>([
    ["environment.json", configFileSchema("An environment's config file", environment)],
    ...clouds.map((cloud): [string, object] => [
      `cell-${cloud}.json`,
      configFileSchema(`The config file of a cell: ${cloud}`, ownFile(cell[cloud])),
    ]),
  ]);
  files.set(
    "tenant.json",
    configFileSchema("A tenant's config file", tenantShape(root, comments, describe)),
  );
  files.set("stack.json", anyStack([...files.keys()]));
  return files;
}

/** The manifest of an environment, with its sections. */
function environmentShape(
  root: string,
  ofEnvironments: readonly EnvironmentSection[],
  comments: Comments,
  describe: Describe,
): Shape {
  const shape = describe(z.strictObject(environmentFields));
  const file = path.join(root, "footprint/manifest/environment.ts");
  annotate(shape, comments.fieldsOf(file, "environmentFields"));
  for (const section of ofEnvironments) addEnvironmentSection(shape, section, describe);
  describeTiers(root, shape.properties?.tenancy, comments, describe);
  return shape;
}

/** Tiers are composed from the sections of tenants, each of which describes its own part. */
function describeTiers(
  root: string,
  tenancy: Shape | undefined,
  comments: Comments,
  describe: Describe,
): void {
  const file = (name: string) => path.join(root, "components/tenancy", name);
  const tier = tenancy?.properties?.tiers?.additionalProperties;
  if (tenancy === undefined || typeof tier !== "object") return;
  annotate(tenancy, comments.fieldsOf(file("environment-schema.ts"), "tenancyFields"));
  annotate(tier, comments.fieldsOf(file("tier-schema.ts"), "tierFields"));
  for (const { name, about, page, tier: schema } of tenantSections) {
    const described = tier.properties?.[name];
    if (described === undefined) continue;
    const { properties } = describe(schema);
    Object.assign(described, { properties, description: `${about} See ${page}.` });
  }
}

/** The manifest of a tenant, with its sections. */
function tenantShape(root: string, comments: Comments, describe: Describe): Shape {
  const shape = describe(z.strictObject(tenantFields));
  annotate(
    shape,
    comments.fieldsOf(path.join(root, "footprint/manifest/tenant.ts"), "tenantFields"),
  );
  for (const section of tenantSections) addEnvironmentSection(shape, section, describe);
  return shape;
}

/** The manifests of cells by cloud, with their sections. */
function cellShapes(
  root: string,
  registry: readonly Section[],
  comments: Comments,
  describe: Describe,
): [Cloud, Shape][] {
  const file = path.join(root, "footprint/manifest/cell.ts");
  const own = comments.membersOf(file, "cellFields");
  return cellSchema(registry).in.options.map((option, index) => {
    const shape = describe(option);
    annotate(shape, comments.fieldsOf(file, "fields"));
    annotate(shape, own[index] ?? new Map());
    const cloud = option.shape.cloud.value;
    for (const section of registry) addSection(shape, section, cloud, describe);
    if (cloud === "onprem") nameCells(shape.properties?.identity);
    return [cloud, shape];
  });
}

/** A manifest names a cell, where the component gets values from that cell's manifest: see footprint/across/federation.ts. */
function nameCells(identity: Shape | undefined): void {
  const said = ["account", "region", "project", "projectNumber"];
  for (const into of ["aws", "gcp"]) {
    const section = identity?.properties?.[into];
    if (!section) continue;
    const own = Object.entries(section.properties ?? {}).filter(([name]) => !said.includes(name));
    const cell = {
      type: "string",
      description: "The cell whose resources can be granted to workloads.",
    };
    section.properties = { cell, ...Object.fromEntries(own) };
    section.required = ["cell"];
  }
}

/** A config file with a manifest, which can also contain secrets and Pulumi's own settings. */
function configFileSchema(title: string, manifest: Shape): object {
  return {
    $schema: draft,
    title,
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: { "atoll:manifest": manifest },
        required: ["atoll:manifest"],
      },
    },
    required: ["config"],
  };
}

/** For editors that map files to a schema by name: selects the schema from the manifest. */
function anyStack(files: readonly string[]): object {
  return {
    $schema: draft,
    title: "A stack's config file",
    allOf: files.map((file) => {
      const [kind, cloud] = path.basename(file, ".json").split("-");
      const fields = { kind: { const: kind }, ...(cloud ? { cloud: { const: cloud } } : {}) };
      return {
        if: within({ properties: fields, required: Object.keys(fields) }),
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { $ref: file },
      };
    }),
  };
}

function within(manifest: unknown): unknown {
  const config = { properties: { "atoll:manifest": manifest }, required: ["atoll:manifest"] };
  return { properties: { config }, required: ["config"] };
}

const draft = "http://json-schema.org/draft-07/schema#";

/** Converts the schemas of manifests and components to JSON Schema, with descriptions. */
async function described(root: string, comments: Comments): Promise<Describe> {
  const origins = await originsIn(root);
  return (schema) => {
    const shape = schemaOf(schema);
    const origin = origins.get(schema);
    if (origin) {
      const docs = comments.fieldsOf(origin.file, origin.constant);
      annotate(
        shape,
        (origin.key === undefined ? docs : docs.get(origin.key)?.fields) ?? new Map(),
      );
    }
    return shape;
  };
}

/** The exported constant of each schema. */
async function originsIn(root: string): Promise<ReadonlyMap<unknown, Origin>> {
  const origins = new Map<unknown, Origin>();
  const files = globSync(["components/*/{*schema,credentials}.ts", "footprint/manifest/*.ts"], {
    cwd: root,
  }).sort();
  for (const file of files.map((name) => path.join(root, name))) {
    const exported = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    for (const [constant, value] of Object.entries(exported)) {
      note(value, { file, constant });
      if (value instanceof z.ZodType || typeof value !== "object" || value === null) continue;
      for (const [key, inner] of Object.entries(value)) note(inner, { file, constant, key });
    }
  }
  return origins;

  function note(value: unknown, origin: Origin): void {
    if (!(value instanceof z.ZodType)) return;
    if (!origins.has(value)) origins.set(value, origin);
    // The members of a union have no names of their own.
    if (value instanceof z.ZodDiscriminatedUnion)
      for (const option of value.options) if (!origins.has(option)) origins.set(option, origin);
  }
}

/** Adds descriptions from comments to the properties of a schema, recursively. */
function annotate(shape: Shape, docs: Docs): void {
  for (const [name, property] of Object.entries(shape.properties ?? {})) {
    const doc = docs.get(name);
    if (!doc) continue;
    const fallback = property.default === undefined ? doc.fallback : undefined;
    const text = [doc.text, ...(fallback ? [`Default: ${fallback}.`] : [])].join(" ").trim();
    if (text !== "") property.description ??= text;
    annotate(property, doc.fields);
  }
  const { additionalProperties, items, anyOf = [], oneOf = [], allOf = [] } = shape;
  for (const inner of [additionalProperties, items, ...anyOf, ...oneOf, ...allOf])
    if (typeof inner === "object") annotate(inner, docs);
}
