/** Outputs about connectivity. They are a contract between stacks: fields can be added, but not removed. */
import { z } from "zod";

const named = z.record(z.string(), z.string());

const hub = z.discriminatedUnion("cloud", [
  z.object({
    cloud: z.literal("aws"),
    transitGatewayId: z.string(),
    /** Ids of route tables, by cell or link. */
    tables: z.object({ cells: named, links: named }),
  }),
  z.object({ cloud: z.literal("gcp"), hubId: z.string(), networkId: z.string() }),
]);

export const siteLinkOutputs = z.object({
  hub: z.string(),
  cloud: z.enum(["aws", "gcp"]),
  routerAsn: z.number(),
  endpointAsn: z.number(),
  tunnels: z.array(
    z.object({
      router: z.string(),
      endpoint: z.string(),
      inside: z.string(),
      routerAddress: z.string(),
      endpointAddress: z.string(),
      presharedKey: z.string(),
    }),
  ),
  announces: z.array(z.string()),
  learns: z.array(z.string()),
});

/** Of an environment: where its cells attach, and the configuration of its sites' routers. */
export const hubOutputs = z.object({
  /** By the hub's name: `aws-<account>-<region>`, `gcp`. */
  hubs: z.record(z.string(), hub),
  /** By cell. */
  sites: z.record(z.string(), z.array(siteLinkOutputs)),
  /** What the owners of shared Transit Gateways have to do, by the hub's name. */
  shared: z
    .record(
      z.string(),
      z.object({
        transitGatewayId: z.string(),
        owner: z.string(),
        /** Whether the owner must accept the attachments of cells. */
        accepts: z.boolean(),
        /** By cell: the cells that its route table has routes to. */
        cells: z.record(z.string(), z.object({ routesTo: z.array(z.string()) })),
      }),
    )
    .optional(),
});
