import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

/** What every stream gives, whoever runs its brokers. */
export interface StreamContract {
  readonly cloud: Cloud;
  /** Where clients connect first, with TLS: `host:port`, or several with commas between them. */
  readonly bootstrapServers: pulumi.Output<string>;
  /** The name of each topic, known once it stands. */
  readonly topicNames: Readonly<Record<string, pulumi.Output<string>>>;
  /** Brokers there will be. */
  readonly brokers: number;
}
