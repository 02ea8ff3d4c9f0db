/** The settings of an environment's audit trail, and the facts that the environment adds. Defaults live only here. */
import { z } from "zod";
import { accountText, projectText, regionText } from "../core/cloud.ts";
import { frameworkIds } from "../core/frameworks.ts";
import { retentionOf } from "./retention.ts";

const retention = {
  /**
   * Days that the archive keeps each record, at least as many as the frameworks of the environment require. An ephemeral
   * environment keeps records for one day and can be destroyed.
   *
   * @default what the frameworks require, at least a year
   */
  retentionDays: z.int().min(1).max(36_500).optional(),
};

const facts = {
  /**
   * `permanent` locks the archive: nobody, not even the account's root user, can delete a record before its retention period
   * ends, or the archive while it holds records. `ephemeral` uses a lock that can be removed, so that the environment can be
   * destroyed.
   *
   * @default "permanent"
   */
  lifetime: z.enum(["permanent", "ephemeral"]).default("permanent"),
  /** The frameworks that the environment claims. @default [] */
  frameworks: z.array(z.enum(frameworkIds)).default([]),
};

export const awsAuditFields = {
  ...retention,
  trail: z
    .strictObject({
      /** Which S3 object-level events are recorded: 0.10 USD per 100,000 events. @default "all" */
      objects: z.enum(["all", "writes", "none"]).default("all"),
      /** Reports unusual rates of calls and errors: 0.35 USD per 100,000 analyzed events. @default false */
      insights: z.boolean().default(false),
    })
    .prefault({}),
  /**
   * Whether this environment enables account-level services: GuardDuty, Config, Security Hub, Access Analyzer, default EBS
   * encryption and S3 Block Public Access. Set it to false when another environment of the account does.
   *
   * @default true
   */
  ownsAccount: z.boolean().default(true),
  guardDuty: z
    .strictObject({
      /**
       * Monitors the nodes of EKS clusters with an agent that GuardDuty installs. GuardDuty also leaves an endpoint in their
       * network. Therefore it is not available in an ephemeral environment: its networks could not be deleted.
       * @default true, in an ephemeral environment false
       */
      runtimeMonitoring: z.boolean().optional(),
    })
    .prefault({}),
  config: z
    .strictObject({
      /** How often resource changes are recorded. @default "continuous" */
      recording: z.enum(["continuous", "daily"]).default("continuous"),
      /** `present` when the account already has the service-linked role of Config. @default "create" */
      serviceRole: z.enum(["create", "present"]).default("create"),
    })
    .prefault({}),
};

export const gcpAuditFields = {
  ...retention,
  /**
   * Whether this environment manages the project's data access audit configuration. Set it to false when another environment of
   * the project does.
   *
   * @default true
   */
  ownsProject: z.boolean().default(true),
  /** Which accesses to data are recorded; administration always is. Both are charged by volume. */
  dataAccess: z
    .strictObject({
      /** @default true */
      reads: z.boolean().default(true),
      /** @default true */
      writes: z.boolean().default(true),
    })
    .prefault({}),
  /**
   * The organisation, folder or project that organisation policies are set on. It must belong to an organisation, and only one
   * environment may set it.
   *
   * @default none are set
   */
  guardrails: z
    .string()
    .regex(/^(organizations|folders|projects)\/\d{6,19}$/, {
      error:
        'must be an organisation, folder or project by its number, such as "organizations/123456789012"',
    })
    .optional(),
};

export const onpremAuditFields = {
  ...retention,
  /** Where the API server writes its audit log, on its own disk. @default "/var/log/kubernetes/audit.log" */
  logPath: z
    .string()
    .regex(/^\/[\w./-]+$/, { error: "must be an absolute path" })
    .default("/var/log/kubernetes/audit.log"),
};

/** `audit` in the manifest of an environment, by the clouds that it is on. */
export const awsAuditSettings = z.strictObject(awsAuditFields);
export const gcpAuditSettings = z.strictObject(gcpAuditFields);
export const onpremAuditSettings = z.strictObject(onpremAuditFields);

/** The same, with the facts of the environment. */
export const awsAuditSpec = z
  .strictObject({
    cloud: z.literal("aws"),
    account: accountText,
    /** Where the trail and the archive are; the trail records every region. */
    region: regionText("aws"),
    ...facts,
    ...awsAuditFields,
  })
  .superRefine(longEnough)
  .superRefine(({ lifetime, guardDuty }, context) => {
    if (lifetime === "permanent" || guardDuty.runtimeMonitoring !== true) return;
    context.addIssue({
      code: "custom",
      path: ["guardDuty", "runtimeMonitoring"],
      input: true,
      message:
        "must be false in an ephemeral environment: GuardDuty leaves its endpoints in networks, which could not be deleted",
    });
  })
  .transform(({ guardDuty: { runtimeMonitoring }, ...spec }) => ({
    ...spec,
    guardDuty: { runtimeMonitoring: runtimeMonitoring ?? spec.lifetime === "permanent" },
  }));

export const gcpAuditSpec = z
  .strictObject({
    cloud: z.literal("gcp"),
    project: projectText,
    /** Where the archive is. */
    region: regionText("gcp"),
    ...facts,
    ...gcpAuditFields,
  })
  .superRefine(longEnough);

export const onpremAuditSpec = z
  .strictObject({ cloud: z.literal("onprem"), ...facts, ...onpremAuditFields })
  .superRefine(longEnough);

export const auditSpec = z.discriminatedUnion("cloud", [
  awsAuditSpec,
  gcpAuditSpec,
  onpremAuditSpec,
]);

type Kept = z.output<z.ZodObject<typeof facts & typeof retention>>;

function longEnough({ retentionDays, frameworks }: Kept, context: z.RefinementCtx): void {
  const { days, sources } = retentionOf(frameworks);
  if (retentionDays === undefined || sources.length === 0 || retentionDays >= days) return;
  context.addIssue({
    code: "custom",
    path: ["retentionDays"],
    input: retentionDays,
    message: `must be at least ${days}, which the environment's frameworks require: ${sources.join(", ")}`,
  });
}

/** How long the archive of an environment keeps its records, and in which lock mode. */
export function lockOf({ lifetime, frameworks, retentionDays }: Kept): {
  readonly mode: "governance" | "compliance";
  readonly days: number;
} {
  return lifetime === "ephemeral"
    ? { mode: "governance", days: 1 }
    : { mode: "compliance", days: retentionDays ?? retentionOf(frameworks).days };
}

export type AwsAuditInput = z.input<typeof awsAuditSpec>;
export type AwsAuditSpec = z.output<typeof awsAuditSpec>;
export type GcpAuditInput = z.input<typeof gcpAuditSpec>;
export type GcpAuditSpec = z.output<typeof gcpAuditSpec>;
export type OnpremAuditInput = z.input<typeof onpremAuditSpec>;
export type OnpremAuditSpec = z.output<typeof onpremAuditSpec>;
