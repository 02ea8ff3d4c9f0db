/** What stacks tell each other of private names and of people's ways in. A change here is a change of contract, as in outputs.ts. */
import { z } from "zod";

const named = z.record(z.string(), z.string());

/** Of an environment: what its cells hang their names on. */
export const namesOutputs = z.object({
  domain: z.string(),
  /** Landing places with several cells to the ids of their Route 53 profiles. */
  profiles: named,
  /** The network in which Google's hub resolves names; left out where there is none. */
  googleHub: z.string().optional(),
});

/** Of an environment. */
export const doorsOutputs = z.object({
  /** Landing places on AWS to the ids of their Verified Access instances. */
  doors: named,
  /** Landing places on AWS to the name servers that their clients' domain has to be delegated to. */
  nameServers: z.record(z.string(), z.array(z.string())).default({}),
});

/** Of a cell: its zone, and on-premises what its resolvers have to be told. */
export const cellNamesOutputs = z.object({
  zone: z.string(),
  directions: z
    .object({
      /** Where other cells ask. */
      resolvers: z.array(z.string()),
      /** Blocks that queries come from, on port 53 by UDP and TCP. */
      admits: z.array(z.string()),
      /** Zones to the addresses that answer for them. */
      forwarders: z.record(z.string(), z.array(z.string())),
    })
    .optional(),
});

/** Of a cell: what clients connect to, by what is reached: a domain on AWS, a destination group of tunnels on Google Cloud. */
export const peopleOutputs = z.object({ endpoints: named });

export type NamesOutputs = z.output<typeof namesOutputs>;
export type DoorsOutputs = z.output<typeof doorsOutputs>;
export type CellNamesOutputs = z.output<typeof cellNamesOutputs>;
export type PeopleOutputs = z.output<typeof peopleOutputs>;
