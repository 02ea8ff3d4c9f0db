import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { podsOf, tcp } from "../core/isolated-namespace.ts";
import { parseSpec } from "../core/spec.ts";
import { SecretDelivery } from "../secrets/delivery.ts";
import { apiVersion, kafkaTopic, kafkaUser } from "../stream/onprem-objects.ts";
import { clusterLabel, kindLabel, listenerPort } from "../stream/onprem-operated.ts";
import { tenantObject } from "../tenant-namespaces/names.ts";
import type { TenantStream } from "./contract.ts";
import { credentialsOf, deliveredSecret } from "./credentials.ts";
import { groupsOf, ownNames, userName } from "./names.ts";
import { type OnpremTenantStreamSpec, onpremTenantStreamSpec } from "./schema.ts";

export interface OnpremTenantStreamArgs extends ComponentArgs {
  /** What the tier and the tenant say about its stream; see schema.ts. */
  readonly spec: z.input<typeof onpremTenantStreamSpec>;
  /** The stream of the cell. */
  readonly stream: {
    /** Name of the Kafka object. */
    readonly cluster: pulumi.Input<string>;
    readonly namespace: pulumi.Input<string>;
    readonly bootstrapServers: pulumi.Input<string>;
    /** Secret with the CA certificate of the brokers. */
    readonly authoritySecret: pulumi.Input<string>;
  };
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/**
 * The topics and users of a tenant on the Kafka cluster of its cell. Strimzi creates the users' credentials in the brokers' namespace;
 * External Secrets delivers them to the tenant's namespaces.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class OnpremTenantStream extends BlueprintComponent implements TenantStream {
  readonly spec: OnpremTenantStreamSpec;
  readonly bootstrapServers: pulumi.Output<string>;
  readonly topicNames: TenantStream["topicNames"];
  readonly groups: TenantStream["groups"];
  readonly clientSecrets: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: OnpremTenantStreamArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(onpremTenantStreamSpec, args.spec, name);
    super("tenant-stream", "OnpremTenantStream", name, args, { spec }, opts);
    this.spec = spec;
    this.bootstrapServers = pulumi.output(args.stream.bootstrapServers);
    this.topicNames = this.#topics(args);
    this.groups = groupsOf(spec);
    const users = this.#users(args);
    this.#admission(args);
    this.clientSecrets = this.#credentials(args, users);
    this.registerOutputs({ topicNames: this.topicNames, clientSecrets: this.clientSecrets });
  }

  #topics(args: OnpremTenantStreamArgs): TenantStream["topicNames"] {
    return ownNames(this.spec, (topicName, topic) => {
      const made = this.#object(
        `topic-${topicName}`,
        "KafkaTopic",
        topicName,
        kafkaTopic(topicName, topic),
        args,
        this.stateful({ provider: args.cluster.provider }),
      );
      return made.metadata.name;
    });
  }

  #users(args: OnpremTenantStreamArgs): pulumi.Resource[] {
    const { tenant, clients } = this.spec;
    return Object.entries(clients).map(([key, client]) =>
      this.#object(
        `client-${key}`,
        "KafkaUser",
        userName(tenant, key),
        kafkaUser(key, client, this.spec),
        args,
        this.child({ provider: args.cluster.provider }),
      ),
    );
  }

  /** Adds the tenant's namespaces to those that reach the brokers. A suspended tenant has no traffic. */
  #admission({ stream, cluster }: OnpremTenantStreamArgs): void {
    const { tenant, namespaces, suspended } = this.spec;
    if (suspended) return;
    new kubernetes.networking.v1.NetworkPolicy(
      this.named("clients"),
      {
        metadata: { name: tenantObject(tenant), namespace: stream.namespace },
        spec: {
          podSelector: { matchLabels: { [clusterLabel]: stream.cluster, [kindLabel]: "Kafka" } },
          policyTypes: ["Ingress"],
          ingress: [{ from: [podsOf(namespaces)], ports: tcp(listenerPort) }],
        },
      },
      this.child({ provider: cluster.provider }),
    );
  }

  #credentials(
    { ownership, stream, cluster }: OnpremTenantStreamArgs,
    users: readonly pulumi.Resource[],
  ): Record<string, pulumi.Output<string>> {
    const { tenant, clients, namespaces } = this.spec;
    const { secretNames } = new SecretDelivery(
      this.named("credentials"),
      {
        ownership,
        retain: this.retain,
        noun: "tenant-stream",
        reader: `${tenantObject(tenant)}-stream`,
        from: stream.namespace,
        to: namespaces,
        secrets: credentialsOf(this.spec, stream.authoritySecret),
        cluster,
      },
      { parent: this, dependsOn: [...users] },
    );
    return Object.fromEntries(
      Object.keys(clients).flatMap((key) => {
        const { [deliveredSecret(key)]: name } = secretNames;
        return name === undefined ? [] : [[key, name]];
      }),
    );
  }

  /** A Strimzi object that belongs to the Kafka cluster of the cell. */
  #object(
    key: string,
    kind: "KafkaTopic" | "KafkaUser",
    name: string,
    spec: Record<string, unknown>,
    { stream }: OnpremTenantStreamArgs,
    opts: pulumi.CustomResourceOptions,
  ): kubernetes.apiextensions.CustomResource {
    return new kubernetes.apiextensions.CustomResource(
      this.named(key),
      {
        apiVersion,
        kind,
        metadata: {
          name,
          namespace: stream.namespace,
          labels: { [clusterLabel]: stream.cluster },
        },
        spec,
      },
      opts,
    );
  }
}
