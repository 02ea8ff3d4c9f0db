/** Site-to-Site VPN connections of a Transit Gateway: two tunnels each, strong ciphers only, logged. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Tunnel } from "./links.ts";

/** The options of one tunnel, under the names of the first one without its number. */
type TunnelOptions = {
  [Key in keyof aws.ec2.VpnConnectionArgs as Key extends `tunnel1${infer Option}`
    ? Option
    : never]: aws.ec2.VpnConnectionArgs[Key];
};

/**
 * What both ends have to agree on: AES-256 in GCM with curves of 384 bits and SHA-384, as RFC 9206 asks for, or what is larger.
 * GCM guards integrity itself; what is said of integrity here is used to derive keys. Lifetimes are the longest that AWS takes,
 * which are shorter than Google's, so that AWS's end renews.
 */
function tunnelOptions(tunnel: Tunnel, logGroupArn: pulumi.Input<string>): TunnelOptions {
  return {
    InsideCidr: tunnel.inside,
    IkeVersions: ["ikev2"],
    Phase1EncryptionAlgorithms: ["AES256-GCM-16"],
    Phase1IntegrityAlgorithms: ["SHA2-384", "SHA2-512"],
    Phase1DhGroupNumbers: [20, 21],
    Phase1LifetimeSeconds: 28800,
    Phase2EncryptionAlgorithms: ["AES256-GCM-16"],
    Phase2IntegrityAlgorithms: ["SHA2-384", "SHA2-512"],
    Phase2DhGroupNumbers: [20, 21],
    Phase2LifetimeSeconds: 3600,
    DpdTimeoutAction: "restart",
    DpdTimeoutSeconds: 30,
    // The other end opens the tunnel: Google's always does, and a site's router knows when it is there.
    StartupAction: "add",
    LogOptions: {
      cloudwatchLogOptions: {
        logEnabled: true,
        logGroupArn,
        logOutputFormat: "json",
        bgpLogEnabled: true,
        bgpLogGroupArn: logGroupArn,
        bgpLogOutputFormat: "json",
      },
    },
  };
}

/** The arguments of both tunnels of a connection. */
export function connectionTunnels(
  tunnels: readonly [Tunnel, Tunnel],
  logGroupArn: pulumi.Input<string>,
): Partial<aws.ec2.VpnConnectionArgs> {
  return Object.fromEntries(
    tunnels.flatMap((tunnel, place) =>
      Object.entries(tunnelOptions(tunnel, logGroupArn)).map(([option, value]) => [
        `tunnel${place + 1}${option}`,
        value,
      ]),
    ),
  );
}

/** Tunnels by connection, two and two. */
export function inConnections(tunnels: readonly Tunnel[]): [Tunnel, Tunnel][] {
  return tunnels.flatMap((first, place): [Tunnel, Tunnel][] => {
    const second = tunnels[place + 1];
    return place % 2 === 0 && second !== undefined ? [[first, second]] : [];
  });
}

/** The number of a BGP speaker at the other end; AWS takes large ones under another name. */
export function customerAsn(
  asn: number,
): Pick<aws.ec2.CustomerGatewayArgs, "bgpAsn" | "bgpAsnExtended"> {
  return asn > largestPlainAsn ? { bgpAsnExtended: String(asn) } : { bgpAsn: String(asn) };
}

/** CreateCustomerGateway: `BgpAsn` ends here, `BgpAsnExtended` starts behind it. */
const largestPlainAsn = 2_147_483_647;
