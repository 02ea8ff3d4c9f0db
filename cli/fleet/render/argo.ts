/** Argo CD: an Application for each shard, in step with the rendered files, ring after ring. */
import { stringify } from "yaml";
import { type FleetPlan, type FleetSettings, fleetLabels, operatorNamespace } from "./plan.ts";

type Bag = Record<string, unknown>;

const argoNamespace = "argocd";
const server = "https://kubernetes.default.svc";

/** The label by which the steps find Applications. */
const ringLabel = "atoll.dev/ring";

/** The ring of what all tenants need: the namespace, its rights, the gates. */
export const platformRing = "platform";

/** The rings that a tenant's manifest can name. Steps without Applications are passed. */
const rings = Array.from({ length: 10 }, (_, ring) => String(ring));

export const fleetName = (environment: string) => `atoll-fleet-${environment}`;

/** What its Applications may contain: nothing that gives rights beyond what is rendered. */
export function appProject(plan: FleetPlan, { repository }: FleetSettings): Bag {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: {
      name: fleetName(plan.environment),
      namespace: argoNamespace,
      labels: fleetLabels(plan.environment),
    },
    spec: {
      description: `The tenants of ${plan.environment}`,
      sourceRepos: [repository],
      destinations: [{ server, namespace: plan.namespace }],
      // Namespaces, roles and accounts are applied by an administrator, and not from the repository of tenants.
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [
        { group: "pulumi.com", kind: "Stack" },
        { group: "batch", kind: "CronJob" },
      ],
    },
  };
}

export function applicationSet(
  plan: FleetPlan,
  { repository, revision, folder }: FleetSettings,
): Bag {
  const name = fleetName(plan.environment);
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ApplicationSet",
    metadata: { name, namespace: argoNamespace, labels: fleetLabels(plan.environment) },
    spec: {
      goTemplate: true,
      goTemplateOptions: ["missingkey=error"],
      // Rendered files, not manifests: what is merged is what was reviewed.
      generators: [
        { git: { repoURL: repository, revision, files: [{ path: `${folder}/shards/*.json` }] } },
      ],
      strategy: {
        type: "RollingSync",
        rollingSync: {
          steps: [platformRing, ...rings].map((ring) => ({
            matchExpressions: [{ key: ringLabel, operator: "In", values: [ring] }],
            // One shard of the first ring at a time; then a quarter of a ring's.
            maxUpdate: ring === "0" ? 1 : ring === platformRing ? "100%" : "25%",
          })),
        },
      },
      // Whoever deletes the ApplicationSet does not delete Stacks.
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        metadata: {
          name: `${name}-{{ .ring }}-{{ .cell }}`,
          namespace: argoNamespace,
          labels: { ...fleetLabels(plan.environment), [ringLabel]: "{{ .ring }}" },
        },
        spec: {
          // Never templated: a file in the repository must not choose its own rights.
          project: name,
          source: {
            repoURL: repository,
            targetRevision: revision,
            path: `${folder}/rings/{{ .ring }}/{{ .cell }}`,
          },
          destination: { server, namespace: plan.namespace },
          syncPolicy: {
            automated: { prune: true },
            retry: { limit: 3, backoff: { duration: "30s", factor: 2, maxDuration: "5m" } },
            syncOptions: ["CreateNamespace=false", "ServerSideApply=true"],
          },
        },
      },
    },
  };
}

/** Values of the argo-cd chart. Without the health check every Stack counts as healthy at once, and no step waits. */
export function argoValues(): string {
  return stringify({
    applicationSet: {
      extraEnv: [
        { name: "ARGOCD_APPLICATIONSET_CONTROLLER_ENABLE_PROGRESSIVE_SYNCS", value: "true" },
      ],
    },
    configs: { cm: { "resource.customizations.health.pulumi.com_Stack": healthCheck } },
  });
}

/** Conditions of the operator: a Stack is stalled, reconciling or ready. */
const healthCheck = `local health = {status = "Progressing", message = "Waiting for the operator"}
local order = {Stalled = "Degraded", Reconciling = "Progressing", Ready = "Healthy"}
local status = obj.status or {}
for _, wanted in ipairs({"Stalled", "Reconciling", "Ready"}) do
  for _, condition in ipairs(status.conditions or {}) do
    if condition.type == wanted and condition.status == "True" then
      return {status = order[wanted], message = condition.message or ""}
    end
  end
end
return health
`;

/**
 * Values of the operator's chart. An update holds a worker of its controller until it ends, so the number of workers bounds the updates.
 */
export function operatorValues({ atOnce }: FleetSettings): string {
  return stringify({
    extraEnv: [{ name: "MAX_CONCURRENT_RECONCILES", value: String(atOnce) }],
    resources: {
      requests: { cpu: "200m", memory: "512Mi" },
      limits: { memory: "1Gi" },
    },
    // Updates that run when the operator stops are aborted, and leave locks.
    terminationGracePeriodSeconds: 3600,
    podAnnotations: { "karpenter.sh/do-not-disrupt": "true" },
  });
}

/** Where the chart is installed. */
export const installation = { namespace: operatorNamespace, chartVersion: "2.9.0" } as const;
