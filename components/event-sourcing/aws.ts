import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { BlueprintError } from "../core/errors.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import {
  AwsOutboxConnector,
  type AwsOutboxDatabase,
  type AwsOutboxNetwork,
  type AwsOutboxStream,
} from "./aws-outbox.ts";
import { type AwsEventSourcingSpec, awsEventSourcingSpec } from "./aws-schema.ts";
import type { EventSourcingContract } from "./contract.ts";
import { requiredTopics } from "./required-topics.ts";

export interface AwsEventSourcingArgs extends ComponentArgs {
  /** `eventSourcing` of the cell's manifest with cloud, account, region, and the environment's frameworks. */
  readonly spec: z.input<typeof awsEventSourcingSpec>;
  /** A stream with the topics of `aggregateTopics(spec)`. */
  readonly stream: AwsOutboxStream;
  /** Required together with `spec.outbox`. @default none */
  readonly network?: AwsOutboxNetwork;
  readonly database?: AwsOutboxDatabase;
  /** Key of the connector's log group; its policy must allow CloudWatch Logs to use it. */
  readonly logsKeyArn?: pulumi.Input<string>;
}

/**
 * Event sourcing on AWS, beside the topics: a Glue registry with the schemas of events, and Debezium on MSK Connect between an
 * outbox and the stream.
 *
 * @example
 * new AwsEventSourcing("events", { spec, ownership, stream });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec, or when an argument for the outbox is missing.
 */
export class AwsEventSourcing extends BlueprintComponent implements EventSourcingContract {
  readonly cloud = "aws";
  readonly spec: AwsEventSourcingSpec;
  readonly registryUrl: undefined;
  readonly registryArn: pulumi.Output<string>;
  /** ARN of the schema of each aggregate with a schema. */
  readonly schemaArns: Readonly<Record<string, pulumi.Output<string>>>;
  readonly connector: AwsOutboxConnector | undefined;

  constructor(name: string, args: AwsEventSourcingArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsEventSourcingSpec, args.spec, `event sourcing "${name}"`);
    super("event-sourcing", "AwsEventSourcing", name, args, { spec }, opts);
    this.spec = spec;
    const registry = new aws.glue.Registry(
      this.named("registry"),
      {
        registryName: nameIn(args.ownership, "glue-registry", "events"),
        description: "What events look like",
      },
      this.stateful(),
    );
    this.registryArn = registry.arn;
    this.schemaArns = this.#schemas(registry);
    this.connector = this.#outbox(args);
    this.registerOutputs({ registryArn: this.registryArn, schemaArns: this.schemaArns });
  }

  #schemas(registry: aws.glue.Registry): Record<string, pulumi.Output<string>> {
    const { aggregates, registry: settings } = this.spec;
    return Object.fromEntries(
      Object.entries(aggregates).flatMap(([name, { schema }]) => {
        if (schema === undefined) return [];
        const made = new aws.glue.Schema(
          this.named(`schema-${name}`),
          {
            registryArn: registry.arn,
            schemaName: `${name}.events`,
            dataFormat: schema.format,
            compatibility: settings.compatibility,
            schemaDefinition: schema.definition,
          },
          this.stateful(),
        );
        return [[name, made.arn]];
      }),
    );
  }

  #outbox(args: AwsEventSourcingArgs): AwsOutboxConnector | undefined {
    const { outbox } = this.spec;
    if (outbox === undefined) return undefined;
    const { network, database, logsKeyArn, ownership, stream } = args;
    const where = `event sourcing "${this.named()}"`;
    if (!network || !database || logsKeyArn === undefined) {
      throw new BlueprintError(
        "manifest-invalid",
        `${where}: an outbox needs network, database and logsKeyArn`,
      );
    }
    return new AwsOutboxConnector(
      this.named("outbox"),
      {
        ownership,
        retain: this.retain,
        spec: this.spec,
        outbox,
        stream,
        network,
        database,
        logsKeyArn,
        topics: requiredTopics(where, this.spec.aggregates, stream.topicNames),
      },
      { parent: this },
    );
  }
}
