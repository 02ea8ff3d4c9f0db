import { z } from "zod";
import { frameworkIds } from "../core/frameworks.ts";
import { report } from "../stream/schema-problems.ts";
import type { StreamProblem } from "../stream/topics.ts";
import { type Aggregates, aggregates, outboxFields } from "./aggregate-schema.ts";
import { registry } from "./registry-schema.ts";
import { retentionProblems } from "./retention.ts";

const onpremOutbox = z.strictObject({
  ...outboxFields,
  /** Strimzi's Kafka Connect image with Debezium's connector, by digest, so that the image cannot change after its review. */
  image: z.string().regex(/^[a-z0-9.:/_-]+@sha256:[0-9a-f]{64}$/, {
    error: 'must be an image by its digest, such as "registry.example/connect@sha256:..."',
  }),
  /** Secret in the stream's namespace with the key `password`. */
  passwordSecret: z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, {
    error: "must be the name of a secret",
  }),
  /** Workers; one is active, the others take over when it fails. @default 2 */
  replicas: z.int().min(1).max(9).default(2),
});

export const onpremEventSourcingFields = {
  ...aggregates,
  /** @default no registry */
  registry: registry.optional(),
  /** @default no outbox */
  outbox: onpremOutbox.optional(),
};

/** Only cloud registries have schemas as resources; for Apicurio, the build of a service registers them. */
export function withoutSchemas(given: Aggregates): StreamProblem[] {
  return Object.entries(given).flatMap(([name, { schema }]) =>
    schema === undefined
      ? []
      : [
          {
            path: ["aggregates", name, "schema"],
            message:
              "must be omitted when Apicurio is the registry: register the schema through its API when you build the service",
            got: schema.format,
          },
        ],
  );
}

/** `eventSourcing` in the manifest of an on-premises cell. */
export const onpremEventSourcingSettings = z.strictObject(onpremEventSourcingFields);

/** The component's `spec`: the settings with the facts of the cell. */
export const onpremEventSourcingSpec = onpremEventSourcingSettings
  .safeExtend({
    cloud: z.literal("onprem"),
    /** Frameworks of the environment. */
    frameworks: z.array(z.enum(frameworkIds)),
  })
  .superRefine((spec, context) =>
    report(
      [...retentionProblems(spec.aggregates, spec.frameworks), ...withoutSchemas(spec.aggregates)],
      context,
    ),
  );

export type OnpremEventSourcingSpec = z.output<typeof onpremEventSourcingSpec>;
export type OnpremOutbox = z.output<typeof onpremOutbox>;
