import { widerThanPrivate } from "../addresses.ts";
import type { Control } from "../control.ts";
import { isGiven } from "../known-values.ts";
import { refersTo, type Stack, type StackResource } from "../stack.ts";
import type { Props, ResourceType } from "../types.ts";

type Subnet = StackResource<"aws:ec2/subnet:Subnet">;

/** Nodes must be in subnets without a route to an internet gateway, even without public IP addresses. */
export const privateNodesControl: Control = {
  id: "EKS6",
  policy: "eks6-enforce-private-nodes",
  title: "Nodes of an EKS cluster are in private subnets",
  severity: "high",
  remedy: "use subnets for the nodes whose route table has no route to an internet gateway",
  requirements: {
    soc2: ["CC6.6"],
    "pci-dss-4": ["1.4.5"],
    sox: ["ITGC-access"],
    "cis-eks": ["5.4.3"],
  },
  stack: (stack, on) => {
    const subnets = stack.all("aws:ec2/subnet:Subnet");
    const open = publicSubnets(stack);
    for (const group of stack.all("aws:eks/nodeGroup:NodeGroup")) {
      const report = on(group);
      report.part(() => {
        const ids: readonly string[] | undefined = group.props.subnetIds;
        if (!ids) report.lacking("subnetIds", "is unknown until deployment");
        report.each("subnetIds", [...(ids ?? []).keys()], (index, path) => {
          const named = subnetsNamed(group, "subnetIds", () => ids?.[index], subnets);
          for (const { name } of named.filter(({ urn }) => open.has(urn))) {
            report.lacking(path, `is the public subnet "${name}"`);
          }
        });
      });
    }
    for (const nodeClass of stack.all("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass")) {
      const report = on(nodeClass);
      report.part(() => {
        const terms = nodeClass.props.spec?.subnetSelectorTerms;
        report.each("spec.subnetSelectorTerms", terms, (term, path) => {
          const chosen =
            "id" in term
              ? subnetsNamed(nodeClass, "spec", () => term.id, subnets)
              : subnets.filter(({ props }) => selects(term.tags, props.tags));
          for (const { name } of chosen.filter(({ urn }) => open.has(urn))) {
            report.lacking(path, `selects the public subnet "${name}"`);
          }
        });
      });
    }
  },
};

/**
 * The subnets of the stack that an id may refer to. An unknown id that comes from none of them cannot be judged: reading it
 * throws.
 */
function subnetsNamed<T extends ResourceType>(
  from: StackResource<T>,
  property: keyof Props<T> & string,
  read: () => unknown,
  subnets: readonly Subnet[],
): readonly Subnet[] {
  const named = subnets.filter((subnet) => refersTo(from, property, subnet, "id", read));
  if (named.length === 0) read();
  return named;
}

/** The URNs of subnets whose route table (their own or the VPC's main one) has a route to an internet gateway. */
function publicSubnets(stack: Stack): ReadonlySet<string> {
  const open = openTables(stack);
  const vpcs = openVpcs(stack, open);
  const associations = stack.all("aws:ec2/routeTableAssociation:RouteTableAssociation");
  return new Set(
    stack
      .all("aws:ec2/subnet:Subnet")
      .filter((subnet) => {
        const own = associations.filter((association) => refersTo(association, "subnetId", subnet));
        return own.length > 0
          ? own.some((association) =>
              open.some((table) => refersTo(association, "routeTableId", table)),
            )
          : vpcs.some((vpc) => refersTo(subnet, "vpcId", vpc));
      })
      .map(({ urn }) => urn),
  );
}

type Table = StackResource<
  "aws:ec2/routeTable:RouteTable" | "aws:ec2/defaultRouteTable:DefaultRouteTable"
>;

function openTables(stack: Stack): Table[] {
  const routes = openRoutes(stack);
  const tables: Table[] = [
    ...stack.all("aws:ec2/routeTable:RouteTable"),
    ...stack.all("aws:ec2/defaultRouteTable:DefaultRouteTable"),
  ];
  return tables.filter(
    (table) =>
      (table.props.routes ?? []).some((route) => isOpen(route) && isGiven(route, "gatewayId")) ||
      routes.some((route) => refersTo(route, "routeTableId", table)),
  );
}

/** VPCs whose main route table has a route to an internet gateway: subnets without their own table use it. */
function openVpcs(stack: Stack, open: readonly Table[]): StackResource<"aws:ec2/vpc:Vpc">[] {
  const defaults = stack.all("aws:ec2/defaultRouteTable:DefaultRouteTable");
  const mains = stack.all("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation");
  const routes = openRoutes(stack);
  const isOpenTable = ({ urn }: { readonly urn: string }) =>
    open.some((table) => table.urn === urn);
  return stack
    .all("aws:ec2/vpc:Vpc")
    .filter(
      (vpc) =>
        routes.some((route) => refersTo(route, "routeTableId", vpc, "mainRouteTableId")) ||
        defaults.some(
          (table) =>
            isOpenTable(table) &&
            refersTo(table, "defaultRouteTableId", vpc, "defaultRouteTableId"),
        ) ||
        mains.some(
          (main) =>
            refersTo(main, "vpcId", vpc) &&
            open.some((table) => refersTo(main, "routeTableId", table)),
        ),
    );
}

function openRoutes(stack: Stack): StackResource<"aws:ec2/route:Route">[] {
  const gateways = stack.all("aws:ec2/internetGateway:InternetGateway");
  return stack
    .all("aws:ec2/route:Route")
    .filter(
      (route) =>
        isOpen(route.props) && gateways.some((gateway) => refersTo(route, "gatewayId", gateway)),
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

/** Karpenter selects subnets with all tags of a term; `*` matches any value. */
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
