/** An environment's lifetime, frameworks and exemptions: the only fields of a manifest that policies read. */
import { z } from "zod";
import { frameworkIds } from "../../components/core/frameworks.ts";

const exemption = z.strictObject({
  /** Control id, for example `EKS1`. */
  control: z.string().regex(/^[A-Z]+\d+$/, { error: 'must be a control id such as "EKS1"' }),
  /** The resource's name or URN; `*` matches any characters. */
  resource: z.string().min(1),
  /** Why the risk is accepted, in a sentence for auditors. */
  reason: z.string().min(10, { error: "must give the reason, in at least 10 characters" }),
  /** Last day on which it applies. */
  expires: z.iso.date({ error: 'must be a date such as "2027-03-31"' }),
});

/** An accepted risk: a control is not applied to these resources until the expiry date. */
export type Exemption = z.output<typeof exemption>;

export const claims = {
  /**
   * `permanent` protects resources with data from deletion; `ephemeral` can be destroyed in one run.
   * @default "permanent"
   */
  lifetime: z.enum(["permanent", "ephemeral"]).default("permanent"),
  /**
   * The frameworks it claims. Every control is always enforced; a claim adds the framework's evidence and retention requirements.
   * @default []
   */
  frameworks: z.array(z.enum(frameworkIds)).default([]),
  /** @default [] */
  exemptions: z.array(exemption).default([]),
};
