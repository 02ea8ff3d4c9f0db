/** The permission to connect to a cache, for a tenant's identities. Pure. */
import type * as pulumi from "@pulumi/pulumi";
import { cacheGrant } from "../cache/grant.ts";
import type { Statement } from "../core/iam.ts";
import type { GcpRole } from "../section/grant.ts";

/**
 * Both the cache and the user must be named. Source: "Authenticating with IAM", ElastiCache user guide.
 *
 * @param cacheArn of a replication group or a serverless cache
 */
export function cacheStatements(
  cacheArn: pulumi.Input<string>,
  userArn: pulumi.Input<string>,
): Statement[] {
  return [{ sid: "Cache", actions: "elasticache:Connect", resources: [cacheArn, userArn] }];
}

/**
 * On Google Cloud, on the one instance. Memorystore supports service accounts only.
 *
 * @param instance `projects/<project>/locations/<region>/instances/<instance>`
 */
export function cacheRoles(instance: pulumi.Input<string>): GcpRole[] {
  return cacheGrant.gcp
    .roles({ kind: "cache", name: "own", may: ["connect"] }, { instance })
    .map((role) => ({ ...role, key: `cache/${role.key}` }));
}
