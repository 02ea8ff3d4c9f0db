/** Site-to-Site VPN connections of a Transit Gateway: two tunnels each, strong ciphers only, logged. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Tunnel } from "./links.ts";

/** The options of one tunnel, without the prefix `tunnel1`. */
type TunnelOptions = {
  [Key in keyof aws.ec2.VpnConnectionArgs as Key extends `tunnel1${infer Option}`
    ? Option
    : never]: aws.ec2.VpnConnectionArgs[Key];
};

/**
 * The parameters of both ends: AES-256-GCM with 384-bit curves and SHA-384, as RFC 9206 requires, or stronger. GCM includes
 * integrity protection; the integrity algorithms here are used to derive keys. Lifetimes are AWS's maximum, which is shorter
 * than Google's, so that the AWS end renews.
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
    // The other end initiates the tunnel: Google's always does, and a site's router does when it is ready.
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

/** Tunnels in pairs, by connection. */
export function inConnections(tunnels: readonly Tunnel[]): [Tunnel, Tunnel][] {
  return tunnels.flatMap((first, place): [Tunnel, Tunnel][] => {
    const second = tunnels[place + 1];
    return place % 2 === 0 && second !== undefined ? [[first, second]] : [];
  });
}

/** The BGP ASN of the other end; AWS has another property for large numbers. */
export function customerAsn(
  asn: number,
): Pick<aws.ec2.CustomerGatewayArgs, "bgpAsn" | "bgpAsnExtended"> {
  return asn > largestPlainAsn ? { bgpAsnExtended: String(asn) } : { bgpAsn: String(asn) };
}

/** CreateCustomerGateway: the maximum of `BgpAsn`; larger numbers use `BgpAsnExtended`. */
const largestPlainAsn = 2_147_483_647;
