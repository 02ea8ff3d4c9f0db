/** The policy of a tenant's key. Pure. */
import { cacheKey } from "../cache/key.ts";
import type { Statement } from "../core/iam.ts";
import { administration, type Place, thisKey, useThrough, valuesOfSecrets } from "../core/kms.ts";
import { databaseKey } from "../database/key.ts";
import { objectKey } from "../object-store/key.ts";
import { streamKey } from "../stream/key.ts";
import { namespaceOf, namespacePrefix } from "../tenant-namespaces/names.ts";
import { principalTenant } from "../tenant-secrets/shared-role.ts";

/** The session tag with the namespace of a pod, which EKS Pod Identity sets. */
export const namespaceTag = "aws:PrincipalTag/kubernetes-namespace";

/**
 * Administrators of the account manage it, the store of the tenant reads its secrets, and services use it for principals whose IAM policies allow it. The policy is the same
 * whatever the tenant has now: data of a service that it gave up must stay readable. Pods of other tenants are denied, whatever a
 * role of theirs allows.
 */
export function tenantKeyPolicy(tenant: string, place: Place, storesRole: string): Statement[] {
  return [
    administration(place),
    ...objectKey.aws(place),
    useThrough("ValuesThroughSecretsManager", place, ["secretsmanager"], valuesOfSecrets),
    {
      sid: "ValuesForTheTenantsStore",
      // By a condition, because KMS refuses principals that do not exist, and a cell may have no stores.
      principals: "anyone",
      actions: "kms:Decrypt",
      resources: thisKey,
      conditions: {
        ArnEquals: { "aws:PrincipalArn": storesRole },
        StringEquals: {
          [principalTenant]: tenant,
          "kms:CallerAccount": place.account,
          "kms:ViaService": `secretsmanager.${place.region}.amazonaws.com`,
        },
      },
    },
    ...databaseKey.aws(place),
    ...cacheKey.aws(place),
    ...streamKey.aws(place),
    {
      sid: "DenyOtherTenants",
      effect: "Deny",
      principals: "anyone",
      actions: "kms:*",
      resources: thisKey,
      conditions: {
        StringLike: { [namespaceTag]: `${namespacePrefix}*` },
        StringNotLike: { [namespaceTag]: namespaceOf(tenant, "*") },
      },
    },
  ];
}
