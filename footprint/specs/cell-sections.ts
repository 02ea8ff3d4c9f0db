/** The sections of a cell's manifest: what each is held against once the cell's facts are beside it, and what may be written in it. */
import { z } from "zod";
import {
  awsCacheSettings,
  awsCacheSpec,
  gcpCacheSettings,
  gcpCacheSpec,
  onpremCacheSettings,
  onpremCacheSpec,
} from "../../components/cache/schema.ts";
import { awsClusterSettings } from "../../components/cluster/aws-schema.ts";
import { gcpClusterSettings } from "../../components/cluster/gcp-schema.ts";
import { onpremClusterSettings } from "../../components/cluster/onprem-schema.ts";
import {
  awsClusterSpec,
  gcpClusterSpec,
  onpremClusterSpec,
} from "../../components/cluster/schema.ts";
import type { Cloud } from "../../components/core/cloud.ts";
import {
  awsDatabaseSettings,
  awsDatabaseSpec,
  gcpDatabaseSettings,
  gcpDatabaseSpec,
  onpremDatabaseSettings,
  onpremDatabaseSpec,
} from "../../components/database/schema.ts";
import {
  awsEventSourcingSpec,
  eventSourcingSettings,
  gcpEventSourcingSpec,
  onpremEventSourcingSpec,
} from "../../components/event-sourcing/schema.ts";
import { awsIdentitySettings, awsIdentitySpec } from "../../components/identity/aws-schema.ts";
import { gcpIdentitySettings, gcpIdentitySpec } from "../../components/identity/gcp-schema.ts";
import {
  onpremIdentitySettings,
  onpremIdentitySpec,
} from "../../components/identity/onprem-schema.ts";
import {
  awsNetworkSchema,
  gcpNetworkSchema,
  networkSettings,
  onpremNetworkSchema,
} from "../../components/network/schema.ts";
import {
  awsNodePoolsSpec,
  gcpNodePoolsSpec,
  onpremNodePoolsSpec,
} from "../../components/node-pool/schema.ts";
import {
  awsObjectStoreSettings,
  awsObjectStoreSpec,
  gcpObjectStoreSettings,
  gcpObjectStoreSpec,
  onpremObjectStoreSettings,
  onpremObjectStoreSpec,
} from "../../components/object-store/schema.ts";
import {
  awsSecretsSettings,
  awsSecretsSpec,
  gcpSecretsSettings,
  gcpSecretsSpec,
  onpremSecretsSettings,
  onpremSecretsSpec,
} from "../../components/secrets/schema.ts";
import {
  awsStreamSpec,
  gcpStreamSpec,
  onpremStreamSpec,
  streamSettings,
} from "../../components/stream/schema.ts";

/** What a cell may have or not: a section that is left out makes nothing. */
export const services = [
  "stream",
  "eventSourcing",
  "database",
  "cache",
  "objectStore",
  "secrets",
  "identity",
] as const;
export type Service = (typeof services)[number];

/** Sections that hold settings by name; node pools hold pools by keys of their own. */
export const settled = ["network", "cluster", ...services] as const;
export type Settled = (typeof settled)[number];

/** The sections of a manifest that are handed to components, by the fields they stand in. */
export const sections = ["nodePools", ...settled] as const;
export type Section = (typeof sections)[number];

export const cellSpecSchemas = {
  aws: z.object({
    cloud: z.literal("aws"),
    network: awsNetworkSchema,
    cluster: awsClusterSpec,
    nodePools: awsNodePoolsSpec,
    stream: awsStreamSpec.optional(),
    eventSourcing: awsEventSourcingSpec.optional(),
    database: awsDatabaseSpec.optional(),
    cache: awsCacheSpec.optional(),
    objectStore: awsObjectStoreSpec.optional(),
    secrets: awsSecretsSpec.optional(),
    identity: awsIdentitySpec.optional(),
  }),
  gcp: z.object({
    cloud: z.literal("gcp"),
    network: gcpNetworkSchema,
    cluster: gcpClusterSpec,
    nodePools: gcpNodePoolsSpec,
    stream: gcpStreamSpec.optional(),
    eventSourcing: gcpEventSourcingSpec.optional(),
    database: gcpDatabaseSpec.optional(),
    cache: gcpCacheSpec.optional(),
    objectStore: gcpObjectStoreSpec.optional(),
    secrets: gcpSecretsSpec.optional(),
    identity: gcpIdentitySpec.optional(),
  }),
  onprem: z.object({
    cloud: z.literal("onprem"),
    network: onpremNetworkSchema,
    cluster: onpremClusterSpec,
    nodePools: onpremNodePoolsSpec,
    stream: onpremStreamSpec.optional(),
    eventSourcing: onpremEventSourcingSpec.optional(),
    database: onpremDatabaseSpec.optional(),
    cache: onpremCacheSpec.optional(),
    objectStore: onpremObjectStoreSpec.optional(),
    secrets: onpremSecretsSpec.optional(),
    identity: onpremIdentitySpec.optional(),
  }),
} as const;

export type CellSpecs = z.output<(typeof cellSpecSchemas)[Cloud]>;
export type AwsCellSpecs = z.output<typeof cellSpecSchemas.aws>;
export type GcpCellSpecs = z.output<typeof cellSpecSchemas.gcp>;
export type OnpremCellSpecs = z.output<typeof cellSpecSchemas.onprem>;

/** What may be written in each section, by cloud. */
export const cellSettings: Readonly<Record<Settled, Readonly<Record<Cloud, z.ZodObject>>>> = {
  network: networkSettings,
  cluster: { aws: awsClusterSettings, gcp: gcpClusterSettings, onprem: onpremClusterSettings },
  stream: streamSettings,
  eventSourcing: eventSourcingSettings,
  database: { aws: awsDatabaseSettings, gcp: gcpDatabaseSettings, onprem: onpremDatabaseSettings },
  cache: { aws: awsCacheSettings, gcp: gcpCacheSettings, onprem: onpremCacheSettings },
  objectStore: {
    aws: awsObjectStoreSettings,
    gcp: gcpObjectStoreSettings,
    onprem: onpremObjectStoreSettings,
  },
  secrets: { aws: awsSecretsSettings, gcp: gcpSecretsSettings, onprem: onpremSecretsSettings },
  identity: { aws: awsIdentitySettings, gcp: gcpIdentitySettings, onprem: onpremIdentitySettings },
};
