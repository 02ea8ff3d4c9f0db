import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { AwsPrivateDnsPart } from "./aws-part.ts";

export interface AwsQueryLogArgs extends AwsPrivateDnsPart {
  readonly keyArn: pulumi.Input<string>;
}

/** The log of all DNS queries in the VPC, with source and answer. */
export class AwsQueryLog extends BlueprintComponent {
  constructor(name: string, args: AwsQueryLogArgs, opts: pulumi.ComponentResourceOptions) {
    super("private-dns", "AwsQueryLog", name, args, {}, opts);
    const { ownership, network, spec, keyArn } = args;
    const group = new aws.cloudwatch.LogGroup(
      this.named(),
      {
        // One resource policy statement of AWS covers all log groups with this prefix. Other names need one of a limited number.
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
