import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { CellTraffic } from "../core/traffic.ts";
import type { AwsNetworkPart, SubnetKind } from "./aws-part.ts";

export interface AwsAccessListsArgs extends AwsNetworkPart {
  readonly vpc: aws.ec2.Vpc;
  readonly cells: readonly CellTraffic[];
}

type Rule = Omit<aws.types.input.ec2.NetworkAclIngress, "ruleNo">;

const anywhere = "0.0.0.0/0";

/** Ephemeral ports of NAT gateways and Linux, for return traffic. UDP is for DNS, time and HTTP/3. */
const answers: readonly Rule[] = ["tcp", "udp"].map((protocol) => ({
  action: "allow",
  protocol,
  fromPort: 1024,
  toPort: 65535,
  cidrBlock: anywhere,
}));

/** "Fragmentation needed", for path MTU discovery. Without it, connections with large packets hang. */
const pathMtu: Rule = {
  action: "allow",
  protocol: "icmp",
  icmpType: 3,
  icmpCode: 4,
  fromPort: 0,
  toPort: 0,
  cidrBlock: anywhere,
};

/**
 * Network ACLs by kind of subnet. The VPC's default security group and default network ACL have no rules, so that resources need
 * their own. Network ACLs are stateless: return traffic needs rules too.
 */
export class AwsAccessLists extends BlueprintComponent {
  constructor(name: string, args: AwsAccessListsArgs, opts: pulumi.ComponentResourceOptions) {
    super("network", "AwsAccessLists", name, args, {}, opts);
    this.#emptyDefaults(args);

    const inside = all(args.spec.cidr);
    const asked = (direction: CellTraffic["direction"]) =>
      args.cells.filter((traffic) => traffic.direction === direction);
    const [into, out] = [asked("ingress"), asked("egress")];
    this.#list(
      args,
      "private",
      [inside, ...answers, pathMtu, ...into.map(opening)],
      [all(anywhere)],
    );
    this.#list(
      args,
      "isolated",
      [inside, ...into.map(opening), ...answersOf(out)],
      [inside, ...out.map(opening), ...answersOf(into)],
    );
    this.#list(args, "public", [inside, web(443), web(80), ...answers, pathMtu], [all(anywhere)]);
    this.registerOutputs({});
  }

  #emptyDefaults({ vpc, ownership }: AwsAccessListsArgs): void {
    new aws.ec2.DefaultSecurityGroup(
      this.named("default-security-group"),
      {
        vpcId: vpc.id,
        ingress: [],
        egress: [],
        tags: { Name: nameIn(ownership, "aws-name-tag", "default", "unused") },
      },
      this.child(),
    );
    new aws.ec2.DefaultNetworkAcl(
      this.named("default-network-acl"),
      {
        defaultNetworkAclId: vpc.defaultNetworkAclId,
        ingress: [],
        egress: [],
        tags: { Name: nameIn(ownership, "aws-name-tag", "default", "unused") },
      },
      // New subnets belong to the default network ACL until they get their own. Recording that would cause a permanent diff.
      this.child({ ignoreChanges: ["subnetIds"] }),
    );
  }

  #list(
    { vpcId, zones, left, ownership }: AwsAccessListsArgs,
    kind: SubnetKind,
    ingress: readonly Rule[],
    egress: readonly Rule[],
  ): void {
    new aws.ec2.NetworkAcl(
      this.named(kind),
      {
        vpcId,
        subnetIds: [...zones, ...left].map((zone) => zone[kind].id),
        ingress: numbered(ingress),
        egress: numbered(egress),
        tags: { Name: nameIn(ownership, "aws-name-tag", kind) },
      },
      this.child(),
    );
  }
}

function all(cidrBlock: string): Rule {
  return { action: "allow", protocol: "-1", fromPort: 0, toPort: 0, cidrBlock };
}

/** Inbound traffic to internet-facing load balancers. */
function web(port: number): Rule {
  return { action: "allow", protocol: "tcp", fromPort: port, toPort: port, cidrBlock: anywhere };
}

/** Traffic of connections that one side can open. */
function opening({ cidr, protocol, first, last }: CellTraffic): Rule {
  return { action: "allow", protocol, fromPort: first, toPort: last, cidrBlock: cidr };
}

/** Return traffic: a rule for each cell and protocol. */
function answersOf(traffic: readonly CellTraffic[]): Rule[] {
  const kinds = new Map(
    traffic.map(({ cidr, protocol }) => [`${protocol} ${cidr}`, { cidr, protocol }]),
  );
  return [...kinds.values()].map(({ cidr, protocol }) => ({
    action: "allow",
    protocol,
    fromPort: 1024,
    toPort: 65535,
    cidrBlock: cidr,
  }));
}

/** Rule numbers with gaps for manual rules in an incident. */
function numbered(rules: readonly Rule[]): aws.types.input.ec2.NetworkAclIngress[] {
  return rules.map((rule, i) => ({ ...rule, ruleNo: (i + 1) * 100 }));
}
