/** The schema of an environment's manifest. */
import { z } from "zod";
import { privateCidrText } from "../../components/core/cidr.ts";
import {
  type AtollEnvironmentSection,
  environmentSections,
  environmentSectionsWith,
} from "../../components/environment-sections.ts";
import type { EnvironmentSection } from "../../components/section/environment-section.ts";
import { claims } from "./claims.ts";
import { hooksFile, ownership } from "./fields.ts";
import { tagsSchema } from "./tags.ts";

/** The fields of the environment itself. */
export const environmentFields = {
  kind: z.literal("environment"),
  /** Where it is deployed: the embedded cloud or real clouds. Their states are separate. */
  target: z.enum(["rehearsal", "cloud"]),
  ...claims,
  ...ownership,
  /** Tags of all resources besides those of ownership; see stacks/README.md. @default {} */
  tags: tagsSchema.default({}),
  /** Defaults for its cells, with the fields of a cell; see cell-defaults.ts. @default {} */
  cellDefaults: z.record(z.string(), z.unknown()).default({}),
  /** Module that adjusts the resources of its own stack; see stacks/README.md. @default none */
  hooks: hooksFile.optional(),
  addressSpace: z.strictObject({
    /** The private CIDR block that contains all cells' blocks. */
    supernet: privateCidrText,
  }),
};

/**
 * Atoll's sections and those of a repository.
 *
 * @throws BlueprintError `project-invalid` if two share a name, or one has the name of a field of the environment
 */
export function environmentRegistry(
  own: readonly EnvironmentSection[],
): readonly EnvironmentSection[] {
  return environmentSectionsWith(own, Object.keys(environmentFields));
}

/** A section's field in the manifest. */
export function sectionField({ settings, required }: EnvironmentSection): z.ZodType {
  return required === "defaulted" ? settings.prefault({}) : settings.optional();
}

/** The schema of an environment's manifest with the sections of a registry. */
export function environmentSchema(registry: readonly EnvironmentSection[] = environmentSections) {
  const sections = registry.map((section) => [section.name, sectionField(section)] as const);
  // The sections' names are known only at run time.
  return z.strictObject({
    ...environmentFields,
    ...(Object.fromEntries(sections) as Record<never, never>),
  }) as unknown as z.ZodType<EnvironmentManifest>;
}

/** The settings of sections by name: those with defaults, and those that can be omitted. */
type SettingsByName<S extends EnvironmentSection> = {
  readonly [K in S as K extends { readonly required: "defaulted" } ? K["name"] : never]: z.output<
    K["settings"]
  >;
} & {
  readonly [K in S as K extends { readonly required: "defaulted" } ? never : K["name"]]?:
    | z.output<K["settings"]>
    | undefined;
};

export type EnvironmentManifest = z.output<z.ZodObject<typeof environmentFields>> &
  SettingsByName<AtollEnvironmentSection>;
