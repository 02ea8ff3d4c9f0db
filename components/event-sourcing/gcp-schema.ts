import { z } from "zod";
import { projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { frameworkIds } from "../core/frameworks.ts";
import { bytes, sizeText } from "../core/units.ts";
import { report } from "../stream/schema-problems.ts";
import { aggregates, outboxFields } from "./aggregate-schema.ts";
import { withoutSchemas } from "./onprem-schema.ts";
import { registry } from "./registry-schema.ts";
import { retentionProblems } from "./retention.ts";

const gcpOutbox = z
  .strictObject({
    ...outboxFields,
    /** Virtual processors of the workers together. @default 3, the least that Google takes */
    vcpus: z.int().min(3).max(96).default(3),
    /** Memory of the workers together: 1 to 8 GiB for each virtual processor. @default "6 GiB" */
    memory: sizeText({ min: "3 GiB" }).default("6 GiB"),
  })
  // Google's connector signs in to Cloud SQL with IAM, as the service's agent: no other role can be named.
  .omit({ user: true })
  .superRefine(({ vcpus, memory }, context) => {
    const perProcessor = bytes(memory) / 2 ** 30 / vcpus;
    if (perProcessor >= 1 && perProcessor <= 8) return;
    context.addIssue({
      code: "custom",
      path: ["memory"],
      input: memory,
      message: `must be 1 to 8 GiB for each virtual processor: "${vcpus} GiB" to "${vcpus * 8} GiB"`,
    });
  });

export const gcpEventSourcingFields = {
  ...aggregates,
  /** @default no registry */
  registry: registry.optional(),
  /** @default no outbox */
  outbox: gcpOutbox.optional(),
};

/** `eventSourcing` in the manifest of a GCP cell. */
export const gcpEventSourcingSettings = z.strictObject(gcpEventSourcingFields);

/** The same with what the cell knows: what the component takes as `spec`. */
export const gcpEventSourcingSpec = gcpEventSourcingSettings
  .safeExtend({
    cloud: z.literal("gcp"),
    project: projectText,
    /** Google names a project's service agents by it. */
    projectNumber: projectNumberText,
    region: regionText("gcp"),
    /** What the environment claims. */
    frameworks: z.array(z.enum(frameworkIds)),
  })
  .superRefine((spec, context) =>
    report(
      [...retentionProblems(spec.aggregates, spec.frameworks), ...withoutSchemas(spec.aggregates)],
      context,
    ),
  );

export type GcpEventSourcingSpec = z.output<typeof gcpEventSourcingSpec>;
export type GcpOutbox = z.output<typeof gcpOutbox>;
