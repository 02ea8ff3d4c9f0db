import { createHash } from "node:crypto";

export const account = "123456789012";
export const awsRegion = "us-east-1";
export const project = "atoll-local";
export const projectNumber = "424242424242";

type Plain = Record<string, unknown>;

/** The id and the computed outputs of a resource, of the form that its cloud gives them. */
export function mockOutputs(
  type: string,
  name: string,
  inputs: Plain,
): { id: string; state: Plain } {
  if (type.startsWith("aws:")) return awsOutputs(type, name, inputs);
  if (type.startsWith("gcp:")) return gcpOutputs(type, name, inputs);
  if (type.startsWith("kubernetes:")) return kubernetesOutputs(type, name, inputs);
  return { id: `${name}-id`, state: {} };
}

/** The result of a data source; undefined for one that is not known here. */
export function mockInvoke(token: string, args: Plain): Plain | undefined {
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return {
        accountId: account,
        arn: `arn:aws:iam::${account}:role/deployer`,
        id: account,
        userId: "AROAEXAMPLE",
      };
    case "aws:index/getPartition:getPartition":
      return {
        partition: "aws",
        dnsSuffix: "amazonaws.com",
        reverseDnsPrefix: "com.amazonaws",
        id: "aws",
      };
    case "aws:index/getRegion:getRegion":
      return {
        region: args.region ?? awsRegion,
        name: args.region ?? awsRegion,
        id: args.region ?? awsRegion,
      };
    case "gcp:organizations/getProject:getProject":
      return {
        projectId: args.projectId ?? project,
        number: projectNumber,
        name: project,
        id: `projects/${project}`,
      };
    case "gcp:organizations/getClientConfig:getClientConfig":
      return {
        project,
        region: "europe-west1",
        zone: "europe-west1-b",
        accessToken: "token",
        id: project,
      };
    default:
      return undefined;
  }
}

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

function awsOutputs(type: string, name: string, inputs: Plain): { id: string; state: Plain } {
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

/** Collections that are not called after their type. */
const collections: Readonly<Record<string, string>> = {
  "gcp:compute/address:Address": "addresses",
  "gcp:compute/globalAddress:GlobalAddress": "addresses",
  "gcp:compute/globalForwardingRule:GlobalForwardingRule": "forwardingRules",
};

function gcpOutputs(type: string, name: string, inputs: Plain): { id: string; state: Plain } {
  const [, module = "", kind = ""] = /^gcp:([^/]+)\/[^:]+:(.+)$/.exec(type) ?? [];
  const physical = String(inputs.name ?? name);
  const inProject = String(inputs.project ?? project);
  const place = inputs.region
    ? `regions/${inputs.region}`
    : inputs.location
      ? `locations/${inputs.location}`
      : "global";
  const collection = collections[type] ?? `${kind.charAt(0).toLowerCase()}${kind.slice(1)}s`;
  const id = idOf();
  return { id, state: { name: physical, project: inProject, ...special() } };

  function idOf(): string {
    switch (type) {
      case "gcp:serviceaccount/account:Account":
        return `projects/${inProject}/serviceAccounts/${inputs.accountId}@${inProject}.iam.gserviceaccount.com`;
      case "gcp:kms/cryptoKey:CryptoKey":
        return `${inputs.keyRing}/cryptoKeys/${physical}`;
      case "gcp:container/nodePool:NodePool":
        return `projects/${inProject}/${place}/clusters/${inputs.cluster}/nodePools/${physical}`;
      default:
        return `projects/${inProject}/${place}/${collection}/${physical}`;
    }
  }

  function special(): Plain {
    switch (type) {
      case "gcp:serviceaccount/account:Account": {
        const email = `${inputs.accountId}@${inProject}.iam.gserviceaccount.com`;
        return {
          email,
          member: `serviceAccount:${email}`,
          name: id,
          uniqueId: "100000000000000000001",
        };
      }
      case "gcp:container/cluster:Cluster":
        return {
          endpoint: "10.0.0.2",
          selfLink: `https://container.googleapis.com/v1/${id}`,
          masterAuth: { clusterCaCertificate: Buffer.from("certificate").toString("base64") },
          controlPlaneEndpointsConfig: {
            dnsEndpointConfig: {
              endpoint: `gke-${hex(name, 32)}-${projectNumber}.${inputs.location}.gke.goog`,
            },
          },
        };
      case "gcp:kms/keyRing:KeyRing":
        return { selfLink: id };
      default:
        return module === "compute"
          ? { selfLink: `https://www.googleapis.com/compute/v1/${id}` }
          : {};
    }
  }
}

function kubernetesOutputs(
  type: string,
  name: string,
  inputs: Plain,
): { id: string; state: Plain } {
  const metadata = (inputs.metadata ?? {}) as Plain;
  const physical = String(metadata.name ?? name);
  return {
    id: metadata.namespace ? `${metadata.namespace}/${physical}` : physical,
    state: { metadata: { ...metadata, name: physical, uid: uuid(name) }, ...observed() },
  };

  /** What a cluster says about objects that are only read. */
  function observed(): Plain {
    switch (type) {
      case "kubernetes:core/v1:Node":
        return { status: { nodeInfo: { kubeletVersion: "v1.35.2" } } };
      case "kubernetes:apiregistration.k8s.io/v1:APIService":
        return { status: { conditions: [{ type: "Available", status: "True" }] } };
      default:
        return {};
    }
  }
}

function hex(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

function uuid(text: string): string {
  const h = hex(text, 32);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20)}`;
}
