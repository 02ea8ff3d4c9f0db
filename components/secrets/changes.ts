/** What changes of secrets' settings do to deployed secrets. */
import { type Changes, entriesOf, inPlace, losesBelow, renews } from "../section/changes.ts";

const inCluster: Changes = {
  ...renews("externalSecrets.namespace", "externalSecrets.store", "externalSecrets.operator"),
  ...inPlace("externalSecrets.namespaces"),
};

const common: Changes = {
  ...entriesOf("the secret with all its values", "secrets"),
  ...inPlace("secrets.*.description", "secrets.*.rotation"),
  ...inCluster,
};

export const secretsChanges = {
  aws: common,
  gcp: {
    ...common,
    ...losesBelow("versions that were destroyed earlier", "secrets.*.versionRecoveryDays"),
  },
  onprem: { ...inCluster, ...inPlace("secrets", "vault") },
} as const satisfies Readonly<Record<string, Changes>>;
