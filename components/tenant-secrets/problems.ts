/** What a tenant cannot have of secrets, on its tier and its cell. Pure. */
import type { Cloud } from "../core/cloud.ts";
import type { Problem } from "../core/errors.ts";
import type { NamespacesSettings } from "../tenant-namespaces/schema.ts";
import { serviceProblems } from "../tenant-namespaces/services.ts";
import { storeOf } from "./names.ts";
import type { SecretsTier, TenantSecretsSettings } from "./schema.ts";

export interface SecretsGiven {
  readonly cloud: Cloud;
  readonly tenant: string;
  readonly tier: SecretsTier;
  readonly settings: TenantSecretsSettings;
  readonly namespaces: NamespacesSettings | undefined;
  /** The name of the cell's own store. */
  readonly cellStore: string | undefined;
}

export function secretsProblems(given: SecretsGiven): Problem[] {
  const { cloud, tenant, tier, settings, namespaces, cellStore } = given;
  const keys = Object.keys(settings.secrets);
  const problem = (path: string, message: string, got: unknown): Problem => ({
    path,
    message,
    got,
  });
  return [
    ...(keys.length <= tier.most
      ? []
      : [problem("secrets", `must be at most ${tier.most}, the limit of the tier`, keys.length)]),
    ...(cloud === "onprem" && keys.length > 0
      ? [
          problem(
            "secrets",
            "must be omitted on-premises: create secrets in the vault itself",
            keys.join(", "),
          ),
        ]
      : []),
    ...(cloud !== "onprem" && settings.vaultRole !== undefined
      ? [problem("vaultRole", "must be omitted outside of on-premises cells", settings.vaultRole)]
      : []),
    ...(cellStore === storeOf(tenant)
      ? [
          problem(
            "secrets",
            "need a store whose name is free: secrets.externalSecrets.store of the cell must be another name",
            cellStore,
          ),
        ]
      : []),
    ...serviceProblems(
      Object.fromEntries(
        Object.entries(settings.secrets).map(([key, { readers }]) => [
          `secrets.${key}.readers`,
          readers,
        ]),
      ),
      namespaces,
    ),
  ];
}
