import { z } from "zod";
import { projectText, regionText } from "../core/cloud.ts";
import { blockBetween } from "./base-schema.ts";
import { gcpEgress } from "./egress-schema.ts";

/** The part of a GCP network that a cell's manifest writes below `network:`. */
export const gcpSettings = {
  /** Whether routes learned in this region reach other regions of the network. @default "REGIONAL" */
  routing: z.enum(["REGIONAL", "GLOBAL"]).default("REGIONAL"),
  flowLogs: z
    .strictObject({
      /** Share of flows that are logged, above 0 and up to 1. @default 1 */
      sampling: z.number().gt(0).max(1).default(1),
      /** How long packets of a flow are added up into one record. @default "INTERVAL_1_MIN" */
      interval: z
        .enum([
          "INTERVAL_5_SEC",
          "INTERVAL_30_SEC",
          "INTERVAL_1_MIN",
          "INTERVAL_5_MIN",
          "INTERVAL_10_MIN",
          "INTERVAL_15_MIN",
        ])
        .default("INTERVAL_1_MIN"),
    })
    .prefault({}),
  nat: z
    .strictObject({
      /**
       * Addresses of your own that the internet sees, for others to allow-list; with none, Google chooses and may change.
       * @default 0
       */
      reservedAddresses: z.int().min(0).max(16).default(0),
      /** Ports that a machine has in any case. @default 64 */
      minPorts: z.literal([32, 64, 128, 256, 512, 1024]).default(64),
      /** Ports that a machine gets when it needs them. @default 4096 */
      maxPorts: z
        .literal([64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536])
        .default(4096),
    })
    .refine(({ minPorts, maxPorts }) => minPorts < maxPorts, {
      error: "must be more than minPorts",
      path: ["maxPorts"],
    })
    .prefault({}),
  /**
   * Which Google APIs are reached inside the network: all, or only those that VPC Service Controls guards.
   * @default "all-apis"
   */
  googleApis: z.enum(["all-apis", "vpc-sc"]).default("all-apis"),
  /** Where workloads may go outside the cell. */
  egress: gcpEgress,
};

/** A network on GCP with its place: what the component takes as `spec`. */
export const gcpNetworkSchema = z.strictObject({
  cloud: z.literal("gcp"),
  project: projectText,
  region: regionText("gcp"),
  /** From 16 nodes of 64 pods at /20 to 8,192 at /11; see the plan. */
  cidr: blockBetween(11, 20),
  ...gcpSettings,
});

export type GcpNetworkInput = z.input<typeof gcpNetworkSchema>;
export type GcpNetworkSpec = z.output<typeof gcpNetworkSchema>;
