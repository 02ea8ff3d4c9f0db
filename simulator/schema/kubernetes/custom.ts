import { computeClass } from "./compute-class.ts";
import type { CustomKind } from "./custom-kind.ts";

const namespaced = { namespaced: true } as const;
const clusterWide = { namespaced: false } as const;

/**
 * The kinds of custom resources that the blueprint uses, by API version, from the definitions in their projects' current releases
 * (`spec.scope`, `spec.versions[].served`).
 */
const kinds: Readonly<Record<string, Readonly<Record<string, CustomKind>>>> = {
  "karpenter.sh/v1": { NodePool: clusterWide, NodeClaim: clusterWide },
  "karpenter.k8s.aws/v1": { EC2NodeClass: clusterWide },
  "cloud.google.com/v1": { ComputeClass: computeClass, BackendConfig: namespaced },
  "networking.gke.io/v1alpha1": { FQDNNetworkPolicy: namespaced },
  "networking.gke.io/v1": {
    GCPGatewayPolicy: namespaced,
    HealthCheckPolicy: namespaced,
    ManagedCertificate: namespaced,
  },
  "cilium.io/v2": { CiliumNetworkPolicy: namespaced, CiliumClusterwideNetworkPolicy: clusterWide },
  "networking.k8s.aws/v1alpha1": { PolicyEndpoint: namespaced },
  "cert-manager.io/v1": {
    Certificate: namespaced,
    CertificateRequest: namespaced,
    Issuer: namespaced,
    ClusterIssuer: clusterWide,
  },
  "external-secrets.io/v1": {
    ExternalSecret: namespaced,
    SecretStore: namespaced,
    ClusterExternalSecret: clusterWide,
    ClusterSecretStore: clusterWide,
  },
  "gateway.networking.k8s.io/v1": {
    Gateway: namespaced,
    GatewayClass: clusterWide,
    GRPCRoute: namespaced,
    HTTPRoute: namespaced,
    BackendTLSPolicy: namespaced,
  },
  "gateway.networking.k8s.io/v1beta1": { ReferenceGrant: namespaced },
  "gateway.envoyproxy.io/v1alpha1": {
    Backend: namespaced,
    BackendTrafficPolicy: namespaced,
    ClientTrafficPolicy: namespaced,
    EnvoyProxy: namespaced,
    SecurityPolicy: namespaced,
  },
  "security.istio.io/v1": {
    AuthorizationPolicy: namespaced,
    PeerAuthentication: namespaced,
    RequestAuthentication: namespaced,
  },
  "networking.istio.io/v1": {
    DestinationRule: namespaced,
    ServiceEntry: namespaced,
    Sidecar: namespaced,
    VirtualService: namespaced,
  },
  "telemetry.istio.io/v1": { Telemetry: namespaced },
  "argoproj.io/v1alpha1": {
    Application: namespaced,
    ApplicationSet: namespaced,
    AppProject: namespaced,
    AnalysisTemplate: namespaced,
    Rollout: namespaced,
  },
  "monitoring.coreos.com/v1": {
    Alertmanager: namespaced,
    PodMonitor: namespaced,
    Prometheus: namespaced,
    PrometheusRule: namespaced,
    ServiceMonitor: namespaced,
  },
  "opentelemetry.io/v1beta1": { OpenTelemetryCollector: namespaced },
  "keda.sh/v1alpha1": {
    ScaledJob: namespaced,
    ScaledObject: namespaced,
    TriggerAuthentication: namespaced,
    ClusterTriggerAuthentication: clusterWide,
  },
  "kafka.strimzi.io/v1": {
    Kafka: namespaced,
    KafkaConnect: namespaced,
    KafkaConnector: namespaced,
    KafkaMirrorMaker2: namespaced,
    KafkaNodePool: namespaced,
    KafkaRebalance: namespaced,
    KafkaTopic: namespaced,
    KafkaUser: namespaced,
  },
  "postgresql.cnpg.io/v1": {
    Backup: namespaced,
    Cluster: namespaced,
    ClusterImageCatalog: clusterWide,
    Database: namespaced,
    ImageCatalog: namespaced,
    Pooler: namespaced,
    Publication: namespaced,
    ScheduledBackup: namespaced,
    Subscription: namespaced,
  },
  "barmancloud.cnpg.io/v1": { ObjectStore: namespaced },
  "kyverno.io/v1": { ClusterPolicy: clusterWide, Policy: namespaced },
  "kyverno.io/v2": { PolicyException: namespaced },
  "velero.io/v1": {
    Backup: namespaced,
    BackupStorageLocation: namespaced,
    Restore: namespaced,
    Schedule: namespaced,
    VolumeSnapshotLocation: namespaced,
  },
  "snapshot.storage.k8s.io/v1": {
    VolumeSnapshot: namespaced,
    VolumeSnapshotClass: clusterWide,
    VolumeSnapshotContent: clusterWide,
  },
};

/** A custom kind that the blueprint knows, if any. */
export function customKind(apiVersion: string, kind: string): CustomKind | undefined {
  const group = Object.hasOwn(kinds, apiVersion) ? kinds[apiVersion] : undefined;
  return group && Object.hasOwn(group, kind) ? group[kind] : undefined;
}

/** The known API versions of a custom kind: `["kafka.strimzi.io/v1"]` for `Kafka` of that group. */
export function customVersions(group: string, kind: string): string[] {
  return Object.keys(kinds).filter(
    (apiVersion) => apiVersion.startsWith(`${group}/`) && customKind(apiVersion, kind),
  );
}

/** The custom kinds of an API version. */
export function customKinds(apiVersion: string): string[] {
  return Object.keys(kinds[apiVersion] ?? {});
}
