/** The API versions of managed clusters and of their add-ons, without charts. */
import { valueAt } from "../outputs/making.ts";
import type { Bag } from "../wire.ts";

/** The API versions that a managed cluster serves without charts. */
export function servedByCloud(type: string, state: Bag): string[] {
  if (type === "aws:eks/cluster:Cluster") {
    const auto = valueAt(state, ["computeConfig", "enabled"]) === true;
    return [
      "crd.k8s.amazonaws.com/v1alpha1",
      "networking.k8s.aws/v1alpha1",
      "vpcresources.k8s.aws/v1beta1",
      "eks.amazonaws.com/v1",
      ...(auto ? ["karpenter.sh/v1"] : []),
    ];
  }
  const advanced = state.datapathProvider === "ADVANCED_DATAPATH" || state.enableAutopilot === true;
  return [
    "cloud.google.com/v1",
    "cloud.google.com/v1beta1",
    "networking.gke.io/v1",
    "networking.gke.io/v1beta1",
    "snapshot.storage.k8s.io/v1",
    ...(advanced ? ["cilium.io/v2", "networking.gke.io/v1alpha1"] : []),
    ...(valueAt(state, ["gatewayApiConfig", "channel"]) === "CHANNEL_STANDARD"
      ? ["gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1"]
      : []),
  ];
}

/** The API versions that an EKS add-on installs. */
export function servedByAddon(name: string): string[] {
  const addons: Readonly<Record<string, readonly string[]>> = {
    "aws-network-flow-monitoring-agent": [],
    adot: ["opentelemetry.io/v1alpha1", "opentelemetry.io/v1beta1"],
    "cert-manager": ["cert-manager.io/v1", "acme.cert-manager.io/v1"],
    "snapshot-controller": ["snapshot.storage.k8s.io/v1"],
  };
  return [...(addons[name] ?? [])];
}

export interface StorageClasses {
  /** Whether all are known. */
  readonly described: boolean;
  readonly names: readonly string[];
  /** The default class. */
  readonly byDefault: string | undefined;
}

/** The classes of a new cluster. Since Kubernetes 1.30, gp2 of EKS is not the default. Source: EKS user guide, "Kubernetes versions". */
export function storageClassesOf(type: string): StorageClasses {
  return type === "aws:eks/cluster:Cluster"
    ? { described: true, names: ["gp2"], byDefault: undefined }
    : { described: false, names: [], byDefault: undefined };
}
