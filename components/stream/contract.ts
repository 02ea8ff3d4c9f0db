import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

/** The common interface of the stream on every cloud. */
export interface StreamContract {
  readonly cloud: Cloud;
  /** Bootstrap servers with TLS: `host:port`, comma-separated. */
  readonly bootstrapServers: pulumi.Output<string>;
  /** The name of each topic, known when it exists. */
  readonly topicNames: Readonly<Record<string, pulumi.Output<string>>>;
  /** The number of brokers. */
  readonly brokers: number;
}
