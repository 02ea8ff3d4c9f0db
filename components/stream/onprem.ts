import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { IsolatedNamespace, type PolicyCluster } from "../core/isolated-namespace.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { readyTimeouts, untilReady } from "../core/until-ready.ts";
import type { StreamContract } from "./contract.ts";
import { installDefinitions } from "./onprem-definitions.ts";
import { apiVersion, kafka, kafkaTopic, kafkaUser, nodePool, poolName } from "./onprem-objects.ts";
import { listenerPort } from "./onprem-operated.ts";
import { strimziOperator } from "./onprem-operator.ts";
import { streamPolicies } from "./onprem-policies.ts";
import { type OnpremStreamSpec, onpremStreamSpec } from "./onprem-schema.ts";

export interface OnpremStreamArgs extends ComponentArgs {
  /** `stream` of the cell's manifest with its cloud. */
  readonly spec: z.input<typeof onpremStreamSpec>;
  readonly cluster: PolicyCluster & { readonly provider: kubernetes.Provider };
}

/**
 * A Kafka cluster of Strimzi in an on-premises cluster: separate controllers and brokers, spread over zones, with one TLS listener.
 * Each client is a KafkaUser; the secret with the client's name has its credentials.
 *
 * @example
 * const stream = new OnpremStream("stream", { spec, ownership, cluster });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class OnpremStream extends BlueprintComponent implements StreamContract {
  readonly cloud = "onprem";
  readonly spec: OnpremStreamSpec;
  readonly bootstrapServers: pulumi.Output<string>;
  readonly topicNames: Readonly<Record<string, pulumi.Output<string>>>;
  readonly brokers: number;
  /** Name of the Kafka object, for the label `strimzi.io/cluster` of topics, users and connectors. */
  readonly clusterName: string;
  readonly namespace: pulumi.Output<string>;
  /** Secret in the namespace with the CA certificate of the brokers as `ca.crt`. */
  readonly authoritySecret: string;
  /** Secret in the namespace with the credentials of each client, by key. */
  readonly clientSecrets: Readonly<Record<string, pulumi.Output<string>>>;
  readonly #kubernetes: pulumi.CustomResourceOptions;

  constructor(name: string, args: OnpremStreamArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(onpremStreamSpec, args.spec, `stream "${name}"`);
    super("stream", "OnpremStream", name, args, { spec }, opts);
    const { ownership, cluster } = args;
    this.spec = spec;
    this.brokers = spec.brokers.count;
    this.clusterName = nameIn(ownership, "strimzi-cluster", this.named());
    this.authoritySecret = `${this.clusterName}-cluster-ca-cert`;
    const { provider } = cluster;
    const namespace = new IsolatedNamespace(
      this.named("namespace"),
      {
        ownership,
        retain: this.retain,
        noun: "stream",
        namespace: spec.namespace,
        policies: streamPolicies(cluster),
      },
      { parent: this, providers: [provider] },
    );
    this.namespace = namespace.name;
    const operator = spec.operator === "install" ? [this.#operator(namespace, args.cluster)] : [];
    this.#kubernetes = { provider, dependsOn: operator };

    const standing = this.#cluster();
    this.topicNames = this.#topics(standing);
    this.clientSecrets = this.#users(standing);
    this.bootstrapServers = pulumi.interpolate`${this.clusterName}-kafka-bootstrap.${this.namespace}.svc:${listenerPort}`;
    this.registerOutputs({
      namespace: this.namespace,
      bootstrapServers: this.bootstrapServers,
      topicNames: this.topicNames,
    });
  }

  #operator(
    namespace: IsolatedNamespace,
    { provider }: OnpremStreamArgs["cluster"],
  ): pulumi.Resource {
    const definitions = installDefinitions((key) => this.named(key), this.child({ provider }));
    return strimziOperator(
      this.named("operator"),
      namespace.name,
      this.child({ provider, dependsOn: [namespace, ...definitions] }),
    );
  }

  /** Node pools are created before the Kafka object, which uses the existing ones. */
  #cluster(): kubernetes.apiextensions.CustomResource {
    const pools = (["controller", "broker"] as const).map((role) =>
      this.#object(
        role,
        "KafkaNodePool",
        poolName(this.clusterName, role),
        nodePool(this.spec, role, this.clusterName, this.retain),
        this.stateful(this.#kubernetes),
      ),
    );
    const planned = kafka(this.spec);
    const { dependsOn, ...rest } = this.#kubernetes;
    return new kubernetes.apiextensions.CustomResource(
      this.named(),
      {
        apiVersion,
        kind: "Kafka",
        metadata: {
          name: this.clusterName,
          namespace: this.namespace,
          annotations: { ...untilReady },
        },
        spec: planned,
      },
      this.stateful({ ...rest, dependsOn: pools, customTimeouts: readyTimeouts }),
    );
  }

  #topics(standing: pulumi.Resource): Record<string, pulumi.Output<string>> {
    return Object.fromEntries(
      Object.entries(this.spec.topics).map(([name, topic]) => {
        const made = this.#object(
          `topic-${name}`,
          "KafkaTopic",
          name,
          kafkaTopic(name, topic),
          this.stateful({ ...this.#kubernetes, dependsOn: standing }),
        );
        return [name, made.metadata.name];
      }),
    );
  }

  #users(standing: pulumi.Resource): Record<string, pulumi.Output<string>> {
    return Object.fromEntries(
      Object.entries(this.spec.clients).map(([key, client]) => {
        const made = this.#object(
          `client-${key}`,
          "KafkaUser",
          key,
          kafkaUser(key, client, this.spec),
          this.child({ ...this.#kubernetes, dependsOn: standing }),
        );
        return [key, made.metadata.name];
      }),
    );
  }

  /** A Strimzi object that belongs to the Kafka cluster. */
  #object(
    key: string,
    kind: "KafkaNodePool" | "KafkaTopic" | "KafkaUser",
    name: string,
    spec: Record<string, unknown>,
    opts: pulumi.CustomResourceOptions,
  ): kubernetes.apiextensions.CustomResource {
    return new kubernetes.apiextensions.CustomResource(
      this.named(key),
      {
        apiVersion,
        kind,
        metadata: {
          name,
          namespace: this.namespace,
          labels: { "strimzi.io/cluster": this.clusterName },
          // Strimzi reports no condition of a node pool: the Kafka object reports for its pools.
          ...(kind === "KafkaNodePool" ? {} : { annotations: { ...untilReady } }),
        },
        spec,
      },
      opts,
    );
  }
}
