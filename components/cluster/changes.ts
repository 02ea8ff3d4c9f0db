/** What changes of a cluster's settings do to a deployed cluster. */
import {
  type Changes,
  inPlace,
  losesBelow,
  never,
  renews,
  replaces,
  upwards,
} from "../section/changes.ts";

function version(source: string): Changes {
  return upwards(
    { source, instead: "keep the version; Kubernetes is upgraded one minor version at a time" },
    "version",
  );
}

const existing = never(
  {
    source: "the cluster of a cell cannot be exchanged under what runs in it",
    instead: "add another cell with that cluster, and move workloads to it",
  },
  "existing",
);

export const clusterChanges = {
  aws: {
    ...existing,
    ...version("Amazon EKS user guide: a control plane cannot be downgraded"),
    ...inPlace("endpointPublicAccess", "publicAccessCidrs", "access", "addons"),
    // Entries of a principal are replaced, which takes its access away for seconds.
    ...renews("access.*"),
    ...replaces("the cluster with everything in it", "serviceCidr"),
    ...losesBelow("older log entries", "logRetentionDays"),
  },
  gcp: {
    ...existing,
    ...version("the provider does not send a lower version to GKE"),
    ...inPlace(
      "releaseChannel",
      "dnsEndpoint",
      "authorizedNetworks",
      "binaryAuthorization",
      "maintenance",
      "addons",
      "notificationTopic",
      "usageDataset",
    ),
    ...upwards(
      {
        source: "the provider ignores that the group is removed",
        instead: "name another group, or keep it",
        accepts: (_, after) => after.securityGroup !== undefined,
      },
      "securityGroup",
    ),
  },
  onprem: {
    ...inPlace(
      "version",
      "kubeconfig",
      "apiServerPort",
      "capabilities",
      "defaultClasses",
      "networkPolicy",
      "fleet",
    ),
    ...replaces(
      "the access of the cluster's workloads to Google Cloud, until it is made again",
      "fleet.project",
      "fleet.location",
      "fleet.membership",
    ),
  },
} as const satisfies Readonly<Record<string, Changes>>;
