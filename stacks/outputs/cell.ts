/** The outputs of a cell's stack, for other stacks and for people. They are a contract between stacks; see environment.ts. */
import { z } from "zod";
import type { OutputsOf, Section } from "../../components/section/section.ts";
import { type CellSection, cellSections } from "../../components/sections.ts";
import { deployedSettings } from "../../footprint/changes/settings.ts";
import { cellNamesOutputs, peopleOutputs } from "./access.ts";
import { attachmentOutputs } from "./connectivity.ts";

const named = z.record(z.string(), z.string());

type SectionWithOutputs = Extract<CellSection, { readonly outputs: unknown }>;

/** The outputs of a cell's sections, and of additional ones by key. */
type SectionOutputs = {
  readonly [S in SectionWithOutputs as S["name"]]?: OutputsOf<S>;
} & {
  readonly [S in SectionWithOutputs as S extends { readonly plural: infer P extends string }
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
    // A user's own sections may have any outputs.
  )
  .loose() as unknown as z.ZodType<SectionOutputs>;

export const cellOutputs = z.object({
  environment: z.string(),
  cell: z.string(),
  cloud: z.enum(["aws", "gcp", "onprem"]),
  /** The region, or on-premises the site. */
  location: z.string(),
  cidr: z.string(),
  cluster: z.object({ name: z.string(), version: z.string() }),
  nodePools: z.record(z.string(), z.object({ class: z.string(), capacity: z.string() })),
  /** The services besides the cluster; omits those that the cell does not have. */
  services: sectionOutputs,
  /** The IAM identifiers of the cell's resources, for workloads from other cells: kind, name, and the fields of the kind. */
  references: z
    .record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())))
    .default({}),
  /** How it reaches other cells and is reached by them; omitted if it is isolated. */
  connectivity: attachmentOutputs.optional(),
  /** Its private names; omitted if there are none. */
  dns: cellNamesOutputs.optional(),
  /** How people reach its private endpoints; omitted if people have no access. */
  people: peopleOutputs.optional(),
  /** The network context for copies of other cells' services. */
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
  /** Hosts that accept writes after a failover, by the copies that this stack created, such as `database in aws-usw2`. */
  copies: named.default({}),
  /** The checked settings of its sections, which the next change is compared with. Stacks of older releases have none. */
  settings: deployedSettings.default({}),
});

/** How the stacks of tenants reach the cell's cluster. A secret output of its own. */
export const clusterOutputs = z.object({
  kubeconfig: z.string(),
  /** Identifies the cluster to providers, whatever its address and certificates are. */
  identifier: z.string(),
});

export type ClusterOutputs = z.output<typeof clusterOutputs>;

export type CellOutputs = z.output<typeof cellOutputs>;
