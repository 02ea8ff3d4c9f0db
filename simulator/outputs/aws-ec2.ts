/** Ids of EC2's resources: a prefix and seventeen hexadecimal digits; and the ARNs that carry them. */
import { crc32 } from "node:zlib";
import { destinationOf } from "../invariants/routes.ts";
import { fill, hex, kebab, type Making, type Rule, type TypeRules, valueAt } from "./making.ts";

/** Noun to prefix; the ARN's resource is the noun in kebab case unless it is given. */
const prefixes: Readonly<Record<string, readonly [prefix: string, arnResource?: string]>> = {
  "ec2/customerGateway": ["cgw"],
  "ec2/defaultNetworkAcl": ["acl", "network-acl"],
  "ec2/defaultRouteTable": ["rtb", "route-table"],
  "ec2/defaultSecurityGroup": ["sg", "security-group"],
  "ec2/egressOnlyInternetGateway": ["eigw"],
  "ec2/eip": ["eipalloc", "elastic-ip"],
  "ec2/eipAssociation": ["eipassoc"],
  "ec2/flowLog": ["fl", "vpc-flow-log"],
  "ec2/internetGateway": ["igw"],
  "ec2/launchTemplate": ["lt"],
  "ec2/mainRouteTableAssociation": ["rtbassoc"],
  "ec2/managedPrefixList": ["pl", "prefix-list"],
  "ec2/natGateway": ["nat", "natgateway"],
  "ec2/networkAcl": ["acl"],
  "ec2/networkAclAssociation": ["aclassoc"],
  "ec2/networkInterface": ["eni"],
  "ec2/routeTable": ["rtb"],
  "ec2/routeTableAssociation": ["rtbassoc"],
  "ec2/securityGroup": ["sg"],
  "ec2/subnet": ["subnet"],
  "ec2/subnetCidrReservation": ["scr"],
  "ec2/vpc": ["vpc"],
  "ec2/vpcDhcpOptions": ["dopt", "dhcp-options"],
  "ec2/vpcDhcpOptionsAssociation": ["doptassoc"],
  "ec2/vpcEndpoint": ["vpce"],
  "ec2/vpcEndpointService": ["vpce-svc"],
  "ec2/vpcIpv4CidrBlockAssociation": ["vpc-cidr-assoc"],
  "ec2/vpcPeeringConnection": ["pcx"],
  "ec2/vpnConnection": ["vpn"],
  "ec2/vpnGateway": ["vgw"],
  "ebs/volume": ["vol"],
  "ec2transitgateway/connect": ["tgw-attach", "transit-gateway-attachment"],
  "ec2transitgateway/peeringAttachment": ["tgw-attach", "transit-gateway-attachment"],
  "ec2transitgateway/routeTable": ["tgw-rtb", "transit-gateway-route-table"],
  "ec2transitgateway/transitGateway": ["tgw"],
  "ec2transitgateway/vpcAttachment": ["tgw-attach", "transit-gateway-attachment"],
  "vpc/securityGroupEgressRule": ["sgr", "security-group-rule"],
  "vpc/securityGroupIngressRule": ["sgr", "security-group-rule"],
};

/** Computed values of each of a connection's two tunnels: its address, and its key if none is set. */
function tunnels(): NonNullable<TypeRules["outputs"]> {
  const both = [1, 2].flatMap((tunnel): [string, Rule][] => [
    [
      `tunnel${tunnel}Address`,
      (making) => {
        const [one = 0, other = 0] = Buffer.from(hex(making, 4, `tunnel${tunnel}`), "hex");
        return `198.18.${one}.${1 + (other % 254)}`;
      },
    ],
    [`tunnel${tunnel}PresharedKey`, (making) => hex(making, 32, `key${tunnel}`)],
  ]);
  return Object.fromEntries(both);
}

const more: Readonly<Record<string, TypeRules>> = {
  "aws:ec2/vpnConnection:VpnConnection": { outputs: tunnels() },
  "aws:ec2/vpc:Vpc": {
    outputs: {
      defaultNetworkAclId: "acl-{ec2}",
      defaultRouteTableId: "rtb-{ec2}",
      mainRouteTableId: (making) => fill("rtb-{ec2}", making, "defaultRouteTableId"),
      defaultSecurityGroupId: "sg-{ec2}",
      dhcpOptionsId: "dopt-{ec2}",
      ipv6AssociationId: () => "",
      ipv6CidrBlock: () => "",
      enableDnsHostnames: () => false,
    },
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    id: ({ refer }) => refer("vpcId")?.state.defaultSecurityGroupId,
    outputs: { name: "default" },
  },
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": {
    id: "{defaultNetworkAclId}",
    outputs: { vpcId: ({ refer }) => refer("defaultNetworkAclId")?.id ?? "" },
  },
  "aws:ec2/defaultRouteTable:DefaultRouteTable": {
    id: "{defaultRouteTableId}",
    outputs: { vpcId: ({ refer }) => refer("defaultRouteTableId")?.id ?? "" },
  },
  "aws:ec2/subnet:Subnet": {
    outputs: {
      availabilityZone: "{region}a",
      availabilityZoneId: ({ inputs, place }) =>
        zoneId(String(inputs.availabilityZone ?? `${place.region}a`)),
      ipv6CidrBlock: () => "",
      ipv6CidrBlockAssociationId: () => "",
      privateDnsHostnameTypeOnLaunch: "ip-name",
    },
  },
  "aws:ec2/eip:Eip": { outputs: { allocationId: "{id}", domain: "vpc", associationId: () => "" } },
  "aws:ec2/natGateway:NatGateway": {
    outputs: {
      publicIp: ({ refer }) => refer("allocationId")?.state.publicIp ?? "",
      networkInterfaceId: "eni-{ec2}",
      associationId: "eipassoc-{ec2}",
      routeTableId: () => "",
      connectivityType: "public",
    },
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    volatile: ["latestVersion", "defaultVersion"],
    outputs: {
      latestVersion: (making) => nextVersion(making, "latestVersion"),
      defaultVersion: (making) =>
        making.inputs.updateDefaultVersion === true
          ? nextVersion(making, "latestVersion")
          : (making.previous?.defaultVersion ?? 1),
      namePrefix: () => "",
      "metadataOptions.httpEndpoint": "enabled",
      "metadataOptions.httpProtocolIpv6": "disabled",
      "metadataOptions.httpPutResponseHopLimit": () => 1,
      "metadataOptions.httpTokens": "optional",
      "metadataOptions.instanceMetadataTags": "disabled",
    },
  },
  "aws:ec2/route:Route": {
    id: ({ inputs }) => `r-${inputs.routeTableId}${crc32(destinationOf(inputs))}`,
    outputs: {
      origin: "CreateRoute",
      state: "active",
      instanceId: () => "",
      instanceOwnerId: () => "",
      networkInterfaceId: () => "",
    },
  },
  "aws:ec2/keyPair:KeyPair": { id: "{keyName}" },
  "aws:ec2/networkAclRule:NetworkAclRule": { id: "nacl-{digits10}" },
  "aws:ec2/securityGroup:SecurityGroup": {
    outputs: { vpcId: ({ refer }) => refer("vpcId")?.id ?? "", namePrefix: () => "" },
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    id: "sgrule-{digits10}",
    outputs: { securityGroupRuleId: "sgr-{ec2}" },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    outputs: { securityGroupRuleId: "{id}" },
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    outputs: { securityGroupRuleId: "{id}" },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    outputs: {
      dnsEntries: ({ inputs, id, place }) =>
        inputs.vpcEndpointType === "Interface"
          ? [
              {
                dnsName: `${id}.${String(inputs.serviceName).split(".").at(-1)}.${place.region}.vpce.amazonaws.com`,
                hostedZoneId: "Z7HUB22UULQXV",
              },
            ]
          : [],
      prefixListId: ({ inputs }) => (inputs.vpcEndpointType === "Interface" ? "" : "pl-63a5400a"),
      networkInterfaceIds: ({ inputs, id }) =>
        listOf(inputs.subnetIds).map((_, index) => `eni-0${id.slice(-15)}${index}`),
      state: "available",
      ipAddressType: "ipv4",
    },
  },
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": {
    id: "a-{vpcEndpointId}{hex10}",
  },
  "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions": {
    id: "{region}",
    outputs: { awsRegion: "{region}", awsAccountId: "{account}" },
  },
  "aws:ebs/encryptionByDefault:EncryptionByDefault": { id: "terraform-{hex26}" },
  "aws:ebs/defaultKmsKey:DefaultKmsKey": { id: "{keyArn}" },
  "aws:ec2transitgateway/transitGateway:TransitGateway": {
    outputs: {
      associationDefaultRouteTableId: "tgw-rtb-{ec2}",
      propagationDefaultRouteTableId: "tgw-rtb-{ec2}",
    },
  },
  "aws:ec2transitgateway/route:Route": {
    id: "{transitGatewayRouteTableId}_{destinationCidrBlock}",
  },
  "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation": {
    id: "{transitGatewayRouteTableId}_{transitGatewayAttachmentId}",
  },
  "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation": {
    id: "{transitGatewayRouteTableId}_{transitGatewayAttachmentId}",
  },
};

export const ec2Ids: Readonly<Record<string, TypeRules>> = join();

function join(): Record<string, TypeRules> {
  const joined: Record<string, TypeRules> = {};
  for (const [key, [prefix, arnResource]] of Object.entries(prefixes)) {
    const noun = key.split("/")[1] ?? "";
    const type = `aws:${key}:${noun.charAt(0).toUpperCase()}${noun.slice(1)}`;
    const arn = `{arn:ec2}:${arnResource ?? kebab(noun)}/{id}`;
    joined[type] = { id: `${prefix}-{ec2}`, outputs: { arn } };
  }
  for (const [type, rules] of Object.entries(more)) {
    const known = joined[type];
    joined[type] = { ...known, ...rules, outputs: { ...known?.outputs, ...rules.outputs } };
  }
  return joined;
}

/** `use1-az1` for `us-east-1a`: the region's short form and the zone's letter as a number. */
export function zoneId(zone: string): string {
  const [, area = "", government = "", direction = "", number = "", letter = "a"] =
    /^([a-z]+)(-gov)?-([a-z]+)-(\d)([a-z])?/.exec(zone) ?? [];
  const short = direction.replace(/^(n|s)?(?:orth|outh)?(e|w)?(?:ast|est)?$/, "$1$2");
  const compass = short === direction ? direction.charAt(0) : short;
  return `${area}${government.slice(1, 2)}${compass}${number}-az${(letter.codePointAt(0) ?? 97) - 96}`;
}

function nextVersion(making: Making, output: string): number {
  const before = valueAt(making.previous, [output]);
  return typeof before === "number" ? before + 1 : 1;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
