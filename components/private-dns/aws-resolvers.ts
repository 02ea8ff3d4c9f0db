import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { AwsPrivateDnsPart } from "./aws-part.ts";
import { resolverBlocks } from "./resolver-problems.ts";
import type { AwsPrivateDnsSpec } from "./schema.ts";

export interface AwsResolversArgs extends AwsPrivateDnsPart {
  readonly resolvers: NonNullable<AwsPrivateDnsSpec["resolvers"]>;
  readonly profileId?: pulumi.Input<string>;
}

type Direction = "inbound" | "outbound";

const protocols = ["udp", "tcp"] as const;

/**
 * Resolver endpoints for queries from and to other cells, at planned addresses. Security groups allow the resolvers of other cells
 * only.
 */
export class AwsResolvers extends BlueprintComponent {
  constructor(name: string, args: AwsResolversArgs, opts: pulumi.ComponentResourceOptions) {
    super("private-dns", "AwsResolvers", name, args, {}, opts);
    const reserved = this.#reserve(args);
    this.#endpoint(args, "inbound", reserved);
    const outbound = this.#endpoint(args, "outbound", reserved);
    for (const cell of Object.keys(args.resolvers.forwards)) this.#rule(args, outbound, cell);
    this.registerOutputs({ endpointId: outbound.id });
  }

  /** Reserved so that nodes and pods never get these addresses. */
  #reserve({ resolvers, network }: AwsResolversArgs): pulumi.Resource[] {
    return resolvers.zones.map(
      ({ zone, reserved }, index) =>
        new aws.ec2.SubnetCidrReservation(
          this.named(`reserved-${zone}`),
          {
            subnetId: subnetAt(network, index),
            cidrBlock: reserved,
            reservationType: "explicit",
            description: "Resolver endpoints at planned addresses",
          },
          this.child(),
        ),
    );
  }

  #endpoint(
    args: AwsResolversArgs,
    direction: Direction,
    reserved: pulumi.Resource[],
  ): aws.route53.ResolverEndpoint {
    const { ownership, network, resolvers } = args;
    const group = this.#group(args, direction);
    return new aws.route53.ResolverEndpoint(
      this.named(direction),
      {
        name: nameIn(ownership, "route53-resolver", direction),
        direction: direction === "inbound" ? "INBOUND" : "OUTBOUND",
        resolverEndpointType: "IPV4",
        protocols: ["Do53"],
        securityGroupIds: [group.id],
        ipAddresses: resolvers.zones.map((zone, index) => ({
          subnetId: subnetAt(network, index),
          ip: zone[direction],
        })),
      },
      this.child({ dependsOn: reserved }),
    );
  }

  #group(args: AwsResolversArgs, direction: Direction): aws.ec2.SecurityGroup {
    const { ownership, network, resolvers } = args;
    const name = `dns-${direction}`;
    const group = new aws.ec2.SecurityGroup(
      this.named(`${direction}-group`),
      {
        name: nameIn(ownership, "security-group", name),
        description: `Resolver endpoints: ${direction} queries of other cells and for them`,
        vpcId: network.vpcId,
        tags: { Name: nameIn(ownership, "aws-name-tag", name) },
      },
      this.child(),
    );
    for (const cidrIpv4 of resolverBlocks(resolvers)[direction]) {
      for (const ipProtocol of protocols) {
        // Named after the block: with another name the rule would be recreated before the old one is deleted, which AWS refuses.
        const key = this.named(`${direction}-${cidrIpv4.replaceAll(/[./]/g, "-")}-${ipProtocol}`);
        const rule = {
          securityGroupId: group.id,
          description: `Private names, ${direction}`,
          ipProtocol,
          fromPort: 53,
          toPort: 53,
          cidrIpv4,
        };
        if (direction === "inbound") {
          new aws.vpc.SecurityGroupIngressRule(key, rule, this.child());
        } else new aws.vpc.SecurityGroupEgressRule(key, rule, this.child());
      }
    }
    return group;
  }

  #rule(
    { ownership, network, resolvers, profileId }: AwsResolversArgs,
    outbound: aws.route53.ResolverEndpoint,
    cell: string,
  ): void {
    const forward = resolvers.forwards[cell];
    if (forward === undefined) return;
    const name = nameIn(ownership, "route53-resolver", "to", cell);
    const rule = new aws.route53.ResolverRule(
      this.named(`to-${cell}`),
      {
        name,
        domainName: forward.zone,
        ruleType: "FORWARD",
        resolverEndpointId: outbound.id,
        targetIps: forward.targets.map((ip) => ({ ip, port: 53 })),
      },
      this.child(),
    );
    if (profileId === undefined) {
      new aws.route53.ResolverRuleAssociation(
        this.named(`to-${cell}-vpc`),
        { name, resolverRuleId: rule.id, vpcId: network.vpcId },
        this.child(),
      );
    } else {
      new aws.route53.ProfilesResourceAssociation(
        this.named(`to-${cell}-profile`),
        { name, profileId, resourceArn: rule.arn },
        this.child(),
      );
    }
  }
}

function subnetAt({ privateSubnetIds }: AwsResolversArgs["network"], index: number) {
  const subnet = privateSubnetIds[index];
  if (subnet === undefined) throw new RangeError(`the network has no zone number ${index}`);
  return subnet;
}
