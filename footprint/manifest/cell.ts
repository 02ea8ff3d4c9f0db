/** What a cell's manifest may say. */

import { z } from "zod";
import { cidrText } from "../../components/core/cidr.ts";
import { accountText, projectNumberText, projectText } from "../../components/core/cloud.ts";
import { dataClasses } from "../../components/core/tags.ts";
import {
  awsCellPeopleSettings,
  gcpCellPeopleSettings,
} from "../../components/people-access/schema.ts";
import { onpremDnsSettings } from "../../components/private-dns/schema.ts";
import { country, jurisdiction } from "../../components/replication/residency.ts";
import { label, nameSchema } from "./fields.ts";

const section = z.record(z.string(), z.unknown());

const cell = {
  kind: z.literal("cell"),
  environment: nameSchema,
  /** The cell's own block: inside the environment's supernet, apart from every other cell's. */
  cidr: cidrText,
  /** @default the environment's */
  owner: label.optional(),
  /** @default the environment's */
  costCentre: label.optional(),
  /** @default the environment's */
  dataClass: z.enum(dataClasses).optional(),
  /**
   * Where its data has to stay: `eu`, or a country such as `us`. The cell has to stand there, and so do the cells that it copies to.
   * @default it may go anywhere
   */
  residency: jurisdiction.optional(),
  /** See components/network; every setting has a default. */
  network: section.default({}),
  /** See components/cluster. */
  cluster: section,
  /** See components/node-pool. */
  nodePools: z.record(z.string(), z.unknown()),
  /** See components/stream. @default none */
  stream: section.optional(),
  /** See components/event-sourcing. @default none */
  eventSourcing: section.optional(),
  /** See components/database. @default none */
  database: section.optional(),
  /** See components/cache. @default none */
  cache: section.optional(),
  /** See components/object-store. @default none */
  objectStore: section.optional(),
  /** See components/secrets. @default none */
  secrets: section.optional(),
  /** See components/identity. @default none */
  identity: section.optional(),
};

export const cellSchema = z.discriminatedUnion("cloud", [
  z.strictObject({
    ...cell,
    cloud: z.literal("aws"),
    account: accountText,
    region: z.string(),
    /** @default the first three zones of the region */
    zones: z.array(z.string()).min(2).max(4).optional(),
    /** What of it people reach beside its cluster and database; see components/people-access. */
    people: awsCellPeopleSettings.optional(),
  }),
  z.strictObject({
    ...cell,
    cloud: z.literal("gcp"),
    project: projectText,
    /** Google names a project's service agents by it. */
    projectNumber: projectNumberText,
    region: z.string(),
    /** @default the first three zones of the region */
    zones: z.array(z.string()).min(1).max(4).optional(),
    /** What of it people reach beside its cluster and database; see components/people-access. */
    people: gcpCellPeopleSettings.optional(),
  }),
  z.strictObject({
    ...cell,
    cloud: z.literal("onprem"),
    /** Where it stands, for people: `Seoul`. */
    site: z.string().min(2).max(40),
    /** Its own resolvers, where the environment has private names; see components/private-dns. */
    dns: onpremDnsSettings.optional(),
    /** The country it stands in, which residency is held against: `kr`. @default not said */
    country: country.optional(),
  }),
]);

export type CellManifest = z.output<typeof cellSchema>;
