/** What an environment claims to be. Policies read these fields too, and nothing else of a manifest. */
import { z } from "zod";
import { frameworkIds } from "../../components/core/frameworks.ts";

const exemption = z.strictObject({
  /** Control id, for example `EKS1`. */
  control: z.string().regex(/^[A-Z]+\d+$/, { error: 'must be a control id such as "EKS1"' }),
  /** The resource's name or URN; `*` stands for any characters. */
  resource: z.string().min(1),
  /** Why the risk is accepted, in a sentence an auditor can read. */
  reason: z.string().min(10, { error: "must say why, in at least 10 characters" }),
  /** Last day on which it holds. */
  expires: z.iso.date({ error: 'must be a date such as "2027-03-31"' }),
});

/** A risk that somebody accepted: this control, on these resources, for this reason, until this day. */
export type Exemption = z.output<typeof exemption>;

export const claims = {
  /**
   * `permanent` protects what holds data from deletion; `ephemeral` can be destroyed in one go.
   * @default "permanent"
   */
  lifetime: z.enum(["permanent", "ephemeral"]).default("permanent"),
  /**
   * The frameworks it claims. Every control is enforced in any case; a claim adds its evidence and retention duties.
   * @default []
   */
  frameworks: z.array(z.enum(frameworkIds)).default([]),
  /** @default [] */
  exemptions: z.array(exemption).default([]),
};
