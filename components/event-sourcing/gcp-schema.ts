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
    /** Total vCPUs of the workers. @default 3, Google's minimum */
    vcpus: z.int().min(3).max(96).default(3),
    /** Total memory of the workers: 1 to 8 GiB per vCPU. @default "6 GiB" */
    memory: sizeText({ min: "3 GiB" }).default("6 GiB"),
  })
  // Google's connector authenticates to Cloud SQL with IAM, as the service agent: no other role is possible.
  .omit({ user: true })
  .superRefine(({ vcpus, memory }, context) => {
    const perProcessor = bytes(memory) / 2 ** 30 / vcpus;
    if (perProcessor >= 1 && perProcessor <= 8) return;
    context.addIssue({
      code: "custom",
      path: ["memory"],
      input: memory,
      message: `must be 1 to 8 GiB per vCPU: "${vcpus} GiB" to "${vcpus * 8} GiB"`,
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

/** The component's `spec`: the settings with the facts of the cell. */
export const gcpEventSourcingSpec = gcpEventSourcingSettings
  .safeExtend({
    cloud: z.literal("gcp"),
    project: projectText,
    /** Part of the names of the project's service agents. */
    projectNumber: projectNumberText,
    region: regionText("gcp"),
    /** Frameworks of the environment. */
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
