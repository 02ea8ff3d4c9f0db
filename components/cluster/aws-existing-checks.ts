/** Whether an existing EKS cluster meets the requirements of a cell. Pure. */
import { overlaps } from "../core/cidr.ts";
import type { Problem } from "../core/errors.ts";
import { type LookedUp, problemsOfLookup } from "../core/existing.ts";
import type { AwsExistingClusterSpec } from "./aws-existing-schema.ts";

export interface EksFacts {
  readonly arn: string;
  readonly status: string;
  /** Minor version of the control plane. */
  readonly version: string;
  readonly vpcId: string;
  readonly endpoint: string;
  /** Base64 of the PEM certificate. */
  readonly certificateAuthority: string;
  readonly oidcIssuer: string;
  readonly clusterSecurityGroupId: string;
  readonly privateEndpoint: boolean;
  /** Blocks that reach the public endpoint; empty when it is disabled. */
  readonly publicCidrs: readonly string[];
  readonly authenticationMode: string;
  readonly autoMode: boolean;
  readonly ipFamily: string;
  readonly serviceCidr: string;
}

export interface AwsClusterFacts {
  readonly cluster: LookedUp<EksFacts>;
  /** The key of Kubernetes secrets; undefined where they have none. */
  readonly secretsKey: LookedUp<string | undefined>;
  readonly podIdentityAgent: LookedUp<{ readonly version: string }>;
  readonly networkPlugin: LookedUp<{
    readonly networkPolicy: unknown;
    /** Whether it has a role that nodes do not have. */
    readonly ownRole: boolean;
  }>;
}

/** A requirement: whether it is met, the message if not, and what was found. */
type Requirement = readonly [met: boolean, message: string, got: unknown];

const path = "existing.name";

export function awsClusterProblems(
  spec: AwsExistingClusterSpec,
  { cluster, secretsKey, podIdentityAgent, networkPlugin }: AwsClusterFacts,
): readonly Problem[] {
  return problemsOfLookup(path, "an EKS cluster", cluster, (seen) => [
    ...versionProblems(spec, seen),
    ...unmet([
      ...placement(spec, seen),
      ...access(spec, seen),
      ...addressing(spec, seen),
      ...encryption(spec, secretsKey),
      ...addons(spec, podIdentityAgent, networkPlugin),
    ]),
  ]);
}

function versionProblems({ version }: AwsExistingClusterSpec, seen: EksFacts): Problem[] {
  if (seen.version === version) return [];
  const message = `must be the cluster's version, "${seen.version}": upgrade the cluster or correct the manifest`;
  return [{ path: "version", message, got: version }];
}

/** A cluster that is being updated can be used. */
const usable: readonly string[] = ["ACTIVE", "UPDATING"];

function placement({ vpcId }: AwsExistingClusterSpec, seen: EksFacts): Requirement[] {
  return [
    [usable.includes(seen.status), "must be ACTIVE", seen.status],
    [seen.vpcId === vpcId, `must be in ${vpcId}, the VPC of network.existing`, seen.vpcId],
    [
      !seen.autoMode,
      "must not use EKS Auto Mode: Atoll installs Karpenter, and both provision nodes for the same pods",
      "Auto Mode",
    ],
  ];
}

/** The modes with access entries. */
const entryModes: readonly string[] = ["API", "API_AND_CONFIG_MAP"];

function access({ existing: { name } }: AwsExistingClusterSpec, seen: EksFacts): Requirement[] {
  const open = seen.publicCidrs.find((block) => block.endsWith("/0"));
  return [
    [
      entryModes.includes(seen.authenticationMode),
      `must have access entries: aws eks update-cluster-config --name ${name} --access-config authenticationMode=API_AND_CONFIG_MAP`,
      seen.authenticationMode,
    ],
    [
      seen.privateEndpoint,
      "must have the private endpoint enabled: nodes connect to it",
      seen.privateEndpoint,
    ],
    [
      open === undefined,
      "must not open its public endpoint to the internet: disable it, or limit publicAccessCidrs",
      seen.publicCidrs,
    ],
  ];
}

function addressing({ otherCells }: AwsExistingClusterSpec, seen: EksFacts): Requirement[] {
  const clash = otherCells.find((block) => seen.serviceCidr && overlaps(block, seen.serviceCidr));
  return [
    [seen.ipFamily === "ipv4", "must have the IP family ipv4", seen.ipFamily],
    [
      clash === undefined,
      `must have a service CIDR that does not overlap ${clash}, the block of another cell: pods could not reach that cell`,
      seen.serviceCidr,
    ],
  ];
}

function encryption(
  { existing: { name } }: AwsExistingClusterSpec,
  key: AwsClusterFacts["secretsKey"],
): Requirement[] {
  if ("failure" in key) {
    const permission = "cloudformation:GetResource";
    return [[false, `must have an encryption that can be read, with ${permission}`, key.failure]];
  }
  const message = `must encrypt Kubernetes secrets with a KMS key: aws eks associate-encryption-config --cluster-name ${name}`;
  return [[key.facts !== undefined, message, "no key"]];
}

function addons(
  { existing: { name } }: AwsExistingClusterSpec,
  agent: AwsClusterFacts["podIdentityAgent"],
  plugin: AwsClusterFacts["networkPlugin"],
): Requirement[] {
  const missing = (addon: string, why: string, lookup: LookedUp<unknown>): Requirement[] => {
    const message = `must have the EKS add-on ${addon}, ${why}: aws eks create-addon --cluster-name ${name} --addon-name ${addon}`;
    return "failure" in lookup ? [[false, message, lookup.failure]] : [];
  };
  const { networkPolicy: policy, ownRole } =
    "facts" in plugin ? plugin.facts : { networkPolicy: true, ownRole: true };
  return [
    ...missing("eks-pod-identity-agent", "which gives workloads their roles", agent),
    ...missing("vpc-cni", "which enforces network policies", plugin),
    [
      String(policy) === "true",
      'must enforce network policies: set enableNetworkPolicy to "true" in the configuration of its add-on vpc-cni',
      policy ?? "not set",
    ],
    [
      ownRole,
      "must have a role for its add-on vpc-cni, by EKS Pod Identity or for the service account: Atoll's nodes do not have its permissions",
      "no role",
    ],
  ];
}

function unmet(requirements: readonly Requirement[]): Problem[] {
  return requirements.flatMap(([met, message, got]) => (met ? [] : [{ path, message, got }]));
}
