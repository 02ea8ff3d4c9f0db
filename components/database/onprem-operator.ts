import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import {
  IsolatedNamespace,
  type PolicyCluster,
  tcp,
  toApiServer,
} from "../core/isolated-namespace.ts";
import { operatorPlacement } from "../node-pool/operator-placement.ts";
import {
  chartLabel,
  pluginPort,
  podRoleLabel,
  postgresPort,
  statusPort,
  webhookPort,
} from "./onprem-operated.ts";

/** Namespace of the operator, which the network policies of databases allow. */
export const operatorNamespace = "cnpg-system";

const repository = "https://cloudnative-pg.github.io/charts";

/** The charts of CloudNativePG 1.30.0 and of the Barman Cloud plugin 0.13.0, which requires the operator's namespace. */
const charts = { "cloudnative-pg": "0.29.0", "plugin-barman-cloud": "0.7.0" } as const;

export interface OnpremDatabaseOperatorArgs extends ComponentArgs {
  readonly cluster: PolicyCluster;
}

/** CloudNativePG and its plugin for backups, for the whole cluster. The plugin's certificates come from cert-manager. */
export class OnpremDatabaseOperator extends BlueprintComponent {
  /** The releases that objects of the database depend on. */
  readonly releases: readonly pulumi.Resource[];

  constructor(
    name: string,
    args: OnpremDatabaseOperatorArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("database", "OnpremDatabaseOperator", name, args, {}, opts);
    const namespace = new IsolatedNamespace(
      this.named("namespace"),
      {
        ownership: args.ownership,
        // The operator can be reinstalled.
        retain: false,
        noun: "database",
        namespace: operatorNamespace,
        policies: {
          // The API server calls the webhooks, from addresses that network policies cannot select.
          webhooks: {
            podSelector: {},
            policyTypes: ["Ingress"],
            ingress: [{ ports: tcp(webhookPort) }],
          },
          plugin: {
            podSelector: {},
            policyTypes: ["Ingress", "Egress"],
            ingress: [{ from: [{ podSelector: {} }], ports: tcp(pluginPort) }],
            egress: [{ to: [{ podSelector: {} }], ports: tcp(pluginPort) }],
          },
          "api-server": toApiServer({}, args.cluster),
          instances: {
            podSelector: {},
            policyTypes: ["Egress"],
            egress: [
              {
                to: [
                  {
                    namespaceSelector: {},
                    podSelector: { matchLabels: { [podRoleLabel]: "instance" } },
                  },
                ],
                ports: tcp(postgresPort, statusPort),
              },
            ],
          },
        },
      },
      { parent: this },
    );
    const operatorPods = { [chartLabel]: "cloudnative-pg" };
    const operator = this.#release("cloudnative-pg", namespace, {
      replicaCount: 2,
      ...operatorPlacement(operatorPods, { cpu: "100m", memory: "256Mi" }),
    });
    // Its webhooks fail closed, and the chart has no budget.
    new kubernetes.policy.v1.PodDisruptionBudget(
      this.named("disruption"),
      {
        metadata: { name: "cloudnative-pg", namespace: namespace.name },
        spec: { maxUnavailable: 1, selector: { matchLabels: operatorPods } },
      },
      this.child({ dependsOn: namespace }),
    );
    const plugin = this.#release(
      "plugin-barman-cloud",
      namespace,
      operatorPlacement({ [chartLabel]: "plugin-barman-cloud" }, { cpu: "100m", memory: "128Mi" }),
      [operator],
    );
    this.releases = [operator, plugin];
    this.registerOutputs({});
  }

  #release(
    chart: keyof typeof charts,
    namespace: IsolatedNamespace,
    values: object,
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
