import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { IsolatedNamespace } from "../core/isolated-namespace.ts";

/** Namespace of the operator, which the network policies of databases allow. */
export const operatorNamespace = "cnpg-system";

const repository = "https://cloudnative-pg.github.io/charts";

/** The charts of CloudNativePG 1.30.0 and of the Barman Cloud plugin 0.13.0, which requires the operator's namespace. */
const charts = { "cloudnative-pg": "0.29.0", "plugin-barman-cloud": "0.7.0" } as const;

const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: "TCP", port }));

/** CloudNativePG and its plugin for backups, for the whole cluster. The plugin's certificates come from cert-manager. */
export class OnpremDatabaseOperator extends BlueprintComponent {
  /** The releases that objects of the database depend on. */
  readonly releases: readonly pulumi.Resource[];

  constructor(name: string, args: ComponentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("database", "OnpremDatabaseOperator", name, args, {}, opts);
    const namespace = new IsolatedNamespace(
      this.named("namespace"),
      {
        ...args,
        // The operator can be reinstalled.
        retain: false,
        noun: "database",
        namespace: operatorNamespace,
        policies: {
          // The API server calls the webhooks, from addresses that network policies cannot select.
          webhooks: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ ports: tcp(9443) }] },
          plugin: {
            podSelector: {},
            policyTypes: ["Ingress", "Egress"],
            ingress: [{ from: [{ podSelector: {} }], ports: tcp(9090) }],
            egress: [{ to: [{ podSelector: {} }], ports: tcp(9090) }],
          },
          "api-server": {
            podSelector: {},
            policyTypes: ["Egress"],
            egress: [{ ports: tcp(443, 6443) }],
          },
          instances: {
            podSelector: {},
            policyTypes: ["Egress"],
            egress: [
              {
                to: [
                  {
                    namespaceSelector: {},
                    podSelector: { matchLabels: { "cnpg.io/podRole": "instance" } },
                  },
                ],
                ports: tcp(5432, 8000),
              },
            ],
          },
        },
      },
      { parent: this },
    );
    const operator = this.#release("cloudnative-pg", namespace, { replicaCount: 2 });
    const plugin = this.#release("plugin-barman-cloud", namespace, {}, [operator]);
    this.releases = [operator, plugin];
    this.registerOutputs({});
  }

  #release(
    chart: keyof typeof charts,
    namespace: IsolatedNamespace,
    values: Record<string, unknown>,
    after: pulumi.Resource[] = [],
  ): kubernetes.helm.v3.Release {
    return new kubernetes.helm.v3.Release(
      this.named(chart),
      {
        name: chart,
        namespace: namespace.name,
        chart,
        version: charts[chart],
        repositoryOpts: { repo: repository },
        atomic: true,
        timeout: 600,
        values,
      },
      this.child({ dependsOn: [namespace, ...after] }),
    );
  }
}
