import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { found, refuseUnsuitable } from "../core/existing.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { type HostedZoneFacts, hostedZoneProblems } from "./aws-existing.ts";
import type { AwsPrivateDnsNetwork, AwsPrivateDnsPart } from "./aws-part.ts";
import { AwsQueryLog } from "./aws-query-log.ts";
import { AwsResolvers } from "./aws-resolvers.ts";
import type { PrivateDnsContract } from "./contract.ts";
import { type AwsPrivateDnsInput, awsPrivateDnsSpec } from "./schema.ts";

export interface AwsPrivateDnsArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsPrivateDnsInput;
  readonly network: AwsPrivateDnsNetwork;
  /** Encrypts the query log. The key policy must allow CloudWatch Logs. */
  readonly logsKeyArn: pulumi.Input<string>;
  /** The profile of the account and region. Required if `spec` uses one. */
  readonly profileId?: pulumi.Input<string> | undefined;
  /** What AWS says of an existing zone: the result of `lookUpHostedZone()`. */
  readonly facts?: HostedZoneFacts | undefined;
}

type ZoneReference = Pick<aws.route53.Zone, "id" | "arn">;

const notAsked: HostedZoneFacts = {
  zone: { failure: "it was not asked for" },
  associated: undefined,
};

/** Time to live of records, in seconds. */
const ttl = 300;

/**
 * Private DNS of a cell on AWS: a private hosted zone for its VPC, resolver endpoints for queries from and to other cells, and a log
 * of all queries. If several cells share an account and a region, a profile shares zones and rules with all of them.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec; `existing-unsuitable` with every failed check.
 */
export class AwsPrivateDns extends BlueprintComponent implements PrivateDnsContract {
  readonly cloud = "aws";
  readonly zone: string;
  readonly zoneId: pulumi.Output<string>;

  constructor(name: string, args: AwsPrivateDnsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsPrivateDnsSpec, args.spec, name);
    const { existing } = spec;
    const facts = args.facts ?? notAsked;
    if (existing !== undefined) {
      const problems = hostedZoneProblems({ existing, zone: spec.zone }, facts);
      refuseUnsuitable(`the hosted zone of ${spec.zone}`, problems);
    }
    super("private-dns", "AwsPrivateDns", name, args, { spec }, opts);
    const { ownership, network } = args;
    const profileId = spec.profile ? args.profileId : undefined;
    const shared = { ownership, retain: this.retain, spec, network };
    this.zone = spec.zone;

    const zone =
      existing === undefined ? this.#zone(shared) : this.#existing(shared, existing, facts);
    this.#record(shared, zone.id);
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
        // Controllers of the cluster can add records. Deleting an ephemeral environment deletes them too.
        forceDestroy: !this.retain,
      },
      this.stateful(),
    );
    return zone;
  }

  /** Nothing of it is Atoll's but the association with a VPC that Atoll created. */
  #existing(
    { spec, network }: AwsPrivateDnsPart,
    zoneId: string,
    facts: HostedZoneFacts,
  ): ZoneReference {
    if (facts.associated === undefined) {
      new aws.route53.ZoneAssociation(
        this.named("association"),
        { zoneId, vpcId: network.vpcId, vpcRegion: spec.region },
        this.child(),
      );
    }
    return { id: pulumi.output(zoneId), arn: pulumi.output(found(facts.zone).arn) };
  }

  #record({ spec }: AwsPrivateDnsPart, zoneId: pulumi.Output<string>): void {
    new aws.route53.Record(
      this.named("cell"),
      { zoneId, name: `cell.${spec.zone}`, type: "TXT", ttl, records: [spec.zone] },
      this.child(),
    );
  }

  /** A VPC has at most one profile. Its direct associations take precedence. */
  #share(
    { ownership, network }: AwsPrivateDnsArgs,
    zone: ZoneReference,
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
