import { widerThanPrivate } from "../addresses.ts";
import type { Control } from "../control.ts";
import { firstOf, isGiven } from "../knowns.ts";
import { refersTo, type Stack, type StackResource } from "../stack.ts";

type Subnet = StackResource<"aws:ec2/subnet:Subnet">;

/** Nodes belong where no route leads in from the internet, whatever addresses they have. */
export const privateNodesControl: Control = {
  id: "EKS6",
  policy: "eks6-enforce-private-nodes",
  title: "Nodes of an EKS cluster stand in private subnets",
  severity: "high",
  remedy: "give the nodes subnets whose route table has no route to an internet gateway",
  requirements: {
    soc2: ["CC6.6"],
    "pci-dss-4": ["1.4.5"],
    sox: ["ITGC-access"],
    "cis-eks": ["5.4.3"],
  },
  stack: (stack, on) => {
    const open = publicSubnets(stack);
    for (const group of stack.all("aws:eks/nodeGroup:NodeGroup")) {
      on(group).part(() => {
        const subnet = firstOf(open, (candidate) => holds(group, candidate));
        if (subnet) {
          on(group).lacking("subnetIds", `include the public subnet "${subnet.name}"`);
        }
      });
    }
    for (const nodeClass of stack.all("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass")) {
      on(nodeClass).part(() => {
        const terms = nodeClass.props.spec?.subnetSelectorTerms ?? [];
        const subnet = firstOf(
          open,
          ({ props }) => firstOf(terms, ({ tags }) => selects(tags, props.tags)) !== undefined,
        );
        if (subnet) {
          on(nodeClass).lacking(
            "spec.subnetSelectorTerms",
            `select the public subnet "${subnet.name}"`,
          );
        }
      });
    }
  },
};

function publicSubnets(stack: Stack): Subnet[] {
  const gateways = stack.all("aws:ec2/internetGateway:InternetGateway");
  const routes = stack.all("aws:ec2/route:Route");
  const tables = stack
    .all("aws:ec2/routeTable:RouteTable")
    .filter(
      (table) =>
        (table.props.routes ?? []).some((route) => isOpen(route) && isGiven(route, "gatewayId")) ||
        routes.some(
          (route) =>
            isOpen(route.props) &&
            refersTo(route, "routeTableId", table) &&
            gateways.some((gateway) => refersTo(route, "gatewayId", gateway)),
        ),
    );
  const associations = stack
    .all("aws:ec2/routeTableAssociation:RouteTableAssociation")
    .filter((association) => tables.some((table) => refersTo(association, "routeTableId", table)));
  return stack
    .all("aws:ec2/subnet:Subnet")
    .filter((subnet) =>
      associations.some((association) => refersTo(association, "subnetId", subnet)),
    );
}

function isOpen(route: {
  readonly cidrBlock?: string | undefined;
  readonly destinationCidrBlock?: string | undefined;
  readonly ipv6CidrBlock?: string | undefined;
  readonly destinationIpv6CidrBlock?: string | undefined;
}): boolean {
  const blocks = [
    route.cidrBlock,
    route.destinationCidrBlock,
    route.ipv6CidrBlock,
    route.destinationIpv6CidrBlock,
  ];
  return blocks.some((block) => block !== undefined && block !== null && widerThanPrivate(block));
}

/** Each id by itself while it is known; else by where the list comes from. */
function holds(group: StackResource<"aws:eks/nodeGroup:NodeGroup">, subnet: Subnet): boolean {
  const ids = group.props.subnetIds;
  return [...ids.keys()].some((index) =>
    refersTo(group, "subnetIds", subnet, "id", () => ids[index]),
  );
}

/** Karpenter selects a subnet that has all tags of a term; `*` is any value. */
function selects(
  wanted: Readonly<Record<string, string>> | undefined,
  tags: Readonly<Record<string, string>> | undefined,
): boolean {
  const pairs = Object.entries(wanted ?? {});
  return (
    pairs.length > 0 &&
    pairs.every(
      ([key, value]) => tags?.[key] !== undefined && (value === "*" || tags[key] === value),
    )
  );
}
