/** What a manifest may say about an environment's audit trail, and what the environment adds to it. Defaults live only here. */
import { z } from "zod";
import { accountText, projectText, regionText } from "../core/cloud.ts";
import { frameworkIds } from "../core/frameworks.ts";
import { retentionOf } from "./retention.ts";

const retention = {
  /**
   * Days that the archive keeps each record: no fewer than the frameworks of the environment demand. An ephemeral environment
   * keeps them a day, and can be destroyed.
   *
   * @default what the frameworks demand, at least a year
   */
  retentionDays: z.int().min(1).max(36_500).optional(),
};

const facts = {
  /**
   * `permanent` locks the archive: nobody, not even the account's owner, can delete a record before its time, or the archive
   * while it holds one. `ephemeral` locks nothing for good, so that the environment can be destroyed.
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
      /** Which accesses to objects in S3 are recorded: 0.10 USD for 100,000 of them. @default "all" */
      objects: z.enum(["all", "writes", "none"]).default("all"),
      /** Tells of unusual rates of calls and errors: 0.35 USD for 100,000 calls looked at. @default false */
      insights: z.boolean().default(false),
    })
    .prefault({}),
  /**
   * Whether this environment switches on what an account has once: GuardDuty, Config, Security Hub, Access Analyzer, encryption
   * of volumes and no public buckets. False where another environment of the account does.
   *
   * @default true
   */
  ownsAccount: z.boolean().default(true),
  guardDuty: z
    .strictObject({
      /**
       * Watches the nodes of EKS clusters from within, with an agent that GuardDuty installs, and an endpoint in their network
       * that it leaves there: not in an ephemeral environment, whose networks could not be deleted.
       * @default true, in an ephemeral environment false
       */
      runtimeMonitoring: z.boolean().optional(),
    })
    .prefault({}),
  config: z
    .strictObject({
      /** How often changes of resources are recorded. @default "continuous" */
      recording: z.enum(["continuous", "daily"]).default("continuous"),
      /** `present` where the account has the service-linked role of Config already. @default "create" */
      serviceRole: z.enum(["create", "present"]).default("create"),
    })
    .prefault({}),
};

export const gcpAuditFields = {
  ...retention,
  /**
   * Whether this environment says what a project says once: which accesses to data are recorded. False where another environment
   * of the project does.
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
   * The organisation, folder or project that organisation policies are set on; it has to be in an organisation, and each may be
   * set by one environment only.
   *
   * @default none are set
   */
  guardrails: z
    .string()
    .regex(/^(organizations|folders|projects)\/\d{6,19}$/, {
      error:
        'must be a number of an organisation, folder or project, such as "organizations/123456789012"',
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

/** The same, with what the environment knows beside it. */
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
    message: `must be at least ${days}, which the environment's frameworks demand: ${sources.join(", ")}`,
  });
}

/** Days that the archive of an environment keeps its records, and whether anybody can change that. */
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
