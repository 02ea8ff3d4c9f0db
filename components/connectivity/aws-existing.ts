/** An existing Transit Gateway: lookups and checks. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../core/errors.ts";
import { type LookedUp, lookedUp, problemsOfLookup } from "../core/existing.ts";
import type { AwsHub, SharedGateway } from "./hubs.ts";

export interface TransitGatewayFacts {
  readonly asn: number;
  readonly ownerId: string;
  readonly defaultAssociation: string;
  readonly defaultPropagation: string;
  readonly vpnEcmp: string;
  /** Whether its owner accepts attachments of other accounts automatically. */
  readonly autoAccept: string;
}

/** An existing Transit Gateway and what AWS says of it. */
export interface ExistingTransitGateway {
  readonly id: string;
  readonly facts: LookedUp<TransitGatewayFacts>;
}

export async function lookUpTransitGateway(
  id: string,
  options: pulumi.InvokeOptions,
): Promise<ExistingTransitGateway> {
  const filters = [{ name: "state", values: ["available"] }];
  const asked = aws.ec2transitgateway.getTransitGateway({ id, filters }, options);
  const facts = await lookedUp(asked, (seen) => ({
    asn: seen.amazonSideAsn,
    ownerId: seen.ownerId,
    defaultAssociation: seen.defaultRouteTableAssociation,
    defaultPropagation: seen.defaultRouteTablePropagation,
    vpnEcmp: seen.vpnEcmpSupport,
    autoAccept: seen.autoAcceptSharedAttachments,
  }));
  return { id, facts };
}

/** Whether the route tables of Atoll alone decide what the attachments of Atoll reach. */
export function transitGatewayProblems(
  { key, asn, account, shared }: AwsHub,
  { facts }: ExistingTransitGateway,
): readonly Problem[] {
  const path = `connectivity.existing.transitGateways.${key}`;
  // Its owner decides the rest.
  if (shared) return sharedProblems(path, key, shared, facts);
  return problemsOfLookup(path, "an available Transit Gateway", facts, (seen) => {
    const must: [boolean, string, unknown][] = [
      [
        seen.ownerId === account,
        `must be owned by ${account}: route tables can be created by the owner only. If another account shares it, set connectivity.existing.transitGatewayOwners.${key}`,
        seen.ownerId,
      ],
      [
        seen.asn === asn,
        `must have the ASN ${asn}, or connectivity.asns.${key} must be the ASN that it has`,
        seen.asn,
      ],
      [
        seen.defaultAssociation === "disable",
        "must have default route table association disabled: attachments are associated with tables of Atoll",
        seen.defaultAssociation,
      ],
      [
        seen.defaultPropagation === "disable",
        "must have default route table propagation disabled: other attachments would learn of the cells",
        seen.defaultPropagation,
      ],
      [
        seen.vpnEcmp === "enable",
        "must have VPN ECMP support: all tunnels of a link carry traffic",
        seen.vpnEcmp,
      ],
    ];
    return must.flatMap(([held, message, got]) => (held ? [] : [{ path, message, got }]));
  });
}

function sharedProblems(
  path: string,
  key: string,
  { owner }: SharedGateway,
  facts: ExistingTransitGateway["facts"],
): readonly Problem[] {
  const what = `an available Transit Gateway that ${owner} shares with the account`;
  return problemsOfLookup(path, what, facts, ({ ownerId }) =>
    ownerId === owner
      ? []
      : [
          {
            path: `connectivity.existing.transitGatewayOwners.${key}`,
            message: "must be the account that owns it",
            got: owner,
          },
        ],
  );
}
