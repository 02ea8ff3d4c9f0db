import { z } from "zod";
import { accountText } from "../core/cloud.ts";
import { frameworkIds } from "../core/frameworks.ts";
import { logRetentions } from "../core/retention.ts";
import { report } from "../stream/schema-problems.ts";
import { aggregates, outboxFields } from "./aggregate-schema.ts";
import { retentionProblems } from "./retention.ts";

const awsOutbox = z.strictObject({
  ...outboxFields,
  /** Key of a secret of the cell whose value is JSON with the role's `password`. */
  passwordSecret: z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, {
    error: "must be the key of a secret of the cell",
  }),
  plugin: z.strictObject({
    /** The existing bucket with the ZIP. */
    bucketArn: z.string().regex(/^arn:aws:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
      error: 'must be the ARN of a bucket, such as "arn:aws:s3:::acme-connect-plugins"',
    }),
    /** Object key of the ZIP: Debezium's PostgreSQL connector and AWS's config providers for Kafka. */
    fileKey: z.string().regex(/^[\w!.*'()/-]{1,1024}\.zip$/, {
      error: 'must be the key of a ZIP, such as "connect/debezium-postgres-3.2.zip"',
    }),
    /** Version of that object; plugins are immutable. @default the newest when the plugin is created */
    objectVersion: z.string().min(1).max(1024).optional(),
  }),
  /** @default "3.7.x" */
  connectVersion: z.enum(["2.7.1", "3.7.x"]).default("3.7.x"),
  /** Capacity units of the worker, with 1 vCPU and 4 GiB of memory each. @default 1 */
  capacityUnits: z.literal([1, 2, 4, 8]).default(1),
});

export const awsEventSourcingFields = {
  ...aggregates,
  registry: z
    .strictObject({
      /** Compatibility of a new version of a schema with older versions. @default "BACKWARD" */
      compatibility: z
        .enum([
          "NONE",
          "DISABLED",
          "BACKWARD",
          "BACKWARD_ALL",
          "FORWARD",
          "FORWARD_ALL",
          "FULL",
          "FULL_ALL",
        ])
        .default("BACKWARD"),
    })
    .prefault({}),
  /** @default no outbox */
  outbox: awsOutbox.optional(),
  /** Days that the connector's logs are kept in CloudWatch. @default 365 */
  logRetentionDays: z.literal([...logRetentions]).default(365),
};

/** `eventSourcing` in the manifest of an AWS cell. */
export const awsEventSourcingSettings = z.strictObject(awsEventSourcingFields);

/** The component's `spec`: the settings with the facts of the cell. */
export const awsEventSourcingSpec = awsEventSourcingSettings
  .safeExtend({
    cloud: z.literal("aws"),
    account: accountText,
    region: z.string().min(1),
    /** Frameworks of the environment. */
    frameworks: z.array(z.enum(frameworkIds)),
  })
  .superRefine((spec, context) =>
    report(retentionProblems(spec.aggregates, spec.frameworks), context),
  );

export type AwsEventSourcingSpec = z.output<typeof awsEventSourcingSpec>;
export type AwsOutbox = z.output<typeof awsOutbox>;
