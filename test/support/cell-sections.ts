/** The sections of the sample's cells, each built alone with the inputs that the cell's program gives it. */
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../components/core/cloud.ts";
import {
  isSupported,
  type Section,
  type SectionBuilder,
} from "../../components/section/section.ts";
import { cellSections } from "../../components/sections.ts";
import type { Cell, Footprint } from "../../footprint/model.ts";
import { cellStack } from "../../stacks/cell/cell.ts";
import { environmentStack } from "../../stacks/environment/environment.ts";
import { type InventoryOptions, inventory, type Registered } from "./inventory.ts";

/** A section of a cell, which can be built again with other settings. */
export interface BuiltSection {
  readonly section: Section;
  /** Its spec in the sample. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** The resources of the section with this spec. */
  with(spec: unknown): Promise<Registered[]>;
}

/**
 * Builds the environment and one of its cells once, and returns the cell's main sections by name.
 *
 * @param known outputs of stacks that an earlier call built
 */
export async function builtSections(
  footprint: Footprint,
  cloud: Cloud,
  known: StackOutputs = {},
): Promise<ReadonlyMap<string, BuiltSection>> {
  const outputs = await outputsOfStacks(footprint, cloud, known);
  const cell = footprint.cells.find((one) => one.cloud === cloud);
  if (cell === undefined) throw new Error(`the footprint has no cell on ${cloud}`);
  const sections = new Map<string, BuiltSection>();
  const respond: Respond = ({ type, name }) => responseOf(type, name, outputs);
  const registry = cellSections.map((section) => recording(section, cloud, sections, respond));
  await inventory(() => cellStack({ ...footprint, registry }, cell, { retain: false }), {
    stack: cell.stack,
    respond,
  });
  return sections;
}

type Respond = NonNullable<InventoryOptions["respond"]>;
/** By stack. */
export type StackOutputs = Record<string, Readonly<Record<string, unknown>>>;

/** The outputs of the environment and of the cells that others refer to. */
async function outputsOfStacks(
  footprint: Footprint,
  cloud: Cloud,
  outputs: StackOutputs,
): Promise<StackOutputs> {
  const respond = ({ type, name }: { type: string; name: string }) =>
    responseOf(type, name, outputs);
  const { stack } = footprint.environment;
  if (outputs[stack] === undefined) {
    await inventory(
      async () => {
        const made = await environmentStack(footprint, { retain: false });
        outputs[stack] = { footprint: await resolved(made) };
      },
      { respond },
    );
  }
  // Workloads on-premises sign in through cells on clouds.
  const others = cloud === "onprem" ? footprint.cells.filter((one) => one.cloud !== cloud) : [];
  for (const cell of others) {
    await inventory(
      async () => {
        const made = await cellStack(footprint, cell as Cell, { retain: false });
        outputs[cell.stack] = { cell: await resolved(made.cell) };
      },
      { stack: cell.stack, respond },
    );
  }
  return outputs;
}

function resolved(value: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    (pulumi.output(value) as pulumi.Output<unknown>).apply(resolve);
  });
}

function responseOf(
  type: string,
  name: string,
  outputs: StackOutputs,
): Record<string, unknown> | undefined {
  if (type === "pulumi:pulumi:StackReference") {
    const found = Object.keys(outputs).find((stack) => name.endsWith(`/${stack}`));
    return { name, outputs: found === undefined ? {} : outputs[found], secretOutputNames: [] };
  }
  if (type === "gcp:logging/projectSink:ProjectSink") {
    return {
      writerIdentity: "serviceAccount:service-123456789012@gcp-sa-logging.iam.gserviceaccount.com",
    };
  }
  if (type === "kubernetes:core/v1:Node") {
    return { metadata: { name, labels: { "topology.kubernetes.io/zone": name.slice(0, -1) } } };
  }
  return undefined;
}

/** The section, which records the inputs that its builder gets. */
function recording(
  section: Section,
  cloud: Cloud,
  into: Map<string, BuiltSection>,
  respond: Respond,
): Section {
  const { [cloud]: on } = section.clouds;
  if (!isSupported(on)) return section;
  const load = async (): Promise<SectionBuilder> => {
    const builder = await on.build();
    return {
      ...(builder.references && { references: builder.references }),
      build(spec: never, cell: never) {
        const { main } = cell as { main?: unknown };
        if (main === undefined) {
          into.set(section.name, {
            section,
            spec,
            with: (changed) => inventory(() => builder.build(changed as never, cell), { respond }),
          });
        }
        return builder.build(spec, cell);
      },
    };
  };
  return { ...section, clouds: { ...section.clouds, [cloud]: { ...on, build: load } } };
}
