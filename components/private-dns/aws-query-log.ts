import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { AwsPrivateDnsPart } from "./aws-part.ts";

export interface AwsQueryLogArgs extends AwsPrivateDnsPart {
  readonly keyArn: pulumi.Input<string>;
}

/** Every name that is asked for in the VPC, with who asked and what was answered. */
export class AwsQueryLog extends BlueprintComponent {
  constructor(name: string, args: AwsQueryLogArgs, opts: pulumi.ComponentResourceOptions) {
    super("private-dns", "AwsQueryLog", name, args, {}, opts);
    const { ownership, network, spec, keyArn } = args;
    const group = new aws.cloudwatch.LogGroup(
      this.named(),
      {
        // AWS lets its own delivery write to all groups of this prefix by one statement; each other group takes one of few.
        name: `/aws/vendedlogs/route53resolver/${nameIn(ownership, "route53-resolver", "queries")}`,
        kmsKeyId: keyArn,
        retentionInDays: spec.retentionDays,
      },
      this.stateful(),
    );
    const config = new aws.route53.ResolverQueryLogConfig(
      this.named("config"),
      { name: nameIn(ownership, "route53-resolver", "queries"), destinationArn: group.arn },
      this.child(),
    );
    new aws.route53.ResolverQueryLogConfigAssociation(
      this.named("vpc"),
      { resolverQueryLogConfigId: config.id, resourceId: network.vpcId },
      this.child(),
    );
    this.registerOutputs({ logGroupName: group.name });
  }
}
