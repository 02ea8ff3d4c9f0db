/** What a tenant cannot have of an object store, on its tier and its cell. Pure. */
import type { Cloud } from "../core/cloud.ts";
import type { Problem } from "../core/errors.ts";
import { nameProblems } from "../core/naming.ts";
import { didYouMean } from "../core/suggest.ts";
import type { Isolation } from "../tenancy/isolation.ts";
import type { NamespacesSettings } from "../tenant-namespaces/schema.ts";
import { serviceProblems } from "../tenant-namespaces/services.ts";
import type { ObjectStoreSettings, ObjectStoreTier } from "./schema.ts";

export interface ObjectStoreGiven {
  readonly cloud: Cloud;
  readonly isolation: Isolation;
  readonly tier: ObjectStoreTier;
  readonly settings: ObjectStoreSettings;
  readonly namespaces: NamespacesSettings | undefined;
  readonly lifetime: "permanent" | "ephemeral";
  /** The name of the tenant's tier. */
  readonly tierName: string;
  /** The cell's buckets by key, and whether each has a lock. */
  readonly shared: Readonly<Record<string, { readonly locked: boolean }>>;
  /** The parts of the name of a bucket by its key. */
  namesOf(key: string): readonly string[];
}

export function objectStoreProblems(given: ObjectStoreGiven): Problem[] {
  const { tier, settings, namespaces, cloud, isolation } = given;
  const buckets = Object.entries(settings.buckets);
  return [
    ...(buckets.length <= tier.most
      ? []
      : [
          {
            path: "buckets",
            message: `must be at most ${tier.most}, the limit of the tier`,
            got: buckets.length,
          },
        ]),
    ...serviceProblems(
      Object.fromEntries(
        buckets.map(([key, { access }]) => [`buckets.${key}.access`, Object.keys(access)]),
      ),
      namespaces,
    ),
    ...buckets.flatMap(([key, bucket]) =>
      bucketProblemsOf(given, key, bucket).map((problem) => ({
        ...problem,
        path: `buckets.${key}.${problem.path}`,
      })),
    ),
    ...(cloud !== "onprem" && isolation === "pool" ? poolProblems(given) : []),
  ];
}

/** The tier must say which bucket of the cell its tenants share. */
function poolProblems({ tier, tierName, shared }: ObjectStoreGiven): Problem[] {
  const { bucket } = tier;
  const known = Object.keys(shared);
  const refuse = (message: string, got?: string): Problem[] => [
    { path: "buckets", message, ...(got !== undefined && { got }) },
  ];
  if (bucket === undefined) {
    return refuse(
      `need a bucket that tenants share: tier ${tierName} must name one of the cell as objectStore.bucket${known.length === 0 ? "" : `; known are ${known.join(", ")}`}`,
    );
  }
  const { [bucket]: found } = shared;
  if (found === undefined) {
    return refuse(
      `need a bucket that tenants share: objectStore.bucket of tier ${tierName} must be a bucket of the cell${didYouMean(bucket, known)}`,
      bucket,
    );
  }
  return found.locked
    ? refuse(
        `must not be in a bucket with a lock, as objectStore.bucket of tier ${tierName} says: nothing of a tenant could be deleted when it leaves`,
        bucket,
      )
    : [];
}

type Bucket = ObjectStoreSettings["buckets"][string];

function bucketProblemsOf(given: ObjectStoreGiven, key: string, bucket: Bucket): Problem[] {
  const { cloud, isolation, lifetime, namespaces } = given;
  const { access, namespace, own, existing } = bucket;
  const problems: Problem[] = [];
  const refuse = (path: string, message: string, got?: unknown) =>
    problems.push({ path, message, ...(got !== undefined && { got }) });
  if (namespace !== undefined) {
    const spaces = Object.keys(namespaces?.spaces ?? {});
    if (!spaces.includes(namespace)) {
      refuse(
        "namespace",
        `must be a namespace of the tenant${didYouMean(namespace, spaces)}`,
        namespace,
      );
    }
    for (const service of Object.keys(access)) {
      if (service.startsWith(`${namespace}/`)) continue;
      refuse("access", `must name services of ${namespace} only, its namespace`, service);
    }
  }
  if (cloud === "onprem") {
    if (existing === undefined) {
      refuse("existing", "must name the bucket on-premises: the site creates it");
    }
    if (own !== undefined) {
      refuse("own", "must be omitted on-premises: configure the bucket in the store itself");
    }
    if (Object.keys(access).length > 0) {
      refuse("access", "must be omitted on-premises: whoever has the access key has access");
    }
    return problems;
  }
  if (existing !== undefined) {
    refuse("existing", "must be omitted outside of on-premises cells: Atoll creates the bucket");
  }
  if (isolation === "pool") {
    if (own !== undefined) {
      refuse("own", "must be omitted in a pool: the folder has the settings of the shared bucket");
    }
  } else {
    for (const { message } of nameProblems(
      cloud === "aws" ? "s3-bucket" : "gcs-bucket",
      given.namesOf(key),
    )) {
      refuse("own", `needs another key or another cloud: the name of its bucket ${message}`, key);
    }
    if (own?.lock?.mode === "compliance" && lifetime === "ephemeral") {
      refuse(
        "own.lock.mode",
        'must be "governance" in an ephemeral environment, which must be destroyable',
        own.lock.mode,
      );
    }
  }
  if (cloud === "gcp") {
    for (const [service, may] of Object.entries(access)) {
      if (!may.includes("delete") || may.length === 3) continue;
      refuse(
        `access.${service}`,
        "must include read and write with delete: the narrowest role of Google Cloud is Storage Object User",
        may,
      );
    }
  }
  return problems;
}
