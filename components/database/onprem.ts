import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { IsolatedNamespace, type PolicyCluster } from "../core/isolated-namespace.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { readyTimeouts, untilReady } from "../core/until-ready.ts";
import { wantedMajor } from "./base-schema.ts";
import { onpremCapacities } from "./capacity.ts";
import type { DatabaseContract } from "./contract.ts";
import { instanceMonitor, poolerMonitor } from "./onprem-monitors.ts";
import {
  archiveFolder,
  barman,
  cluster,
  cnpg,
  imageCatalog,
  type OnpremNames,
  objectStore,
  pooler,
  scheduledBackup,
} from "./onprem-objects.ts";
import { OnpremDatabaseOperator } from "./onprem-operator.ts";
import { databasePolicies } from "./onprem-policies.ts";
import { type Recovery, recoveryOf } from "./recovery.ts";
import { type OnpremDatabaseSpec, onpremDatabaseSpec } from "./schema.ts";
import type { PostgresMajor } from "./versions.ts";

export interface OnpremDatabaseArgs extends ComponentArgs {
  /** `database` of the cell's manifest with its cloud. */
  readonly spec: z.input<typeof onpremDatabaseSpec>;
  readonly cluster: PolicyCluster & { readonly provider: kubernetes.Provider };
  /** The name of the Cluster. @default `<environment>-<cell>-<component>` */
  readonly clusterName?: string;
}

/**
 * PostgreSQL with CloudNativePG in an on-premises cluster: three instances over its zones, of which two have every commit, a
 * connection pool in front, backups and write-ahead logs in an external object store.
 *
 * @example
 * const database = new OnpremDatabase("database", { spec, ownership, cluster });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class OnpremDatabase extends BlueprintComponent implements DatabaseContract {
  readonly cloud = "onprem";
  readonly spec: OnpremDatabaseSpec;
  readonly version: PostgresMajor;
  readonly databaseName: string;
  readonly endpoint: pulumi.Output<string>;
  readonly readerEndpoint: pulumi.Output<string>;
  /** Host of the primary itself, for connectors and migrations. */
  readonly writerEndpoint: pulumi.Output<string>;
  readonly port = 5432;
  readonly maxConnections: number;
  readonly recovery: Recovery;
  readonly namespace: pulumi.Output<string>;
  /** Secret in the namespace with `username`, `password` and `uri` of the owner of the first database. */
  readonly ownerSecret: string;
  /** Secret in the namespace with `ca.crt`, the authority that signs the instances' certificates. */
  readonly authoritySecret: string;
  readonly forTenants: DatabaseContract["forTenants"];
  /** The Cluster, known once it is ready. */
  readonly clusterName: pulumi.Output<string>;
  readonly #provider: kubernetes.Provider;
  /** Created before the first object. */
  readonly #prerequisites: readonly pulumi.Resource[];

  constructor(name: string, args: OnpremDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(onpremDatabaseSpec, args.spec, `database "${name}"`);
    super("database", "OnpremDatabase", name, args, { spec }, opts);
    const { ownership } = args;
    const { provider } = args.cluster;
    const shared = { ownership, retain: this.retain };
    const inCluster = { parent: this, providers: [provider] };
    this.spec = spec;
    this.version = wantedMajor(spec);
    this.databaseName = spec.databaseName;
    this.maxConnections = onpremCapacities[spec.size].maxConnections;
    this.recovery = recoveryOf("onprem", spec.backups.retentionDays);

    const operator =
      spec.operator === "install"
        ? new OnpremDatabaseOperator(
            this.named("operator"),
            { ...shared, cluster: args.cluster },
            inCluster,
          )
        : undefined;
    const namespace = new IsolatedNamespace(
      this.named("namespace"),
      {
        ...shared,
        noun: "database",
        namespace: spec.namespace,
        policies: databasePolicies(spec, args.cluster),
      },
      inCluster,
    );
    this.namespace = namespace.name;
    this.#provider = provider;
    this.#prerequisites = [namespace, ...(operator?.releases ?? [])];

    const names = namesOf(args.clusterName ?? nameIn(ownership, "cnpg-cluster", name), spec);
    const made = this.#cluster(names);
    const pool = this.#object("pooler", cnpg, "Pooler", names.pooler, pooler(spec, names), [made]);
    this.#object("backup", cnpg, "ScheduledBackup", names.cluster, scheduledBackup(spec, names), [
      made,
    ]);
    if (spec.podMonitor) this.#podMonitors(names);

    this.ownerSecret = `${names.cluster}-app`;
    this.authoritySecret = `${names.cluster}-ca`;
    this.endpoint = this.#host(pool);
    this.readerEndpoint = this.#host(made, "-ro");
    this.writerEndpoint = this.#host(made, "-rw");
    this.clusterName = made.metadata.apply(({ name: known }) => known ?? names.cluster);
    this.forTenants = { writer: this.writerEndpoint, cluster: this.clusterName };
    this.registerOutputs({
      endpoint: this.endpoint,
      readerEndpoint: this.readerEndpoint,
      databaseName: this.databaseName,
      maxConnections: this.maxConnections,
      recovery: this.recovery,
    });
  }

  #cluster(names: OnpremNames) {
    const { spec } = this;
    const catalog = this.#object("images", cnpg, "ImageCatalog", names.catalog, imageCatalog);
    const archive = this.#object(
      "archive",
      barman,
      "ObjectStore",
      names.archive,
      objectStore(spec),
    );
    const wanted = cluster(spec, names);
    return new kubernetes.apiextensions.CustomResource(
      this.named(),
      {
        apiVersion: cnpg,
        kind: "Cluster",
        metadata: {
          name: names.cluster,
          namespace: this.namespace,
          annotations: { ...untilReady },
        },
        spec: wanted,
      },
      this.stateful({
        provider: this.#provider,
        dependsOn: [catalog, archive],
        customTimeouts: readyTimeouts,
        // The operator upgrades, with downtime, when the major version changes, which requires an approved upgrade.
        ignoreChanges: spec.upgrade === undefined ? ["spec.imageCatalogRef.major"] : [],
      }),
    );
  }

  #object(
    key: string,
    apiVersion: string,
    kind: string,
    name: string,
    spec: object,
    after: readonly pulumi.Resource[] = this.#prerequisites,
  ): kubernetes.apiextensions.CustomResource {
    return new kubernetes.apiextensions.CustomResource(
      this.named(key),
      { apiVersion, kind, metadata: { name, namespace: this.namespace }, spec },
      this.child({ provider: this.#provider, dependsOn: [...after] }),
    );
  }

  #podMonitors(names: OnpremNames): void {
    const monitor = (key: string, name: string, spec: object) =>
      this.#object(key, "monitoring.coreos.com/v1", "PodMonitor", name, spec);
    monitor("metrics", names.cluster, instanceMonitor(names));
    monitor("metrics-pooler", names.pooler, poolerMonitor(names));
  }

  /** Host of the service that CloudNativePG creates for an object. */
  #host(of: kubernetes.apiextensions.CustomResource, suffix = ""): pulumi.Output<string> {
    const service = of.metadata.apply(({ name }) => `${name}${suffix}`);
    return pulumi.interpolate`${service}.${this.namespace}.svc`;
  }
}

function namesOf(name: string, { generation, namespace }: OnpremDatabaseSpec): OnpremNames {
  return {
    cluster: name,
    catalog: name,
    archive: `${name}-archive`,
    server: archiveFolder(name, generation),
    pooler: `${name}-pool`,
    namespace,
  };
}
