/**
 * The custom resources that charts install, by version. Sources: the `crds/` folders and templates in the charts' repositories at
 * these versions.
 */
import { valueAt } from "../outputs/making.ts";
import type { Bag } from "../wire.ts";

interface Provision {
  /** The first version of the chart with these. */
  readonly since: string;
  /** API versions, as in objects. */
  readonly serves: readonly string[];
  /** The value that must be true to install the definitions, and its default. */
  readonly when?: readonly [path: string, byDefault: boolean];
}

const gateway = ["gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1"];

const charts: Readonly<Record<string, readonly Provision[]>> = {
  "argo-cd": [{ since: "5.0.0", serves: ["argoproj.io/v1alpha1"], when: ["crds.install", true] }],
  "argo-rollouts": [
    { since: "2.0.0", serves: ["argoproj.io/v1alpha1"], when: ["installCRDs", true] },
  ],
  base: [
    {
      since: "1.22.0",
      serves: [
        "networking.istio.io/v1",
        "security.istio.io/v1",
        "telemetry.istio.io/v1",
        "extensions.istio.io/v1alpha1",
      ],
    },
  ],
  "cert-manager": [
    {
      since: "1.0.0",
      serves: ["cert-manager.io/v1", "acme.cert-manager.io/v1"],
      when: ["crds.enabled", false],
    },
    {
      since: "1.0.0",
      serves: ["cert-manager.io/v1", "acme.cert-manager.io/v1"],
      when: ["installCRDs", false],
    },
  ],
  "cloudnative-pg": [
    { since: "0.10.0", serves: ["postgresql.cnpg.io/v1"], when: ["crds.create", true] },
  ],
  "external-secrets": [
    {
      since: "0.16.0",
      serves: ["external-secrets.io/v1", "generators.external-secrets.io/v1alpha1"],
      when: ["installCRDs", true],
    },
  ],
  "gateway-crds-helm": [{ since: "1.0.0", serves: ["gateway.envoyproxy.io/v1alpha1", ...gateway] }],
  "gateway-helm": [{ since: "1.0.0", serves: ["gateway.envoyproxy.io/v1alpha1", ...gateway] }],
  karpenter: [{ since: "1.0.0", serves: ["karpenter.sh/v1", "karpenter.k8s.aws/v1"] }],
  "karpenter-crd": [{ since: "1.0.0", serves: ["karpenter.sh/v1", "karpenter.k8s.aws/v1"] }],
  keda: [
    {
      since: "2.0.0",
      serves: ["keda.sh/v1alpha1", "eventing.keda.sh/v1alpha1"],
      when: ["crds.install", true],
    },
  ],
  "kube-prometheus-stack": [
    {
      since: "12.0.0",
      serves: [
        "monitoring.coreos.com/v1",
        "monitoring.coreos.com/v1alpha1",
        "monitoring.coreos.com/v1beta1",
      ],
      when: ["crds.enabled", true],
    },
  ],
  kyverno: [
    {
      since: "3.0.0",
      serves: ["kyverno.io/v1", "kyverno.io/v2", "kyverno.io/v2beta1"],
      when: ["crds.install", true],
    },
    {
      since: "3.5.0",
      serves: ["policies.kyverno.io/v1", "policies.kyverno.io/v1alpha1"],
      when: ["crds.install", true],
    },
  ],
  "opentelemetry-operator": [
    {
      since: "0.50.0",
      serves: ["opentelemetry.io/v1alpha1", "opentelemetry.io/v1beta1"],
      when: ["crds.create", true],
    },
  ],
  "plugin-barman-cloud": [
    { since: "0.1.0", serves: ["barmancloud.cnpg.io/v1"], when: ["crds.create", true] },
  ],
  "prometheus-operator-crds": [
    { since: "5.0.0", serves: ["monitoring.coreos.com/v1", "monitoring.coreos.com/v1alpha1"] },
  ],
  "snapshot-controller": [{ since: "1.0.0", serves: ["snapshot.storage.k8s.io/v1"] }],
  "strimzi-kafka-operator": [
    { since: "0.36.0", serves: ["kafka.strimzi.io/v1beta2"] },
    { since: "0.49.0", serves: ["kafka.strimzi.io/v1"] },
  ],
  velero: [{ since: "3.0.0", serves: ["velero.io/v1", "velero.io/v2alpha1"] }],
};

/** The API versions that a chart's release installs; none for a chart without definitions. */
export function servedByRelease({ chart, version, values, skipCrds }: Bag): string[] {
  const name = String(chart).split("/").at(-1) ?? "";
  if (skipCrds === true) return [];
  return (charts[name] ?? [])
    .filter(({ since }) => typeof version !== "string" || !isBefore(version, since))
    .filter(
      ({ when }) => when === undefined || (valueAt(values, when[0].split(".")) ?? when[1]) === true,
    )
    .flatMap(({ serves }) => serves);
}

/** The charts that can install an API version, for messages. */
export function chartsThatServe(apiVersion: string): string[] {
  return Object.keys(charts).filter((name) =>
    charts[name]?.some(({ serves }) => serves.includes(apiVersion)),
  );
}

function isBefore(version: string, other: string): boolean {
  const [one, two] = [version, other].map((text) =>
    text.replace(/^v/, "").split(/[.+-]/).slice(0, 3).map(Number),
  );
  for (const [index, part] of (two ?? []).entries()) {
    const mine = one?.[index] ?? 0;
    if (mine !== part) return mine < part;
  }
  return false;
}

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
    ...(valueAt(state, ["gatewayApiConfig", "channel"]) === "CHANNEL_STANDARD" ? gateway : []),
  ];
}

/** The API versions that an EKS add-on installs. */
export function servedByAddon(name: string): string[] {
  const addons: Readonly<Record<string, readonly string[]>> = {
    "aws-network-flow-monitoring-agent": [],
    "cert-manager": ["cert-manager.io/v1", "acme.cert-manager.io/v1"],
    "snapshot-controller": ["snapshot.storage.k8s.io/v1"],
  };
  return [...(addons[name] ?? [])];
}
