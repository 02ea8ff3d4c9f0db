/** What a cell's stack gives to other stacks and to people. A change here is a change of contract, as in environment.ts. */
import { z } from "zod";
import type { OutputsOf, Section } from "../../components/section/section.ts";
import { type CellSection, cellSections } from "../../components/sections.ts";
import { cellNamesOutputs, peopleOutputs } from "./access.ts";
import { attachmentOutputs } from "./connectivity.ts";

const named = z.record(z.string(), z.string());

type Told = Extract<CellSection, { readonly outputs: unknown }>;

/** The outputs of a cell's sections, and of further ones by key. */
type SectionOutputs = {
  readonly [S in Told as S["name"]]?: OutputsOf<S>;
} & {
  readonly [S in Told as S extends { readonly plural: infer P extends string }
    ? P
    : never]?: Readonly<Record<string, OutputsOf<S>>>;
};

const sectionOutputs = z
  .object(
    Object.fromEntries(
      (cellSections as readonly Section[]).flatMap(({ name, plural, outputs }) => {
        if (outputs === undefined) return [];
        const further =
          plural === undefined ? [] : [[plural, z.record(z.string(), outputs).optional()] as const];
        return [[name, outputs.optional()] as const, ...further];
      }),
    ),
    // Sections of a user's own tell what they like.
  )
  .loose() as unknown as z.ZodType<SectionOutputs>;

export const cellOutputs = z.object({
  environment: z.string(),
  cell: z.string(),
  cloud: z.enum(["aws", "gcp", "onprem"]),
  /** Region of a cloud, site on-premises. */
  location: z.string(),
  cidr: z.string(),
  cluster: z.object({ name: z.string(), version: z.string() }),
  nodePools: z.record(z.string(), z.object({ class: z.string(), capacity: z.string() })),
  /** What runs beside the cluster; what a cell lacks is left out. */
  services: sectionOutputs,
  /** What IAM knows the cell's resources by, for workloads that come in from other cells: kind, name, and what the kind needs. */
  references: z
    .record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())))
    .default({}),
  /** How it reaches other cells and is reached by them; left out where it does not. */
  connectivity: attachmentOutputs.optional(),
  /** Its private names; left out where there are none. */
  dns: cellNamesOutputs.optional(),
  /** How people reach what is private in it; left out where nobody does. */
  people: peopleOutputs.optional(),
  /** What copies of other cells' services stand on here. */
  ground: z
    .object({
      vpcId: z.string(),
      isolatedSubnetIds: z.array(z.string()),
      clusterSecurityGroupId: z.string(),
      streamArn: z.string(),
      streamSecurityGroupId: z.string(),
      networkId: z.string(),
      subnetworkId: z.string(),
    })
    .partial()
    .default({}),
  /** Copies that this stack made, such as `database in aws-usw2`: the host that takes writes after a failover. */
  copies: named.default({}),
});

export type CellOutputs = z.output<typeof cellOutputs>;
