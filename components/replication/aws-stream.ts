import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { Duration } from "../core/units.ts";
import { AwsReplicator, type StreamEnd } from "./aws-replicator.ts";
import type { Copied } from "./aws-replicator-policy.ts";
import { streamNames } from "./names.ts";

export interface AwsStreamCopyArgs extends ComponentArgs {
  readonly account: string;
  /** The brokers of the source cell. */
  readonly here: StreamEnd;
  /** The brokers of the target cell, which takes over in a failover. */
  readonly there: StreamEnd;
  readonly copied: Copied;
  readonly rpo: Duration;
}

/**
 * Replicates the stream of a cell to another region, with one replicator in each direction. The one back is idle until a failover.
 * It then replicates the records written in the target cell, so that no configuration has to change. MSK Replicator marks replicated
 * records, and does not replicate them twice.
 *
 * The brokers of both cells must be `replicated`.
 *
 * @example
 * new AwsStreamCopy("stream-copy", { account, here, there, copied: { topics: ["orders.events"], groups: [] }, rpo, ownership });
 */
export class AwsStreamCopy extends BlueprintComponent {
  constructor(name: string, args: AwsStreamCopyArgs, opts?: pulumi.ComponentResourceOptions) {
    const { here, there, ownership, account, copied, rpo } = args;
    super("replication", "AwsStreamCopy", name, args, { ...copied, rpo }, opts);
    const names = streamNames(ownership);
    const shared = { ownership, retain: this.retain, account, copied, rpo };
    new AwsReplicator(
      this.named("out"),
      { ...shared, replicatorName: names.replicator, source: here, target: there },
      this.child(),
    );
    new AwsReplicator(
      this.named("back"),
      { ...shared, replicatorName: names.returning, source: there, target: here },
      this.child(),
    );
    this.registerOutputs({});
  }
}
