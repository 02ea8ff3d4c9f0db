/** The nodes of a tenant: what a tier says about them. Plain data; defaults live only here. */
import { z } from "zod";
import { projectText, regionText } from "../core/cloud.ts";
import { awsPool } from "../node-pool/aws-schema.ts";
import { gcpPool } from "../node-pool/gcp-schema.ts";
import { architectures, range } from "../node-pool/pool-schema.ts";
import { isolations } from "../tenancy/isolation.ts";

/** What a tier gives its tenants, where nodes are their own. */
export const nodesTier = z.strictObject({
  /** How the nodes are disrupted; see components/node-pool. @default "stateless" */
  class: z.enum(["stateless", "batch", "stateful"]).default("stateless"),
  /** @default "on-demand" */
  capacity: z.enum(["on-demand", "spot"]).default("on-demand"),
  /** The most nodes of a tenant. There are none while it has no pods. @default 5 */
  most: z.int().min(1).max(1000).default(5),
  /** CPU architectures of the tenant's images. @default ["amd64"] */
  architectures: z.array(z.enum(architectures)).min(1).default(["amd64"]),
  /** Instance families or machine series. @default those of the cell's pools */
  families: z.array(z.string()).min(1).optional(),
  /** CPUs of one node. @default 2 to 32 on AWS, 4 to 32 on Google Cloud */
  vcpus: range(1, 192).optional(),
});

/** A tenant says nothing about its nodes. */
export const nodesSettings = z.strictObject({});

const common = { tenant: z.string(), isolation: z.enum(isolations) };

export const awsTenantNodesSpec = z.strictObject({
  cloud: z.literal("aws"),
  ...common,
  /** Its own pool; omitted if it shares the nodes of the cell. */
  pool: awsPool.optional(),
});

export const gcpTenantNodesSpec = z.strictObject({
  cloud: z.literal("gcp"),
  ...common,
  project: projectText,
  region: regionText("gcp"),
  /** Zones of the nodes. */
  zones: z.array(z.string()).min(1),
  cluster: z.strictObject({
    name: z.string(),
    location: z.string(),
    /** Email of the service account of nodes. */
    nodeAccount: z.string(),
  }),
  pool: gcpPool.optional(),
});

export const onpremTenantNodesSpec = z.strictObject({ cloud: z.literal("onprem"), ...common });

export type NodesTier = z.output<typeof nodesTier>;
export type AwsTenantNodesInput = z.input<typeof awsTenantNodesSpec>;
export type AwsTenantNodesSpec = z.output<typeof awsTenantNodesSpec>;
export type GcpTenantNodesInput = z.input<typeof gcpTenantNodesSpec>;
export type GcpTenantNodesSpec = z.output<typeof gcpTenantNodesSpec>;
