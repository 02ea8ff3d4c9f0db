/** An existing VPC, as a manifest refers to it and as AWS answers when asked. */
import type { AwsNetworkFacts } from "../../../components/network/aws-existing-checks.ts";
import { subnetsOf } from "../../../components/network/aws-existing-checks.ts";
import {
  type AwsExistingNetworkInput,
  type AwsExistingNetworkSpec,
  awsExistingNetworkSchema,
} from "../../../components/network/aws-existing-schema.ts";
import { planAws } from "../../../components/network/plan.ts";

const id = (prefix: string, n: number) => `${prefix}-0${n.toString(16).padStart(16, "0")}`;

export const vpcId = id("vpc", 1);
export const existing = {
  vpcId,
  endpointSecurityGroupId: id("sg", 1),
  subnets: {
    "us-east-1a": { private: id("subnet", 1), isolated: id("subnet", 2), public: id("subnet", 3) },
    "us-east-1b": { private: id("subnet", 4), isolated: id("subnet", 5), public: id("subnet", 6) },
  },
} as const;

export const input: AwsExistingNetworkInput = {
  cloud: "aws",
  account: "111122223333",
  region: "us-east-1",
  zones: ["us-east-1a", "us-east-1b"],
  cidr: "10.32.0.0/16",
  existing,
};

export const spec: AwsExistingNetworkSpec = awsExistingNetworkSchema.parse(input);

const roleTag = {
  private: "kubernetes.io/role/internal-elb",
  isolated: "unused",
  public: "kubernetes.io/role/elb",
} as const;

/** A network that passes every check. */
export function suitableFacts(): AwsNetworkFacts {
  const plan = planAws(spec);
  const named = subnetsOf(spec);
  return {
    vpc: {
      facts: { cidrBlocks: [spec.cidr], enableDnsSupport: true, enableDnsHostnames: true },
    },
    endpointGroup: { facts: { vpcId } },
    subnets: Object.fromEntries(
      named.map(({ id, zone, kind }) => [
        id,
        {
          facts: {
            vpcId,
            zone,
            cidr: plan.zones.find((each) => each.zone === zone)![kind],
            freeAddresses: 200,
            mapsPublicAddresses: false,
            ownerId: spec.account,
            tags: { [roleTag[kind]]: "1" },
          },
        },
      ]),
    ),
    routes: Object.fromEntries(
      named.map(({ id, kind }) => [
        id,
        {
          facts: {
            defaultRoute: { private: "nat-01", isolated: undefined, public: "igw-01" }[kind],
          },
        },
      ]),
    ),
  };
}
