/** Settings of people's access to private resources. All defaults are here. */
import { z } from "zod";
import { logRetentions } from "../core/retention.ts";
import { countLimits } from "../core/service-limits.ts";

/** The kinds of targets that people can reach. */
export const targets = ["cluster-api", "database", "dashboards"] as const;
export type Target = (typeof targets)[number];

/** A key that is part of physical names. */
const key = z.string().regex(/^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/, {
  error: "must be at most 32 lower case letters, digits and hyphens, starting with a letter",
});

const email = z.email({
  error: 'must be the email address of a group, such as "platform-admins@acme.example"',
});

const https = z.url({
  protocol: /^https$/,
  error: 'must be a URL that starts with "https://"',
});

const group = z.strictObject({
  /** The group's email address. Google Cloud uses it directly, an OpenID provider as the name of the group. */
  who: email,
  /** The group's id in IAM Identity Center. Required with `aws.users.type: identity-center`. */
  identityCenterId: z.uuid({ error: "must be a group id of IAM Identity Center" }).optional(),
  /** The group's id in Google's directory. Access bindings for Google APIs use it instead of the email address. */
  googleId: z
    .string()
    .regex(/^[0-9a-z]{8,24}$/, { error: 'must be a group id such as "01d520gv4vjcrht"' })
    .optional(),
  reaches: z.array(z.enum(targets)).min(1),
  /** @default every cell on AWS and Google Cloud that has the target */
  cells: z.array(z.string()).min(1).optional(),
  /** Device requirements on Google Cloud, checked by Endpoint Verification. On AWS see `aws.devices`. */
  device: z
    .strictObject({
      /** @default true */
      encrypted: z.boolean().default(true),
      /** @default true */
      screenLock: z.boolean().default(true),
      /** @default true */
      corporateOwned: z.boolean().default(true),
    })
    .refine((device) => Object.values(device).some(Boolean), {
      error: "must require at least one property: identity alone does not give access",
    })
    .prefault({}),
});

export const users = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("identity-center") }),
  z.strictObject({
    type: z.literal("oidc"),
    issuer: https,
    authorizationEndpoint: https,
    tokenEndpoint: https,
    userInfoEndpoint: https,
    /** Endpoint of the provider's public signing keys. */
    publicSigningKeyEndpoint: https,
    clientId: z.string().min(1),
    /** The secret in the environment stack's config that holds the client secret. */
    clientSecret: z.strictObject({ configKey: z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]*$/) }),
    /** @default "openid email groups" */
    scope: z
      .string()
      .regex(/^openid( \S+)*$/, { error: 'must start with "openid"' })
      .default("openid email groups"),
  }),
]);

const tenantId = z.string().min(1);

export const devices = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("jamf"),
    tenantId,
    /** Accepted risk levels. @default ["SECURE", "LOW"] */
    risks: z
      .array(z.enum(["SECURE", "LOW", "MEDIUM"]))
      .min(1)
      .default(["SECURE", "LOW"]),
  }),
  z.strictObject({
    type: z.literal("crowdstrike"),
    tenantId,
    /** The minimum Zero Trust Assessment score, of 100. @default 70 */
    minimumScore: z.int().min(1).max(100).default(70),
  }),
  /** Devices must be managed. */
  z.strictObject({ type: z.literal("jumpcloud"), tenantId }),
]);

const domain = z.string().regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, {
  error: 'must be a domain such as "grafana.acme.example"',
});

/** `people` in the manifest of an environment. */
export const peopleSettings = z.strictObject({
  /** Groups by a name of your choice. */
  groups: z.record(key, group),
  /** Required if a group reaches a cell on AWS. */
  aws: z
    .strictObject({
      /** The trust provider for users. */
      users,
      /** The trust provider for devices. */
      devices,
      /**
       * A domain of yours. Each account and region gets a subdomain, in which the Connectivity Client resolves clusters. Required if a
       * group reaches a cluster's API.
       */
      clientDomain: domain.optional(),
      /** Retention of the access log in days. @default 365, as PCI DSS 10.5.1 requires */
      retentionDays: z.literal(logRetentions).default(365),
    })
    .optional(),
  /** Required if a group reaches a cell on Google Cloud. */
  google: z
    .strictObject({
      /** The number of the organisation's access policy: `gcloud access-context-manager policies list`. */
      accessPolicy: z
        .string()
        .regex(/^\d{6,19}$/, { error: "must be the policy's number, in quotes" }),
      /** The number of the organisation. Required if a group reaches a cluster's API. */
      organization: z
        .string()
        .regex(/^\d{6,19}$/, { error: "must be the organisation's number, in quotes" })
        .optional(),
      /** `present` when another environment binds these groups: an organisation has one access binding per group. @default "create" */
      bindings: z.enum(["create", "present"]).default("create"),
    })
    .optional(),
});

/** A dashboard behind an internal load balancer of an AWS cell. */
const awsDashboard = z.strictObject({
  /** The domain that people open. Its CNAME is the endpoint's domain. */
  domain,
  /** The ARN of an ACM certificate for the domain. */
  certificateArn: z
    .string()
    .startsWith("arn:aws:acm:", { error: "must be the ARN of a certificate" }),
  loadBalancerArn: z
    .string()
    .startsWith("arn:aws:elasticloadbalancing:", { error: "must be the ARN of a load balancer" }),
  /** The security group of the load balancer. A rule is added to it. */
  securityGroupId: z
    .string()
    .regex(/^sg-[0-9a-f]+$/, { error: "must be the id of a security group" }),
});

/** A dashboard behind a Google Cloud load balancer with IAP enabled. */
const gcpDashboard = z.strictObject({ backendService: z.string().min(1) });

/** Dashboards behind one security group, which has other rules too. */
const mostDashboards = countLimits.rulesPerSecurityGroup - 10;

/** `people` in the manifest of a cell. */
export const awsCellPeopleSettings = z.strictObject({
  /** @default {} */
  dashboards: z
    .record(key, awsDashboard)
    .superRefine((dashboards, context) => {
      const groups = Object.values(dashboards).map(({ securityGroupId }) => securityGroupId);
      for (const group of new Set(groups)) {
        const count = groups.filter((other) => other === group).length;
        if (count <= mostDashboards) continue;
        context.addIssue({
          code: "custom",
          input: count,
          message: `must have at most ${mostDashboards} dashboards of ${group}, which gets a rule for each: a security group has ${countLimits.rulesPerSecurityGroup} rules`,
        });
      }
    })
    .default({}),
});
export const gcpCellPeopleSettings = z.strictObject({
  /** @default {} */
  dashboards: z.record(key, gcpDashboard).default({}),
});

/** Groups that reach a target, by name in the manifest. */
const admitted = z.record(z.string(), group.pick({ who: true, identityCenterId: true }));

export const awsAccessEndpointSpec = z.strictObject({
  users,
  devices,
  /** The domain in which clients resolve targets with CIDR endpoints. @default none: there are no such targets */
  clientDomain: domain.optional(),
  retentionDays: z.literal(logRetentions),
});

export const awsPeopleSpec = z.strictObject({
  cloud: z.literal("aws"),
  /** The cell's CIDR block. */
  cidr: z.cidrv4(),
  users: z.enum(["identity-center", "oidc"]),
  devices,
  clusterApi: admitted,
  database: admitted,
  dashboards: z.record(key, awsDashboard),
  dashboardsFor: admitted,
});

const levels = z.record(
  z.string(),
  z.strictObject({
    level: z.string(),
    device: group.shape.device,
    googleId: z.string().optional(),
  }),
);

export const gcpAccessLevelsSpec = z.strictObject({
  accessPolicy: z.string(),
  organization: z.string().optional(),
  groups: levels,
});

/** Groups with access, and the access level of each. */
const leveled = z.record(z.string(), z.strictObject({ who: email, level: z.string() }));

export const gcpPeopleSpec = z.strictObject({
  cloud: z.literal("gcp"),
  project: z.string(),
  region: z.string(),
  clusterApi: leveled,
  database: leveled,
  dashboards: z.record(key, gcpDashboard),
  dashboardsFor: leveled,
});

export type PeopleSettings = z.output<typeof peopleSettings>;
export type Users = z.output<typeof users>;
export type Devices = z.output<typeof devices>;
export type AwsAccessEndpointInput = z.input<typeof awsAccessEndpointSpec>;
export type AwsPeopleInput = z.input<typeof awsPeopleSpec>;
export type AwsPeopleSpec = z.output<typeof awsPeopleSpec>;
export type GcpAccessLevelsInput = z.input<typeof gcpAccessLevelsSpec>;
export type GcpAccessLevelsSpec = z.output<typeof gcpAccessLevelsSpec>;
export type GcpPeopleInput = z.input<typeof gcpPeopleSpec>;
export type GcpPeopleSpec = z.output<typeof gcpPeopleSpec>;
