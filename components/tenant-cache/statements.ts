/** The permission to connect to a cache as a user, for the roles of a tenant's identities. Pure. */
import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";

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
