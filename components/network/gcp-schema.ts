import { z } from "zod";
import { projectText, regionText } from "../core/cloud.ts";
import { blockBetween } from "./base-schema.ts";
import { gcpEgress } from "./egress-schema.ts";

/** `network` in the manifest of a GCP cell. */
export const gcpSettings = {
  /** Whether routes learned in this region reach other regions of the network. @default "REGIONAL" */
  routing: z.enum(["REGIONAL", "GLOBAL"]).default("REGIONAL"),
  flowLogs: z
    .strictObject({
      /** Sampling rate of flow logs, above 0 and up to 1. @default 1 */
      sampling: z.number().gt(0).max(1).default(1),
      /** Aggregation interval of flow logs. @default "INTERVAL_1_MIN" */
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
       * Number of reserved external addresses, for allow-lists of others. With 0, Google Cloud assigns addresses, which can change.
       * @default 0
       */
      reservedAddresses: z.int().min(0).max(16).default(0),
      /** Minimum ports per VM. @default 64 */
      minPorts: z.literal([32, 64, 128, 256, 512, 1024]).default(64),
      /** Maximum ports per VM. @default 4096 */
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
   * Google APIs behind the private endpoint: all, or only those that VPC Service Controls supports.
   * @default "all-apis"
   */
  googleApis: z.enum(["all-apis", "vpc-sc"]).default("all-apis"),
  /** Egress of workloads outside the cell. */
  egress: gcpEgress,
};

/** The settings with the facts of the cell: the component's `spec`. */
export const gcpNetworkSchema = z.strictObject({
  cloud: z.literal("gcp"),
  project: projectText,
  region: regionText("gcp"),
  /** A /20 is enough for 16 nodes of 64 pods, a /11 for 8,192. */
  cidr: blockBetween(11, 20),
  ...gcpSettings,
});

export type GcpNetworkInput = z.input<typeof gcpNetworkSchema>;
export type GcpNetworkSpec = z.output<typeof gcpNetworkSchema>;
