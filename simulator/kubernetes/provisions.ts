/**
 * The custom resources that charts install, by version. Sources: the `crds/` folders and templates in the charts' repositories at
 * these versions, and their projects' release notes.
 */
export interface Provision {
  /** The first version of the chart with these. */
  readonly since: string;
  /** The first version without them. */
  readonly until?: string;
  readonly serves: readonly string[];
  /** The value that must be true to install the definitions, and its default. */
  readonly when?: readonly [path: string, byDefault: boolean];
  /** The project whose kinds these are, if others have kinds of the same API version. */
  readonly project?: string;
  /** The value that is false if a kind is not installed. */
  readonly switchOf?: (kind: string) => string;
}

const gateway = ["gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1"];
const envoy = ["gateway.envoyproxy.io/v1alpha1"];
const certManager = ["cert-manager.io/v1", "acme.cert-manager.io/v1"];
const karpenter: readonly Provision[] = [
  { since: "1.0.0", serves: ["karpenter.sh/v1", "karpenter.k8s.aws/v1"] },
  { since: "1.7.0", serves: ["karpenter.sh/v1alpha1"] },
];
const kyverno = { when: ["crds.install", true] } as const;
const plural = (kind: string): string => `${kind.toLowerCase().replace(/y$/, "ie")}s`;
const policies = (kind: string): string => `crds.groups.policies.${plural(kind)}`;

export const provisions: Readonly<Record<string, readonly Provision[]>> = {
  agones: [
    {
      since: "1.0.0",
      serves: ["agones.dev/v1", "autoscaling.agones.dev/v1", "multicluster.agones.dev/v1"],
      when: ["agones.crds.install", true],
    },
  ],
  "argo-cd": [
    {
      since: "5.0.0",
      serves: ["argoproj.io/v1alpha1"],
      when: ["crds.install", true],
      project: "argo-cd",
    },
  ],
  "argo-rollouts": [
    {
      since: "2.0.0",
      serves: ["argoproj.io/v1alpha1"],
      when: ["installCRDs", true],
      project: "argo-rollouts",
    },
  ],
  base: [
    {
      since: "1.22.0",
      serves: [
        "networking.istio.io/v1",
        "networking.istio.io/v1alpha3",
        "networking.istio.io/v1beta1",
        "security.istio.io/v1",
        "security.istio.io/v1beta1",
        "telemetry.istio.io/v1",
        "telemetry.istio.io/v1alpha1",
        "extensions.istio.io/v1alpha1",
      ],
      when: ["base.enableIstioConfigCRDs", true],
    },
  ],
  capsule: [
    {
      since: "0.5.0",
      serves: ["capsule.clastix.io/v1beta1", "capsule.clastix.io/v1beta2"],
      when: ["crds.install", true],
    },
  ],
  "cert-manager": [
    { since: "1.15.0", serves: certManager, when: ["crds.enabled", false] },
    { since: "1.0.0", serves: certManager, when: ["installCRDs", false] },
  ],
  "cloudnative-pg": [
    { since: "0.10.0", serves: ["postgresql.cnpg.io/v1"], when: ["crds.create", true] },
  ],
  "external-secrets": [
    {
      since: "0.16.0",
      serves: [
        "external-secrets.io/v1",
        "external-secrets.io/v1alpha1",
        "generators.external-secrets.io/v1alpha1",
      ],
      when: ["installCRDs", true],
      switchOf: (kind) => `crds.create${kind}`,
    },
  ],
  "gateway-crds-helm": [
    { since: "1.0.0", serves: gateway, when: ["crds.gatewayAPI.enabled", false] },
    { since: "1.0.0", serves: envoy, when: ["crds.envoyGateway.enabled", false] },
  ],
  "gateway-helm": [
    { since: "1.0.0", serves: [...envoy, ...gateway], when: ["crds.enabled", true] },
  ],
  karpenter,
  "karpenter-crd": karpenter,
  keda: [
    {
      since: "2.0.0",
      serves: ["keda.sh/v1alpha1"],
      when: ["crds.install", true],
    },
    { since: "2.13.0", serves: ["eventing.keda.sh/v1alpha1"], when: ["crds.install", true] },
  ],
  "kube-prometheus-stack": [
    {
      since: "12.0.0",
      serves: ["monitoring.coreos.com/v1", "monitoring.coreos.com/v1alpha1"],
      when: ["crds.enabled", true],
      switchOf: (kind) => `crds.${plural(kind)}.enabled`,
    },
  ],
  kyverno: [
    {
      since: "3.0.0",
      serves: ["kyverno.io/v1", "kyverno.io/v2beta1"],
      ...kyverno,
      switchOf: (kind) => `crds.groups.kyverno.${plural(kind)}`,
    },
    { since: "3.2.0", serves: ["kyverno.io/v2"], ...kyverno },
    {
      since: "3.5.0",
      serves: ["policies.kyverno.io/v1alpha1"],
      ...kyverno,
      switchOf: policies,
    },
    { since: "3.6.0", serves: ["policies.kyverno.io/v1beta1"], ...kyverno, switchOf: policies },
    { since: "3.7.0", serves: ["policies.kyverno.io/v1"], ...kyverno, switchOf: policies },
  ],
  "opentelemetry-operator": [
    { since: "0.50.0", serves: ["opentelemetry.io/v1alpha1"], when: ["crds.create", true] },
    { since: "0.60.0", serves: ["opentelemetry.io/v1beta1"], when: ["crds.create", true] },
  ],
  "plugin-barman-cloud": [
    { since: "0.1.0", serves: ["barmancloud.cnpg.io/v1"], when: ["crds.create", true] },
  ],
  "prometheus-operator-crds": [
    {
      since: "5.0.0",
      serves: ["monitoring.coreos.com/v1", "monitoring.coreos.com/v1alpha1"],
      switchOf: (kind) => `crds.${plural(kind)}.enabled`,
    },
  ],
  "pulumi-kubernetes-operator": [
    {
      since: "2.0.0",
      serves: ["pulumi.com/v1", "pulumi.com/v1alpha1", "auto.pulumi.com/v1alpha1"],
    },
  ],
  "snapshot-controller": [
    { since: "1.0.0", serves: ["snapshot.storage.k8s.io/v1"], when: ["installCRDs", true] },
  ],
  "strimzi-kafka-operator": [
    {
      since: "0.23.0",
      until: "1.0.0",
      serves: ["kafka.strimzi.io/v1beta2", "core.strimzi.io/v1beta2"],
    },
    { since: "0.49.0", serves: ["kafka.strimzi.io/v1", "core.strimzi.io/v1"] },
  ],
  "trust-manager": [
    { since: "0.5.0", serves: ["trust.cert-manager.io/v1alpha1"], when: ["crds.enabled", true] },
    { since: "0.24.0", serves: ["trust-manager.io/v1alpha2"], when: ["crds.enabled", true] },
  ],
  velero: [
    { since: "3.0.0", serves: ["velero.io/v1"] },
    { since: "5.1.0", serves: ["velero.io/v2alpha1"] },
  ],
};
