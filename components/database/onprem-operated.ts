/** What CloudNativePG and its Barman Cloud plugin make of a database. Pure. */
import { type DerivedName, type Labels, longestLabel, type Operated } from "../core/operated.ts";

/** The port of PostgreSQL and of PgBouncer. */
export const postgresPort = 5432;
/** The status port of instances, for the operator and for other instances. */
export const statusPort = 8000;
export const instanceMetricsPort = 9187;
export const poolerMetricsPort = 9127;
export const webhookPort = 9443;
export const pluginPort = 9090;

/** Pods and jobs of instances have this label, poolers do not. */
export const instanceLabel = "cnpg.io/instanceName";
export const poolerLabel = "cnpg.io/poolerName";
export const podRoleLabel = "cnpg.io/podRole";
export const clusterLabel = "cnpg.io/cluster";

/** The purposes of jobs with backups in an object store: of the first instance, of a replica, of a copy, of an upgrade. */
export const jobRoles = ["initdb", "join", "full-recovery", "major-upgrade"] as const;

/** The labels of the operator's pods, and of the plugin's: `<label>: <chart>`. */
export const chartLabel = "app.kubernetes.io/name";

/**
 * @param cluster name of the Cluster
 * @param pooler name of the Pooler
 * @param archivePort of the object store
 */
export function operatedDatabase(cluster: string, pooler: string, archivePort: number): Operated {
  const common = {
    [clusterLabel]: cluster,
    "app.kubernetes.io/name": "postgresql",
    "app.kubernetes.io/instance": cluster,
    "app.kubernetes.io/managed-by": "cloudnative-pg",
  };
  const instance = `${cluster}-1`;
  const jobs = Object.fromEntries(
    jobRoles.map((role): [string, Labels] => [
      `job ${role}`,
      {
        ...common,
        "app.kubernetes.io/component": "database",
        [instanceLabel]: instance,
        "cnpg.io/jobRole": role,
      },
    ]),
  );
  const instances = ["instance", ...Object.keys(jobs)];
  const chart = (name: string) => ({
    [chartLabel]: name,
    "app.kubernetes.io/instance": name,
  });
  return {
    source: "CloudNativePG 1.30, pkg/specs; plugin-barman-cloud 0.13",
    pods: {
      operator: chart("cloudnative-pg"),
      plugin: chart("plugin-barman-cloud"),
      instance: {
        ...common,
        "app.kubernetes.io/component": "database",
        [instanceLabel]: instance,
        [podRoleLabel]: "instance",
        "cnpg.io/instanceRole": "primary",
      },
      ...jobs,
      pooler: {
        ...common,
        "app.kubernetes.io/component": "pooler",
        [poolerLabel]: pooler,
        [podRoleLabel]: "pooler",
      },
    },
    connections: [
      ...["operator", "plugin", "pooler", ...instances].map((from) => ({
        from,
        to: "api-server",
        port: 443,
        why: "reads and reports its objects",
      })),
      { from: "api-server", to: "operator", port: webhookPort, why: "calls the webhooks" },
      { from: "operator", to: "plugin", port: pluginPort, why: "asks for backups and sidecars" },
      { from: "operator", to: "instance", port: statusPort, why: "reads the status" },
      {
        from: "operator",
        to: "instance",
        port: postgresPort,
        why: "its documentation asks for it",
      },
      { from: "instance", to: "instance", port: postgresPort, why: "streams write-ahead logs" },
      { from: "instance", to: "instance", port: statusPort, why: "checks that it is not isolated" },
      { from: "job join", to: "instance", port: postgresPort, why: "copies the primary" },
      { from: "pooler", to: "instance", port: postgresPort, why: "connects to the primary" },
      ...instances.map((from) => ({
        from,
        to: "archive",
        port: archivePort,
        why: "archives or restores write-ahead logs and backups, in the plugin's sidecar",
      })),
      { from: "client", to: "instance", port: postgresPort, why: "connectors and migrations" },
      { from: "client", to: "pooler", port: postgresPort, why: "services" },
      { from: "prometheus", to: "instance", port: instanceMetricsPort, why: "scrapes metrics" },
      { from: "prometheus", to: "pooler", port: poolerMetricsPort, why: "scrapes metrics" },
    ],
  };
}

/**
 * Names from a cluster's name. An instance has the next number whenever it is made again, so three digits. The names of jobs are
 * labels of their pods and host names. Source: CloudNativePG 1.30, pkg/specs/jobs.go and api/v1.
 */
export const derivedFromCluster: readonly DerivedName[] = [
  ...jobRoles.map((role) => ({
    what: `the job "${role}" of an instance`,
    suffix: role === "initdb" || role === "full-recovery" ? `-1-${role}` : `-999-${role}`,
    max: longestLabel,
  })),
  { what: "an instance, its pod and host name", suffix: "-999", max: longestLabel },
  { what: "a service", suffix: "-any", max: longestLabel },
  { what: "the service and the label of the pooler", suffix: "-pool", max: longestLabel },
];

/** The same from the name of a copy in another cell, which is the cluster's with `-copy`. */
export const derivedFromCopy: readonly DerivedName[] = derivedFromCluster.map(
  ({ what, suffix, max }) => ({ what: `${what} of its copy`, suffix: `-copy${suffix}`, max }),
);
