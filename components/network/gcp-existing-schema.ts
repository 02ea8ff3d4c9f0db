import { z } from "zod";
import { projectText, regionText } from "../core/cloud.ts";
import { notBesideExisting } from "../core/existing.ts";
import { blockBetween } from "./base-schema.ts";
import { gcpSettings } from "./gcp-schema.ts";

const computeName = (what: string) =>
  z.string().regex(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, {
    error: `must be the name of ${what} in the cell's project`,
  });

/** An existing network that a cell's manifest refers to, below `network.existing:`. */
export const gcpExistingSettings = z
  .strictObject({
    /** The VPC network. Networks that another project shares are not supported. */
    network: computeName("a VPC network"),
    /** Its subnetwork in the cell's region: nodes, endpoints of data services, internal load balancers. */
    subnetwork: computeName("a subnetwork"),
    /** The subnetwork's secondary range for pods, inside the cell's block. */
    podRange: computeName("a secondary range"),
    /** The subnetwork's secondary range for services. */
    serviceRange: computeName("a secondary range"),
  })
  .refine(({ podRange, serviceRange }) => podRange !== serviceRange, {
    path: ["serviceRange"],
    error: "must be another range than podRange",
  });

/** An existing network on Google Cloud with the facts of the cell: the `spec` of `GcpExistingNetwork`. */
export const gcpExistingNetworkSchema = z.strictObject({
  cloud: z.literal("gcp"),
  project: projectText,
  region: regionText("gcp"),
  /** The cell's block, which contains the addresses of nodes and pods. */
  cidr: blockBetween(11, 20),
  existing: gcpExistingSettings,
  ...notBesideExisting(gcpSettings, "a network"),
});

export type GcpExistingNetworkInput = z.input<typeof gcpExistingNetworkSchema>;
export type GcpExistingNetworkSpec = z.output<typeof gcpExistingNetworkSchema>;
