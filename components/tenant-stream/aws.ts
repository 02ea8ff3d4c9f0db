import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { Statement } from "../core/iam.ts";
import { parseSpec } from "../core/spec.ts";
import { clientStatements } from "../stream/aws-access.ts";
import { topicConfig } from "../stream/topics.ts";
import type { TenantStream } from "./contract.ts";
import { groupsOf, ownNames } from "./names.ts";
import { type AwsTenantStreamSpec, awsTenantStreamSpec } from "./schema.ts";

export interface AwsTenantStreamArgs extends ComponentArgs {
  /** What the tier and the tenant say about its stream; see schema.ts. */
  readonly spec: z.input<typeof awsTenantStreamSpec>;
  /** The stream of the cell, or of the tenant's own. */
  readonly stream: {
    /** `arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>` */
    readonly clusterArn: pulumi.Input<string>;
    readonly bootstrapServers: pulumi.Input<string>;
  };
}

/**
 * The topics of a tenant on an MSK cluster. The roles of its services have access with `statementsFor`.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsTenantStream extends BlueprintComponent implements TenantStream {
  readonly spec: AwsTenantStreamSpec;
  readonly bootstrapServers: pulumi.Output<string>;
  readonly topicNames: TenantStream["topicNames"];
  readonly groups: TenantStream["groups"];
  readonly clusterArn: pulumi.Output<string>;

  constructor(name: string, args: AwsTenantStreamArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsTenantStreamSpec, args.spec, name);
    super("tenant-stream", "AwsTenantStream", name, args, { spec }, opts);
    this.spec = spec;
    this.clusterArn = pulumi.output(args.stream.clusterArn);
    this.bootstrapServers = pulumi.output(args.stream.bootstrapServers);
    this.topicNames = ownNames(spec, (topicName, topic) => {
      const made = new aws.msk.Topic(
        this.named(`topic-${topicName}`),
        {
          clusterArn: this.clusterArn,
          name: topicName,
          partitionCount: topic.partitions,
          replicationFactor: topic.replicationFactor,
          configs: JSON.stringify(topicConfig(topic)),
        },
        this.stateful(),
      );
      return made.name;
    });
    this.groups = groupsOf(spec);
    this.registerOutputs({ topicNames: this.topicNames });
  }

  /** What a service may do as the clients that it is: `web/storefront`. */
  statementsFor(service: string): Statement[] {
    const { clients, services } = this.spec;
    return Object.entries(clients).flatMap(([key, client]) =>
      services[key]?.includes(service) ? clientStatements(key, client, this.clusterArn) : [],
    );
  }
}
