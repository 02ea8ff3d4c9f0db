/** The outputs of cells for private DNS and for people's access. Deployed stacks have them: a change is a change of contract. */
import { z } from "zod";

const named = z.record(z.string(), z.string());

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

export type CellNamesOutputs = z.output<typeof cellNamesOutputs>;
export type PeopleOutputs = z.output<typeof peopleOutputs>;
