import { z } from "zod";
import { accountText, defaultZones, refineZones, regionText, zonesOf } from "../core/cloud.ts";
import { notBesideExisting } from "../core/existing.ts";
import { awsSettings } from "./aws-schema.ts";
import { blockBetween } from "./base-schema.ts";
import { sorted } from "./places.ts";

/** EC2's ids: 17 hexadecimal digits, or 8 for what was created before 2016. */
const ec2Id = (prefix: string, what: string) =>
  z.string().regex(new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`), {
    error: `must be the id of ${what}, such as "${prefix}-0123456789abcdef0"`,
  });

/** An existing network that a cell's manifest refers to, below `network.existing:`. */
export const awsExistingSettings = z.strictObject({
  /** The VPC. One of its CIDR blocks must contain the cell's block. */
  vpcId: ec2Id("vpc", "a VPC"),
  /** Security group of its interface endpoints. The outbox connector gets access to them. @default none */
  endpointSecurityGroupId: ec2Id("sg", "a security group").optional(),
  /** Its subnets, by the names of their zones: the zones of the cell, two to four. */
  subnets: z.record(
    z.string(),
    z.strictObject({
      /** For nodes and pods: routes out of the VPC, no public addresses. */
      private: ec2Id("subnet", "a subnet"),
      /** For data services: no route from the internet. In every zone or in none. @default the private one */
      isolated: ec2Id("subnet", "a subnet").optional(),
      /** For load balancers that face the internet. In every zone or in none. @default none */
      public: ec2Id("subnet", "a subnet").optional(),
    }),
  ),
});

/** An existing network on AWS with the facts of the cell: the `spec` of `AwsExistingNetwork`. */
export const awsExistingNetworkSchema = z
  .strictObject({
    cloud: z.literal("aws"),
    account: accountText,
    region: regionText("aws"),
    /** @default the first three of the region */
    zones: z.array(z.string()).min(2).max(4).optional(),
    /** The cell's block, which contains its subnets. */
    cidr: blockBetween(16, 21),
    clusterName: z.string().optional(),
    privateDomains: z.array(z.string()).optional(),
    existing: awsExistingSettings,
    ...notBesideExisting(awsSettings, "a network"),
  })
  .superRefine((spec, context) => {
    refineZones("aws", spec, context);
    if (zonesOf("aws", spec.region).length === 0) return;
    const zones = spec.zones ?? defaultZones("aws", spec.region);
    for (const problem of subnetProblems(spec.existing.subnets, zones)) {
      const { path, message, got } = problem;
      context.addIssue({
        code: "custom",
        path: ["existing", "subnets", ...path],
        message,
        input: got,
      });
    }
  })
  .transform((spec) => ({
    ...spec,
    zones: sorted(spec.zones ?? defaultZones("aws", spec.region)),
  }));

export type AwsExistingNetworkInput = z.input<typeof awsExistingNetworkSchema>;
export type AwsExistingNetworkSpec = z.output<typeof awsExistingNetworkSchema>;

type Subnets = AwsExistingNetworkSpec["existing"]["subnets"];

interface SubnetProblem {
  readonly path: readonly string[];
  readonly message: string;
  readonly got?: unknown;
}

function subnetProblems(subnets: Subnets, zones: readonly string[]): SubnetProblem[] {
  const problems: SubnetProblem[] = [];
  const got = Object.keys(subnets);
  if (got.length !== zones.length || !zones.every((zone) => got.includes(zone))) {
    problems.push({
      path: [],
      message: `must have the zones of the cell, ${zones.join(", ")}: correct them, or the cell's "zones"`,
      got,
    });
  }
  for (const kind of ["isolated", "public"] as const) {
    const having = got.filter((zone) => subnets[zone]?.[kind] !== undefined);
    if (having.length === 0) continue;
    for (const zone of got.filter((each) => !having.includes(each))) {
      problems.push({ path: [zone, kind], message: "must be in every zone or in none" });
    }
  }
  const seen = new Map<string, string>();
  for (const [zone, byKind] of Object.entries(subnets)) {
    for (const [kind, id] of Object.entries(byKind) as [string, string][]) {
      const other = seen.get(id);
      if (other !== undefined) {
        const cure =
          kind === "isolated" ? '; omit "isolated" to put data services into private subnets' : "";
        problems.push({
          path: [zone, kind],
          message: `must be another subnet than ${other}${cure}`,
          got: id,
        });
      }
      seen.set(id, `${zone}.${kind}`);
    }
  }
  return problems;
}
