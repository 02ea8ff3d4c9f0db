import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import type { AwsPrivateDnsNetwork, AwsPrivateDnsPart } from "./aws-part.ts";
import { AwsQueryLog } from "./aws-query-log.ts";
import { AwsResolvers } from "./aws-resolvers.ts";
import type { PrivateDnsContract } from "./contract.ts";
import { type AwsPrivateDnsInput, awsPrivateDnsSpec } from "./schema.ts";

export interface AwsPrivateDnsArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsPrivateDnsInput;
  readonly network: AwsPrivateDnsNetwork;
  /** Encrypts the log of queries; its policy has to let CloudWatch Logs use it. */
  readonly logsKeyArn: pulumi.Input<string>;
  /** The profile of the account and region; where the spec says that there is one. */
  readonly profileId?: pulumi.Input<string> | undefined;
}

/** Seconds that resolvers keep an answer. */
const ttl = 300;

/**
 * The private names of a cell on AWS: a hosted zone that its VPC resolves, resolver endpoints by which other cells ask and are
 * asked, a log of all queries. Where several cells share an account and a region, a profile carries zones and rules to all.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsPrivateDns extends BlueprintComponent implements PrivateDnsContract {
  readonly cloud = "aws";
  readonly zone: string;
  readonly zoneId: pulumi.Output<string>;

  constructor(name: string, args: AwsPrivateDnsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsPrivateDnsSpec, args.spec, name);
    super("private-dns", "AwsPrivateDns", name, args, { spec }, opts);
    const { ownership, network } = args;
    const profileId = spec.profile ? args.profileId : undefined;
    const shared = { ownership, retain: this.retain, spec, network };
    this.zone = spec.zone;

    const zone = this.#zone(shared);
    this.zoneId = zone.id;
    const { logsKeyArn: keyArn } = args;
    new AwsQueryLog(this.named("queries"), { ...shared, keyArn }, { parent: this });
    if (profileId !== undefined) this.#share(args, zone, profileId);
    if (spec.resolvers) {
      new AwsResolvers(
        this.named("resolvers"),
        { ...shared, resolvers: spec.resolvers, ...(profileId === undefined ? {} : { profileId }) },
        { parent: this },
      );
    }
    this.registerOutputs({ zone: this.zone, zoneId: this.zoneId });
  }

  #zone({ spec, network }: AwsPrivateDnsPart): aws.route53.Zone {
    const zone = new aws.route53.Zone(
      this.named(),
      {
        name: spec.zone,
        comment: "Private names of the cell",
        vpcs: [{ vpcId: network.vpcId, vpcRegion: spec.region }],
        // Others add records, controllers of the cluster for example: an environment that may go takes them along.
        forceDestroy: !this.retain,
      },
      this.stateful(),
    );
    new aws.route53.Record(
      this.named("cell"),
      { zoneId: zone.id, name: `cell.${spec.zone}`, type: "TXT", ttl, records: [spec.zone] },
      this.child(),
    );
    return zone;
  }

  /** A VPC has one profile at most; what it is associated with itself goes before it. */
  #share(
    { ownership, network }: AwsPrivateDnsArgs,
    zone: aws.route53.Zone,
    profileId: pulumi.Input<string>,
  ): void {
    new aws.route53.ProfilesAssociation(
      this.named("profile"),
      {
        name: nameIn(ownership, "route53-resolver", "vpc"),
        profileId,
        resourceId: network.vpcId,
      },
      this.child(),
    );
    new aws.route53.ProfilesResourceAssociation(
      this.named("profile-zone"),
      {
        name: nameIn(ownership, "route53-resolver", "zone"),
        profileId,
        resourceArn: zone.arn,
      },
      this.child(),
    );
  }
}
