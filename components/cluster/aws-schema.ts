import { z } from "zod";
import { cidrProblem, cidrText, contains, prefixOf } from "../core/cidr.ts";
import { logRetentions } from "../core/retention.ts";
import { countLimits } from "../core/service-limits.ts";
import { addonNames } from "./aws-addon-versions.ts";
import { kubernetesVersion } from "./versions.ts";

/**
 * EKS access policies, by the names of the corresponding Kubernetes roles.
 * Source: "Review access policy permissions", EKS user guide, 2026-08.
 */
export const accessPolicies = {
  "cluster-admin": "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
  "view-all": "AmazonEKSAdminViewPolicy",
} as const;

const accessEntry = z
  .strictObject({
    /** IAM role or user; prefer roles that people assume through single sign-on. */
    principalArn: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/, {
      error:
        'must be the ARN of an IAM role or user, such as "arn:aws:iam::111122223333:role/platform-admin"',
    }),
    policy: z.enum(Object.keys(accessPolicies) as (keyof typeof accessPolicies)[]),
    /**
     * Namespaces that the policy applies to; empty means the whole cluster.
     * @default []
     */
    namespaces: z.array(z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\*?$/)).default([]),
  })
  .refine(({ policy, namespaces }) => policy !== "cluster-admin" || namespaces.length === 0, {
    path: ["namespaces"],
    error:
      'must be empty for "cluster-admin", which is for the whole cluster; use "admin" within namespaces',
  });

const entryKey = z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, {
  error: "must be a key of 1 to 40 lower case letters, digits and hyphens",
});

/** Principals by a key. */
export const accessEntries = z.record(entryKey, accessEntry);

export type AccessEntries = z.output<typeof accessEntries>;

/** What every cluster has in a manifest, created or existing. */
export const awsEveryField = {
  version: kubernetesVersion("eks"),
};

/** What only a cluster that Atoll creates has. */
export const awsCreatedFields = {
  /**
   * Whether the API server also has a public endpoint; the private endpoint is always enabled.
   * @default false
   */
  endpointPublicAccess: z.boolean().default(false),
  /**
   * CIDR blocks that may reach the public endpoint; required when it is enabled.
   * @default []
   */
  publicAccessCidrs: z
    .array(cidrText)
    .max(countLimits.publicAccessBlocks, {
      error: `must have at most ${countLimits.publicAccessBlocks} blocks`,
    })
    .default([]),
  /**
   * Principals that may use the Kubernetes API, by a key of your choice. The creator has no implicit access. At least one
   * must be a cluster admin, and the role that deploys must be among them.
   */
  access: accessEntries.refine(
    (access) => Object.values(access).some(({ policy }) => policy === "cluster-admin"),
    {
      error:
        'must give "cluster-admin" to at least one principal, or the cluster would be inaccessible',
    },
  ),
  /**
   * Versions of add-ons other than the pinned ones, for example `{ coredns: v1.13.2-eksbuild.1 }`.
   * @default {}
   */
  addons: z
    .partialRecord(
      z.enum(addonNames),
      z.string().regex(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, {
        error: 'must be an add-on version such as "v1.13.2-eksbuild.1"',
      }),
    )
    .default({}),
  /**
   * CIDR block of Kubernetes services: a private block between /12 and /24 that does not overlap with the network.
   * @default "172.20.0.0/16"
   */
  serviceCidr: serviceCidr().default("172.20.0.0/16"),
  /**
   * Days that the control plane's logs are kept; one of the periods of CloudWatch Logs. PCI DSS 10.5.1 requires a year.
   * @default 365
   */
  logRetentionDays: z.literal([...logRetentions]).default(365),
};

/** `cluster` of a cluster that Atoll creates. */
export const awsCreatedSettings = z
  .strictObject({ ...awsEveryField, ...awsCreatedFields })
  .superRefine((settings, context) => {
    if (settings.endpointPublicAccess && settings.publicAccessCidrs.length === 0) {
      context.addIssue({
        code: "custom",
        path: ["publicAccessCidrs"],
        input: settings.publicAccessCidrs,
        message:
          "must list the blocks that may reach the public endpoint, or endpointPublicAccess must be false",
      });
    }
    if (!settings.endpointPublicAccess && settings.publicAccessCidrs.length > 0) {
      context.addIssue({
        code: "custom",
        path: ["publicAccessCidrs"],
        input: settings.publicAccessCidrs,
        message: "must be empty while endpointPublicAccess is false",
      });
    }
    refinePrincipals(settings.access, context);
  });

/** EKS has at most one entry for a principal. */
export function refinePrincipals(access: AccessEntries, context: z.RefinementCtx): void {
  const principals = Object.entries(access);
  for (const [index, [key, { principalArn }]] of principals.entries()) {
    const first = principals.findIndex(([, other]) => other.principalArn === principalArn);
    if (first === index) continue;
    context.addIssue({
      code: "custom",
      path: ["access", key, "principalArn"],
      input: principalArn,
      message: `must be named once: "${principals[first]?.[0]}" is the same principal`,
    });
  }
}

const serviceRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** EKS accepts RFC 1918 blocks between /24 and /12; `kubernetesNetworkConfig.serviceIpv4Cidr` of CreateCluster. */
function serviceCidr() {
  return cidrText.superRefine((block, context) => {
    if (cidrProblem(block)) return;
    const prefix = prefixOf(block);
    if (prefix >= 12 && prefix <= 24 && serviceRanges.some((range) => contains(range, block)))
      return;
    context.addIssue({
      code: "custom",
      input: block,
      message: `must lie in ${serviceRanges.join(", ")} and be between /12 and /24`,
    });
  });
}
