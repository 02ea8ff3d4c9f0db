import { account, awsRegion, hex, type Plain, uuid } from "./mock-ids.ts";

const awsPrefixes: Readonly<Record<string, string>> = {
  "aws:ec2/vpc:Vpc": "vpc",
  "aws:ec2/subnet:Subnet": "subnet",
  "aws:ec2/securityGroup:SecurityGroup": "sg",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "sg",
  "aws:ec2/networkAcl:NetworkAcl": "acl",
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": "acl",
  "aws:ec2/internetGateway:InternetGateway": "igw",
  "aws:ec2/natGateway:NatGateway": "nat",
  "aws:ec2/eip:Eip": "eipalloc",
  "aws:ec2/routeTable:RouteTable": "rtb",
  "aws:ec2/launchTemplate:LaunchTemplate": "lt",
  "aws:ec2/vpcEndpoint:VpcEndpoint": "vpce",
  "aws:ec2/flowLog:FlowLog": "fl",
};

/** Types whose Pulumi id is their physical name. */
const namedByName = new Set([
  "aws:eks/cluster:Cluster",
  "aws:iam/role:Role",
  "aws:iam/instanceProfile:InstanceProfile",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:kms/alias:Alias",
]);

/** The id and the computed outputs of an AWS resource. */
export function awsOutputs(
  type: string,
  name: string,
  inputs: Plain,
): { id: string; state: Plain } {
  const [, module = "", kind = ""] = /^aws:([^/]+)\/[^:]+:(.+)$/.exec(type) ?? [];
  const physical = String(inputs.name ?? name);
  const region = String(inputs.region ?? awsRegion);
  const prefix = awsPrefixes[type];
  const id = idOf();
  const arn = arnOf();
  return { id, state: { arn, name: physical, ...special() } };

  function idOf(): string {
    if (prefix) return `${prefix}-0${hex(name, 16)}`;
    if (namedByName.has(type)) return physical;
    if (type === "aws:kms/key:Key") return uuid(name);
    if (type === "aws:sqs/queue:Queue")
      return `https://sqs.${region}.amazonaws.com/${account}/${physical}`;
    if (type === "aws:iam/policy:Policy") return arnOf();
    return `${kind.toLowerCase()}-${hex(name, 8)}`;
  }

  function arnOf(): string {
    switch (type) {
      case "aws:iam/role:Role":
        return `arn:aws:iam::${account}:role/${physical}`;
      case "aws:iam/policy:Policy":
        return `arn:aws:iam::${account}:policy/${physical}`;
      case "aws:iam/instanceProfile:InstanceProfile":
        return `arn:aws:iam::${account}:instance-profile/${physical}`;
      case "aws:kms/key:Key":
        return `arn:aws:kms:${region}:${account}:key/${uuid(name)}`;
      case "aws:kms/alias:Alias":
        return `arn:aws:kms:${region}:${account}:${physical}`;
      case "aws:sqs/queue:Queue":
        return `arn:aws:sqs:${region}:${account}:${physical}`;
      case "aws:cloudwatch/logGroup:LogGroup":
        return `arn:aws:logs:${region}:${account}:log-group:${physical}`;
      case "aws:cloudwatch/eventRule:EventRule":
        return `arn:aws:events:${region}:${account}:rule/${physical}`;
      default:
        return `arn:aws:${module}:${region}:${account}:${kind.toLowerCase()}/${physical}`;
    }
  }

  function special(): Plain {
    switch (type) {
      case "aws:ec2/vpc:Vpc":
        return {
          defaultNetworkAclId: `acl-0${hex(`${name}/default`, 16)}`,
          defaultSecurityGroupId: `sg-0${hex(`${name}/default`, 16)}`,
          mainRouteTableId: `rtb-0${hex(`${name}/main`, 16)}`,
        };
      case "aws:kms/key:Key":
        return { keyId: uuid(name) };
      case "aws:sqs/queue:Queue":
        return { url: `https://sqs.${region}.amazonaws.com/${account}/${physical}` };
      case "aws:ec2/launchTemplate:LaunchTemplate":
        return { latestVersion: 1, defaultVersion: 1 };
      case "aws:ec2/eip:Eip":
        return { allocationId: id, publicIp: "203.0.113.10" };
      case "aws:verifiedaccess/instance:Instance":
        return { nameServers: [1, 2, 3, 4].map((n) => `ns-${n}.awsdns-0${n}.com`) };
      case "aws:ec2/vpnConnection:VpnConnection":
        return {
          transitGatewayAttachmentId: `tgw-attach-0${hex(name, 16)}`,
          tunnel1Address: "203.0.113.11",
          tunnel2Address: "203.0.113.12",
          tunnel1PresharedKey: hex(`${name}-1`, 32),
          tunnel2PresharedKey: hex(`${name}-2`, 32),
          presharedKeyArn: `arn:aws:secretsmanager:${region}:${account}:secret:s2svpn!vpn-${hex(name, 8)}`,
        };
      case "aws:rds/cluster:Cluster":
        return {
          endpoint: `${physical}.cluster-${hex(name, 12)}.${region}.rds.amazonaws.com`,
          readerEndpoint: `${physical}.cluster-ro-${hex(name, 12)}.${region}.rds.amazonaws.com`,
          clusterResourceId: `cluster-${hex(name, 26).toUpperCase()}`,
          masterUserSecrets: [
            {
              secretArn: `arn:aws:secretsmanager:${region}:${account}:secret:rds!cluster-${uuid(name)}-${hex(name, 6)}`,
              secretStatus: "active",
              kmsKeyId: inputs.masterUserSecretKmsKeyId,
            },
          ],
        };
      case "aws:rds/proxy:Proxy":
        return {
          arn: `arn:aws:rds:${region}:${account}:db-proxy:prx-${hex(name, 17)}`,
          endpoint: `${physical}.proxy-${hex(name, 12)}.${region}.rds.amazonaws.com`,
        };
      case "aws:iam/role:Role":
        return { uniqueId: `AROA${hex(name, 17).toUpperCase()}` };
      case "aws:eks/cluster:Cluster":
        return {
          endpoint: `https://${hex(name, 32).toUpperCase()}.gr7.${region}.eks.amazonaws.com`,
          certificateAuthority: { data: Buffer.from("certificate").toString("base64") },
          certificateAuthorities: [{ data: Buffer.from("certificate").toString("base64") }],
          identities: [
            {
              oidcs: [
                {
                  issuer: `https://oidc.eks.${region}.amazonaws.com/id/${hex(name, 32).toUpperCase()}`,
                },
              ],
            },
          ],
          vpcConfig: {
            ...(inputs.vpcConfig as Plain),
            clusterSecurityGroupId: `sg-0${hex(`${name}/cluster`, 16)}`,
          },
          status: "ACTIVE",
        };
      default:
        return {};
    }
  }
}
