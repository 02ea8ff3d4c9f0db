/** The sections of a registry in JSON Schema. */
import { z } from "zod";
import type { Cloud } from "../../components/core/cloud.ts";
import type { EnvironmentSection } from "../../components/section/environment-section.ts";
import {
  isSupported,
  type Section,
  type SectionOnCloud,
} from "../../components/section/section.ts";
import type { Shape } from "./cell-defaults-schema.ts";

/** What a manifest may contain, without descriptions from comments. */
export function schemaOf(schema: z.ZodType): Shape {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-7",
    unrepresentable: "any",
  }) as Shape;
  return shape;
}

export type Describe = (schema: z.ZodType) => Shape;

/** Replaces the manifest's map for a section by the section's own schema. */
export function addSection(shape: Shape, section: Section, cloud: Cloud, describe: Describe): void {
  const { name, plural, component, required, further } = section;
  const on = section.clouds[cloud];
  const written = isSupported(on) ? describe(settingsOf(on)) : { not: {} };
  const about = isSupported(on) ? `See components/${component}.` : on.unsupported;
  const properties: Record<string, Shape> = { ...shape.properties };
  properties[name] = {
    ...written,
    description: about,
    ...(required === "defaulted" ? { default: {} } : {}),
  };
  const inner = plural === undefined ? undefined : properties[plural];
  if (plural !== undefined && inner) {
    const given = isSupported(on) ? further?.[cloud]?.("key") : undefined;
    const mandatory = written.required?.filter((field) => !(given && field in given));
    properties[plural] = {
      ...inner,
      description: `Further ones of \`${name}\`, by key.`,
      additionalProperties: given ? { ...written, required: mandatory ?? [] } : { not: {} },
    };
  }
  shape.properties = properties;
}

function settingsOf({ settings, spec, entries }: SectionOnCloud): z.ZodType {
  if (settings) return settings;
  const map = spec instanceof z.ZodObject && entries ? spec.shape[entries] : undefined;
  if (map instanceof z.ZodType) return map;
  throw new Error("a section has neither settings nor entries");
}

/** A section of an environment or of a tenant, as far as its schema goes. */
type DescribedSection = Pick<
  EnvironmentSection,
  "name" | "about" | "page" | "settings" | "required" | "byCloud"
>;

/** Adds a section to the manifest of an environment or a tenant. */
export function addEnvironmentSection(
  shape: Shape,
  { name, about, page, settings, required, byCloud = {} }: DescribedSection,
  describe: Describe,
): void {
  const section = describe(settings);
  for (const [at, schemas] of Object.entries(byCloud)) {
    const map = section.properties?.[at];
    if (map) map.additionalProperties = { anyOf: schemas.map(describe) };
  }
  const description = page === undefined ? about : `${about} See ${page}.`;
  const initial = required === "defaulted" ? { default: {} } : {};
  shape.properties = { ...shape.properties, [name]: { ...section, description, ...initial } };
}
