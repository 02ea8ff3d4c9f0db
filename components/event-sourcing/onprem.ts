import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { BlueprintError } from "../core/errors.ts";
import { parseSpec } from "../core/spec.ts";
import { readyTimeouts, untilReady } from "../core/until-ready.ts";
import type { OnpremStream } from "../stream/onprem.ts";
import { apiVersion } from "../stream/onprem-objects.ts";
import { ApicurioRegistry, type RegistryDatabase } from "./apicurio.ts";
import type { EventSourcingContract } from "./contract.ts";
import {
  type OnpremEventSourcingSpec,
  type OnpremOutbox,
  onpremEventSourcingSpec,
} from "./onprem-schema.ts";
import { after, requiredTopics } from "./required-topics.ts";
import {
  type ConnectIdentity,
  connectUser,
  kafkaConnect,
  kafkaConnector,
  workerLabels,
} from "./strimzi-connect.ts";

export interface OnpremEventSourcingArgs extends ComponentArgs {
  /** `eventSourcing` of the cell's manifest with its cloud, and the environment's frameworks. */
  readonly spec: z.input<typeof onpremEventSourcingSpec>;
  /** A stream with the topics of `aggregateTopics(spec)`. */
  readonly stream: Pick<
    OnpremStream,
    "spec" | "clusterName" | "namespace" | "bootstrapServers" | "authoritySecret" | "topicNames"
  >;
  readonly cluster: { readonly provider: kubernetes.Provider };
  /** Host of the database's primary, for an outbox. @default none */
  readonly databaseHost?: pulumi.Input<string>;
  /** The database of the registry. @default none */
  readonly registryDatabase?: RegistryDatabase;
}

/**
 * Event sourcing on-premises, beside the topics: Apicurio for schemas, and Debezium on Strimzi's Kafka Connect between an
 * outbox and the stream, in the stream's namespace.
 *
 * @example
 * new OnpremEventSourcing("events", { spec, ownership, stream, cluster });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec, or when the database of the outbox or the registry
 * is missing.
 */
export class OnpremEventSourcing extends BlueprintComponent implements EventSourcingContract {
  readonly cloud = "onprem";
  readonly spec: OnpremEventSourcingSpec;
  readonly registryUrl: pulumi.Output<string> | undefined;

  constructor(name: string, args: OnpremEventSourcingArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(onpremEventSourcingSpec, args.spec, `event sourcing "${name}"`);
    super("event-sourcing", "OnpremEventSourcing", name, args, { spec }, opts);
    this.spec = spec;
    this.registryUrl = this.#registry(args)?.url;
    if (spec.outbox) this.#outbox(args, spec.outbox);
    this.registerOutputs({ registryUrl: this.registryUrl });
  }

  #registry({ ownership, cluster, registryDatabase }: OnpremEventSourcingArgs) {
    const { registry } = this.spec;
    if (registry === undefined) return undefined;
    return new ApicurioRegistry(
      this.named("registry"),
      {
        ownership,
        retain: this.retain,
        settings: registry,
        database: this.#needed("a registry", "registryDatabase", registryDatabase),
        provider: cluster.provider,
      },
      { parent: this },
    );
  }

  #outbox(args: OnpremEventSourcingArgs, outbox: OnpremOutbox): void {
    const { stream, cluster } = args;
    const { provider } = cluster;
    const host = this.#needed("an outbox", "databaseHost", args.databaseHost);
    const topics = requiredTopics(
      `event sourcing "${this.named()}"`,
      this.spec.aggregates,
      stream.topicNames,
    );
    const identity: ConnectIdentity = {
      user: `${stream.clusterName}-outbox`,
      authentication: stream.spec.authentication,
    };
    const { user } = identity;
    // Topics depend on the namespace and Strimzi's CRDs.
    const namespace = after(topics, stream.namespace);
    const at = (metadata: Record<string, unknown> = {}) => ({
      name: user,
      namespace,
      ...metadata,
    });
    const reach = new kubernetes.networking.v1.NetworkPolicy(
      this.named("outbox-reach"),
      {
        metadata: at(),
        spec: {
          podSelector: { matchLabels: workerLabels(user) },
          policyTypes: ["Egress"],
          // Any address: network rules control access to the database.
          egress: [{ ports: [{ protocol: "TCP", port: 5432 }] }],
        },
      },
      this.child({ provider }),
    );
    const account = new kubernetes.apiextensions.CustomResource(
      this.named("outbox-user"),
      {
        apiVersion,
        kind: "KafkaUser",
        metadata: at({
          labels: { "strimzi.io/cluster": stream.clusterName },
          annotations: { ...untilReady },
        }),
        spec: connectUser(this.spec.aggregates, identity),
      },
      this.child({ provider }),
    );
    const connect = new kubernetes.apiextensions.CustomResource(
      this.named("outbox-connect"),
      {
        apiVersion,
        kind: "KafkaConnect",
        // Without the first annotation Strimzi ignores the connector's resource.
        metadata: at({
          annotations: { "strimzi.io/use-connector-resources": "true", ...untilReady },
        }),
        spec: stream.bootstrapServers.apply((bootstrapServers) =>
          kafkaConnect(
            outbox,
            {
              name: stream.clusterName,
              version: stream.spec.version,
              bootstrapServers,
              authoritySecret: stream.authoritySecret,
            },
            identity,
          ),
        ),
      },
      this.child({ provider, dependsOn: [account, reach], customTimeouts: readyTimeouts }),
    );
    // Not waited for: it is ready only when its role, table and publication exist, which come with migrations after the database.
    new kubernetes.apiextensions.CustomResource(
      this.named("outbox-connector"),
      {
        apiVersion,
        kind: "KafkaConnector",
        metadata: at({ name: "outbox", labels: { "strimzi.io/cluster": user } }),
        spec: pulumi
          .output(host)
          .apply((known) => kafkaConnector(outbox, this.spec.aggregates, known)),
      },
      this.child({ provider, dependsOn: connect }),
    );
  }

  #needed<Value>(what: string, field: string, value: Value | undefined): Value {
    if (value !== undefined) return value;
    throw new BlueprintError(
      "manifest-invalid",
      `event sourcing "${this.named()}": ${what} needs ${field}`,
    );
  }
}
