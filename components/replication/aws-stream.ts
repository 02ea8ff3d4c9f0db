import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { Duration } from "../core/units.ts";
import { AwsReplicator, type StreamEnd } from "./aws-replicator.ts";
import type { Copied } from "./aws-replicator-policy.ts";
import { streamNames } from "./names.ts";

export interface AwsStreamCopyArgs extends ComponentArgs {
  readonly account: string;
  /** The brokers of the cell that copies. */
  readonly here: StreamEnd;
  /** The brokers of the cell that takes over when it is lost. */
  readonly there: StreamEnd;
  readonly copied: Copied;
  readonly rpo: Duration;
}

/**
 * The stream of a cell, followed in another region: a replicator there, and one back. In normal times the one back has nothing to
 * do. After a failover it brings home what was written in the other cell, so that nothing has to be turned round: MSK Replicator
 * marks what it copies, and copies nothing twice.
 *
 * The brokers of both cells have to be `replicated`.
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
