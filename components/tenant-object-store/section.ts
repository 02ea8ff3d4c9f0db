/** The object store of tenants, as a section of tiers and of tenants' manifests. */
import { z } from "zod";
import type { Cloud } from "../core/cloud.ts";
import type { Problem } from "../core/errors.ts";
import { bucketName } from "../object-store/bucket-name.ts";
import { accessLogsKey } from "../object-store/bucket-schema.ts";
import { objectStore as ofCell } from "../object-store/section.ts";
import { namePlaceOf, type SectionCell } from "../section/cell.ts";
import { defineTenantSection, type Given, type TenantContext } from "../section/tenant-section.ts";
import { namespaces } from "../tenant-namespaces/section.ts";
import type { TenantBucket } from "./contract.ts";
import { folderOf } from "./folders.ts";
import { objectStoreMoves } from "./moves.ts";
import { objectStoreProblems } from "./problems.ts";
import {
  awsTenantObjectStoreSpec,
  gcpTenantObjectStoreSpec,
  objectStoreSettings,
  objectStoreTier,
  onpremTenantObjectStoreSpec,
} from "./schema.ts";

type GivenStore = Given<{
  readonly tier: typeof objectStoreTier;
  readonly settings: typeof objectStoreSettings;
}>;

/** Where its objects are, by key: `s3://<bucket>/<folder>`. */
const outputs = z.object({ buckets: z.record(z.string(), z.string()) });

export const objectStore = defineTenantSection({
  name: "objectStore",
  component: "object-store",
  page: "components/tenant-object-store",
  about: "Its buckets, or folders of a bucket that tenants share.",
  layer: true,
  tier: objectStoreTier,
  inTier: "defaulted",
  settings: objectStoreSettings,
  uses: ofCell,
  moves: objectStoreMoves,
  clouds: {
    aws: {
      spec: awsTenantObjectStoreSpec,
      plan: (given: GivenStore, tenant: TenantContext) => planOn("aws", given, tenant),
      check: (given: GivenStore, tenant: TenantContext) => check("aws", given, tenant),
      build: () => import("./aws-builder.ts"),
    },
    gcp: {
      spec: gcpTenantObjectStoreSpec,
      plan: (given: GivenStore, tenant: TenantContext) => planOn("gcp", given, tenant),
      check: (given: GivenStore, tenant: TenantContext) => check("gcp", given, tenant),
      build: () => import("./gcp-builder.ts"),
    },
    onprem: {
      spec: onpremTenantObjectStoreSpec,
      plan: ({ isolation, settings }: GivenStore) => ({
        cloud: "onprem",
        isolation,
        buckets: Object.fromEntries(
          Object.entries(settings.buckets).map(([key, { existing }]) => [key, existing]),
        ),
      }),
      check: (given: GivenStore, tenant: TenantContext) => check("onprem", given, tenant),
      build: () => import("./onprem-builder.ts"),
    },
  },
  demand: ({
    cloud,
    isolation,
    buckets,
  }: {
    readonly cloud: Cloud;
    readonly isolation: string;
    readonly buckets: object;
  }) =>
    isolation === "pool" || cloud === "onprem" ? {} : { buckets: Object.keys(buckets).length },
  outputs,
  outputsOf: ({ buckets }: { readonly buckets: Readonly<Record<string, TenantBucket>> }) => ({
    buckets: Object.fromEntries(Object.entries(buckets).map(([key, { uri }]) => [key, uri])),
  }),
  column: {
    title: "buckets",
    value: ({ buckets }: z.output<typeof outputs>) => Object.keys(buckets).join(", "),
  },
});

function planOn(
  cloud: "aws" | "gcp",
  { isolation, tier, settings }: GivenStore,
  tenant: TenantContext,
): unknown {
  const { id, cell } = tenant;
  const owner = ownerOf(cell);
  const place = namePlaceOf(cell);
  const pool = isolation === "pool";
  return {
    cloud,
    ...(cell.cloud === "aws" && {
      account: cell.account,
      region: cell.region,
      withoutKey: pool && withoutKey(tenant, tier.bucket),
    }),
    ...(cell.cloud === "gcp" && { project: cell.project, region: cell.region }),
    tenant: id,
    isolation,
    ...(pool && { shared: tier.bucket }),
    accessLogs: bucketName(cloud, place, accessLogsKey, owner),
    buckets: Object.fromEntries(
      Object.entries(settings.buckets).map(([key, { access, namespace, own }]) => [
        key,
        {
          access,
          ...(pool
            ? { folder: folderOf(id, key, namespace) }
            : { name: bucketName(cloud, { ...place, tenant: id }, key, owner), own }),
        },
      ]),
    ),
  };
}

/** Whether the shared bucket is an existing one that is not encrypted with a customer-managed key. */
function withoutKey(tenant: TenantContext, bucket = ""): boolean {
  const { existing } = tenant.cellSpec(ofCell, "aws")?.buckets[bucket] ?? {};
  return existing !== undefined && existing.keyArn === undefined;
}

function check(cloud: Cloud, given: GivenStore, tenant: TenantContext): Problem[] {
  const { cell, id } = tenant;
  const { environment = "", cell: name = "" } = namePlaceOf(cell);
  return objectStoreProblems({
    ...given,
    cloud,
    lifetime: tenant.lifetime,
    tierName: tenant.tier,
    namespaces: tenant.settings(namespaces),
    shared: sharedBuckets(cloud, tenant),
    namesOf: (key) => [environment, name, id, key, ownerOf(cell)],
  });
}

function sharedBuckets(cloud: Cloud, tenant: TenantContext): Record<string, { locked: boolean }> {
  const spec = cloud === "onprem" ? undefined : tenant.cellSpec(ofCell, cloud);
  return Object.fromEntries(
    Object.entries(spec?.buckets ?? {}).map(([key, { lock }]) => [
      key,
      { locked: lock !== undefined },
    ]),
  );
}

function ownerOf(cell: SectionCell): string {
  switch (cell.cloud) {
    case "aws":
      return cell.account;
    case "gcp":
      return cell.project;
    case "onprem":
      return cell.site;
  }
}
