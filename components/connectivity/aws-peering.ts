import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { type AwsTransitHub, key } from "./aws-hub.ts";
import type { PeeringLink } from "./links.ts";
import type { TransitTable } from "./routes.ts";

/** One of two peered Transit Gateways, with the provider of its account and region. */
export interface PeeredHub {
  readonly hub: AwsTransitHub;
  readonly provider: pulumi.ProviderResource;
}

export interface AwsPeeringArgs extends ComponentArgs {
  readonly link: PeeringLink;
  readonly asks: PeeredHub;
  readonly accepts: PeeredHub;
  /** The planned route tables of all hubs. */
  readonly tables: readonly TransitTable[];
}

/**
 * Peers two Transit Gateways of two regions or two accounts over AWS's network. Peered gateways exchange no routes: every block
 * behind the other one needs a static route.
 */
export class AwsPeering extends BlueprintComponent {
  constructor(name: string, args: AwsPeeringArgs, opts: pulumi.ComponentResourceOptions) {
    super("connectivity", "AwsPeering", name, args, { link: args.link.key }, opts);
    const { asks, accepts, link, ownership } = args;
    const tags = { Name: nameIn(ownership, "aws-name-tag", link.key) };
    const attachment = new aws.ec2transitgateway.PeeringAttachment(
      this.named(),
      {
        transitGatewayId: asks.hub.transitGatewayId,
        peerTransitGatewayId: accepts.hub.transitGatewayId,
        peerAccountId: accepts.hub.hub.account,
        peerRegion: accepts.hub.hub.region,
        tags,
      },
      this.child({ provider: asks.provider }),
    );
    const accepter = new aws.ec2transitgateway.PeeringAttachmentAccepter(
      this.named("accepter"),
      { transitGatewayAttachmentId: attachment.id, tags },
      this.child({ provider: accepts.provider }),
    );
    for (const [side, end] of Object.entries({ asks, accepts })) {
      this.#routes(args, side, end, attachment.id, accepter);
    }
    this.registerOutputs({});
  }

  /** Neither end can use the attachment before it is accepted. */
  #routes(
    { tables, link }: AwsPeeringArgs,
    side: string,
    { hub, provider }: PeeredHub,
    attachmentId: pulumi.Output<string>,
    accepter: pulumi.Resource,
  ): void {
    const opts = this.child({ provider, dependsOn: accepter });
    const own = hub.tables.links[link.key];
    if (own) {
      new aws.ec2transitgateway.RouteTableAssociation(
        this.named(`${side}-table`),
        { transitGatewayAttachmentId: attachmentId, transitGatewayRouteTableId: own },
        opts,
      );
    }
    for (const { hub: at, of, statics } of tables) {
      const table = at === hub.hub.key && "cell" in of ? hub.tables.cells[of.cell] : undefined;
      if (table === undefined || !("cell" in of)) continue;
      for (const { cidr } of statics.filter((route) => route.link === link.key)) {
        new aws.ec2transitgateway.Route(
          this.named(`${of.cell}-to-${key(cidr)}`),
          {
            transitGatewayRouteTableId: table,
            transitGatewayAttachmentId: attachmentId,
            destinationCidrBlock: cidr,
          },
          opts,
        );
      }
    }
  }
}
