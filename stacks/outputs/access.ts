/** The stack outputs for private DNS and for people's access. Deployed stacks have them: a change is a change of contract. */
import { z } from "zod";

const named = z.record(z.string(), z.string());

/** Of an environment: the DNS resources that its cells attach to. */
export const namesOutputs = z.object({
  domain: z.string(),
  /** Route 53 profile ids by target id, for targets with several cells. */
  profiles: named,
  /** The network in which the Google Cloud hub resolves names. Omitted without a hub. */
  googleHub: z.string().optional(),
});

/** Of an environment. */
export const accessEndpointsOutputs = z.object({
  /** Verified Access instance ids by target id. */
  doors: named,
  /** Name servers, by target id, to delegate the client domain to. */
  nameServers: z.record(z.string(), z.array(z.string())).default({}),
});

/** Of a cell: its zone, and on-premises the settings for the site's resolvers. */
export const cellNamesOutputs = z.object({
  zone: z.string(),
  directions: z
    .object({
      /** The addresses that other cells query. */
      resolvers: z.array(z.string()),
      /** CIDR blocks that queries come from, on port 53 over UDP and TCP. */
      admits: z.array(z.string()),
      /** Zones to the addresses that resolve them. */
      forwarders: z.record(z.string(), z.array(z.string())),
    })
    .optional(),
});

/** Of a cell: what clients connect to, by target: a domain on AWS, a tunnel destination group on Google Cloud. */
export const peopleOutputs = z.object({ endpoints: named });

export type NamesOutputs = z.output<typeof namesOutputs>;
export type AccessEndpointsOutputs = z.output<typeof accessEndpointsOutputs>;
export type CellNamesOutputs = z.output<typeof cellNamesOutputs>;
export type PeopleOutputs = z.output<typeof peopleOutputs>;
