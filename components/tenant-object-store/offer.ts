/** What services of a tenant may do with its buckets. Pure. */
import { bucketGrant } from "../object-store/grant.ts";
import type { GcpRole } from "../section/grant.ts";
import type { TenantContext } from "../section/tenant-section.ts";
import { defineTenantOffer } from "../tenant-identity/offer.ts";
import type { TenantService } from "../tenant-namespaces/services.ts";
import { objectStore } from "./section.ts";

export const objectStoreOffer = defineTenantOffer(objectStore, {
  services: (tenant) =>
    Object.values(tenant.settings(objectStore)?.buckets ?? {}).flatMap(({ access }) =>
      Object.keys(access),
    ),
  byNamespace,
  aws: ({ spec, buckets }, { name }, { account, region }) =>
    Object.entries(spec.buckets).flatMap(([key, { access, folder }]) => {
      const { [name]: may } = access;
      const bucket = buckets[key];
      if (may === undefined || bucket === undefined) return [];
      return bucketGrant.aws.statements(
        { kind: "bucket", name: key, may, ...(folder !== undefined && { prefix: folder }) },
        bucket.reference,
        { account, region, workload: name },
      );
    }),
  gcp: ({ spec, buckets }, { name }) => ({
    roles: Object.entries(spec.buckets).flatMap(([key, { access, folder }]): GcpRole[] => {
      const { [name]: may } = access;
      const bucket = buckets[key];
      if (may === undefined || bucket === undefined) return [];
      const { bucketName } = bucket;
      return bucketGrant.gcp
        .roles({ kind: "bucket", name: key, may }, { name: bucketName })
        .map((role) => ({
          ...role,
          key: `bucket/${key}/${role.key}`,
          on:
            folder === undefined
              ? role.on
              : { kind: "folder", bucket: bucketName, managedFolder: folder },
        }));
    }),
  }),
});

/** The shared role permits everything in all folders of the namespace, and nothing else. */
function byNamespace(tenant: TenantContext, { name, space }: TenantService): boolean {
  if ((tenant.isolation.objectStore ?? "pool") !== "pool") return false;
  return Object.values(tenant.settings(objectStore)?.buckets ?? {}).every(
    ({ access, namespace }) =>
      namespace === space ? access[name]?.length === 3 : access[name] === undefined,
  );
}
