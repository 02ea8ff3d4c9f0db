/**
 * The outputs of an environment's stack, for the stacks of its cells. Outputs are a contract between stacks: fields can be added, but
 * not removed while a released version still reads them.
 */
import { z } from "zod";
import {
  type AtollEnvironmentSection,
  environmentSections,
} from "../../components/environment-sections.ts";
import type { EnvironmentSection } from "../../components/section/environment-section.ts";
import { deployedSettings } from "../../footprint/changes/settings.ts";

type WithOutputs = Extract<AtollEnvironmentSection, { readonly outputs: unknown }>;

/** The outputs of sections by name. A section that is omitted has none, nor one that an older release did not have. */
type SectionOutputs = {
  readonly [S in WithOutputs as S["name"]]?: z.output<S["outputs"]> | undefined;
};

const fields = z.object({
  environment: z.string(),
  target: z.enum(["rehearsal", "cloud"]),
  lifetime: z.enum(["permanent", "ephemeral"]),
  addresses: z.object({
    supernet: z.string(),
    /** Cell to its block. */
    cells: z.record(z.string(), z.string()),
    /** Free addresses of the supernet, and the next free block for a new cell. */
    free: z.object({ addresses: z.number(), next: z.string().nullable() }),
  }),
  /** The checked settings of its sections, which the next change is compared with. Stacks of older releases have none. */
  settings: deployedSettings.optional(),
});

export type EnvironmentOutputs = z.output<typeof fields> & SectionOutputs;

// A user's own sections may have any outputs.
export const environmentOutputs = fields
  .extend(
    Object.fromEntries(
      (environmentSections as readonly EnvironmentSection[]).flatMap(({ name, outputs }) =>
        outputs === undefined ? [] : [[name, outputs.optional()] as const],
      ),
    ),
  )
  .loose() as unknown as z.ZodType<EnvironmentOutputs>;
