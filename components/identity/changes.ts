/** What changes of workloads' identities do to deployed ones. */
import { type Changes, entriesOf, inPlace, renews } from "../section/changes.ts";

const workloads: Changes = {
  ...entriesOf("its permissions", "workloads"),
  ...renews("workloads.*.namespace", "workloads.*.serviceAccount"),
};

export const identityChanges = {
  aws: { ...workloads, ...inPlace("workloads.*.grants") },
  gcp: { ...workloads, ...inPlace("workloads.*.grants"), ...renews("workloads.*.account") },
  onprem: {
    ...workloads,
    ...inPlace("workloads.*.aws", "workloads.*.gcp", "gcp.jwks"),
    ...renews("issuer", "aws", "gcp"),
  },
} as const satisfies Readonly<Record<string, Changes>>;
