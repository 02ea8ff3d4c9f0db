import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { BlueprintError } from "../core/errors.ts";
import { parseSpec } from "../core/spec.ts";
import { ApicurioRegistry, type RegistryDatabase } from "./apicurio.ts";
import type { EventSourcingContract } from "./contract.ts";
import { GcpOutboxConnector, type GcpOutboxDatabase, type GcpOutboxStream } from "./gcp-outbox.ts";
import { type GcpEventSourcingSpec, gcpEventSourcingSpec } from "./gcp-schema.ts";
import { requiredTopics } from "./required-topics.ts";

export interface GcpEventSourcingArgs extends ComponentArgs {
  /** `eventSourcing` of the cell's manifest with cloud, project, projectNumber, region, and the environment's frameworks. */
  readonly spec: z.input<typeof gcpEventSourcingSpec>;
  /** A stream with the topics of `aggregateTopics(spec)`. */
  readonly stream: GcpOutboxStream;
  /** Required with an outbox. @default none */
  readonly network?: {
    /** `projects/<project>/regions/<region>/subnetworks/<subnetwork>`: a /22 or larger. */
    readonly subnetworkId: pulumi.Input<string>;
  };
  readonly database?: GcpOutboxDatabase;
  /** Required with a registry. @default none */
  readonly cluster?: { readonly provider: kubernetes.Provider };
  readonly registryDatabase?: RegistryDatabase;
}

/**
 * Event sourcing on GCP, beside the topics: Apicurio in the cell's cluster for schemas, because Google's SDK has no schema
 * registry, and Google's Debezium on Managed Kafka Connect between an outbox and the stream.
 *
 * @example
 * new GcpEventSourcing("events", { spec, ownership, stream });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec, or when an argument for the outbox or the registry
 * is missing.
 */
export class GcpEventSourcing extends BlueprintComponent implements EventSourcingContract {
  readonly cloud = "gcp";
  readonly spec: GcpEventSourcingSpec;
  readonly registryUrl: pulumi.Output<string> | undefined;
  readonly connector: GcpOutboxConnector | undefined;

  constructor(name: string, args: GcpEventSourcingArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpEventSourcingSpec, args.spec, `event sourcing "${name}"`);
    super("event-sourcing", "GcpEventSourcing", name, args, { spec }, opts);
    this.spec = spec;
    this.registryUrl = this.#registry(args)?.url;
    this.connector = this.#outbox(args);
    this.registerOutputs({ registryUrl: this.registryUrl });
  }

  #registry({ ownership, cluster, registryDatabase }: GcpEventSourcingArgs) {
    const { registry } = this.spec;
    if (registry === undefined) return undefined;
    if (cluster === undefined || registryDatabase === undefined) {
      throw this.#missing("a registry needs cluster and registryDatabase");
    }
    return new ApicurioRegistry(
      this.named("registry"),
      {
        ownership,
        retain: this.retain,
        settings: registry,
        database: registryDatabase,
        provider: cluster.provider,
      },
      { parent: this },
    );
  }

  #outbox({ ownership, stream, network, database }: GcpEventSourcingArgs) {
    const { outbox } = this.spec;
    if (outbox === undefined) return undefined;
    if (network === undefined || database === undefined) {
      throw this.#missing("an outbox needs network and database");
    }
    return new GcpOutboxConnector(
      this.named("outbox"),
      {
        ownership,
        retain: this.retain,
        spec: this.spec,
        outbox,
        stream,
        subnetworkId: network.subnetworkId,
        database,
        topics: requiredTopics(
          `event sourcing "${this.named()}"`,
          this.spec.aggregates,
          stream.topicNames,
        ),
      },
      { parent: this },
    );
  }

  #missing(what: string): BlueprintError {
    return new BlueprintError("manifest-invalid", `event sourcing "${this.named()}": ${what}`);
  }
}
