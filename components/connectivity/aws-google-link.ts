import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { AwsTransitHub } from "./aws-hub.ts";
import { associateTables, type VpnAttachment } from "./aws-tables.ts";
import { connectionTunnels, customerAsn, inConnections } from "./aws-tunnels.ts";
import type { GoogleRoutingHub } from "./google-hub.ts";
import { type GoogleTunnel, GoogleTunnels } from "./google-tunnels.ts";
import type { VpnLink } from "./links.ts";
import type { Announced, TransitTable } from "./routes.ts";

export interface AwsGoogleLinkArgs extends ComponentArgs {
  readonly link: VpnLink;
  readonly announced: Announced;
  readonly aws: AwsTransitHub;
  readonly google: GoogleRoutingHub;
  /** The planned route tables of AWS's hub. */
  readonly tables: readonly TransitTable[];
}

/**
 * Connects a Transit Gateway and Google's hub with four tunnels: two VPN connections, one to each interface of Google's
 * gateway, with two AWS endpoints each. AWS generates the pre-shared keys, which are passed to Google as secrets.
 */
export class AwsGoogleLink extends BlueprintComponent {
  constructor(name: string, args: AwsGoogleLinkArgs, opts: pulumi.ComponentResourceOptions) {
    super("connectivity", "AwsGoogleLink", name, args, { link: args.link.key }, opts);
    const { link, announced, google } = args;
    const connections = inConnections(link.tunnels).map((tunnels, face) => {
      const connection = this.#connection(args, tunnels, face);
      return { tunnels, face, connection };
    });
    associateTables(
      args.tables,
      args.aws.tables,
      link.key,
      connections.map(
        ({ connection, face }): VpnAttachment => ({
          key: this.named(`connection-${face}`),
          id: connection.transitGatewayAttachmentId,
        }),
      ),
      this.child(),
    );

    new GoogleTunnels(
      this.named("google"),
      {
        ownership: args.ownership,
        retain: this.retain,
        hub: google,
        link: link.key,
        peerAsn: args.aws.hub.asn,
        peerAddresses: connections.flatMap(({ connection }) => [
          connection.tunnel1Address,
          connection.tunnel2Address,
        ]),
        tunnels: connections.flatMap(({ tunnels, face, connection }) =>
          tunnels.map(
            (tunnel, place): GoogleTunnel => ({
              number: tunnel.number,
              interface: face,
              peerInterface: tunnel.number - 1,
              address: tunnel.peerAddress,
              peerAddress: tunnel.hubAddress,
              sharedSecret:
                place === 0 ? connection.tunnel1PresharedKey : connection.tunnel2PresharedKey,
            }),
          ),
        ),
        announced: announced.byPeer,
        accepted: announced.byHub,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }

  /** From the Transit Gateway to one interface of Google's gateway. */
  #connection(
    { aws: hub, google, ownership, link }: AwsGoogleLinkArgs,
    tunnels: Parameters<typeof connectionTunnels>[0],
    face: number,
  ): aws.ec2.VpnConnection {
    const key = `connection-${face}`;
    const tags = { Name: nameIn(ownership, "aws-name-tag", link.key, String(face)) };
    const customer = new aws.ec2.CustomerGateway(
      this.named(`customer-${face}`),
      {
        type: "ipsec.1",
        ...customerAsn(google.hub.asn),
        ipAddress: google.gateway.vpnInterfaces.apply((faces) => faces[face]?.ipAddress ?? ""),
        tags,
      },
      this.child(),
    );
    return new aws.ec2.VpnConnection(
      this.named(key),
      {
        type: "ipsec.1",
        customerGatewayId: customer.id,
        transitGatewayId: hub.transitGatewayId,
        staticRoutesOnly: false,
        ...connectionTunnels(tunnels, hub.tunnelLogGroupArn),
        tags,
      },
      this.child(),
    );
  }
}
