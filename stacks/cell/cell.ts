/** A cell: one cloud, one region, its network, cluster, node pools and services. The unit of scale and of failure. */
import { cluster as clusterSection } from "../../components/cluster/section.ts";
import type { StackRun } from "../../components/core/component.ts";
import { nodePools as nodePoolsSection } from "../../components/node-pool/section.ts";
import { targetId } from "../../components/provider/target.ts";
import { settingsOf } from "../../footprint/changes/settings.ts";
import type { Cell, Footprint, Names } from "../../footprint/model.ts";
import { settledCell } from "../../footprint/specs/settled.ts";
import { keyOf } from "../environment/keys.ts";
import type { CellOutputs, ClusterOutputs } from "../outputs/cell.ts";
import type { Pending } from "../outputs/pending.ts";
import { readEnvironment } from "../outputs/read.ts";
import { cellOwnership } from "../ownership.ts";
import { deployedResources } from "./deployed.ts";
import type { Built, CellInputs } from "./inputs.ts";

/** The outputs of a cell's stack. The kubeconfig is apart: a secret in an object makes all of it secret for other stacks. */
interface CellStack {
  readonly cell: Pending<CellOutputs>;
  readonly cluster: Pending<ClusterOutputs>;
}

export async function cellStack(
  { registry, environment, cells, plans }: Footprint,
  written: Cell,
  run: StackRun,
): Promise<CellStack> {
  const deployed = written.cloud === "aws" ? await deployedResources() : [];
  const cell = settledCell(written, registry, deployed, addressedZones(plans.dns, written));
  const outputs = await readEnvironment(cell.environment);
  const target = targetId(cell);
  const {
    sections,
    ground = {},
    copies = {},
    ...built
  } = await build({
    registry,
    cells,
    connectivity: plans.connectivity,
    names: plans.dns,
    people: plans.people,
    credentials: environment.credentials,
    environment: outputs,
    cell,
    deployed,
    common: { ownership: cellOwnership(environment, cell), ...run },
    key: (purpose) => keyOf(outputs, target, purpose),
  });
  const cluster = sections.needed(clusterSection, cell.cloud);
  const { pools } = sections.needed(nodePoolsSection, cell.cloud);
  const outputsOfCell = {
    environment: cell.environment,
    cell: cell.name,
    cloud: cell.cloud,
    location: cell.cloud === "onprem" ? cell.site : cell.region,
    cidr: cell.cidr,
    cluster: { name: cluster.clusterName, version: cluster.version },
    nodePools: Object.fromEntries(
      Object.entries(pools).map(([key, pool]) => [
        key,
        { class: pool.class, capacity: pool.capacity },
      ]),
    ),
    services: sections.outputs,
    ...(built.connectivity && { connectivity: built.connectivity }),
    references: sections.references as Pending<CellOutputs["references"]>,
    ...(built.dns && { dns: built.dns }),
    ...(built.people && { people: built.people }),
    ground,
    copies,
    settings: settingsOf(written, registry),
  };
  const { kubeconfig, clusterIdentifier } = cluster;
  return { cell: outputsOfCell, cluster: { kubeconfig, identifier: clusterIdentifier } };
}

/** The zones of its DNS resolvers, which other cells ask. */
function addressedZones(names: Names | undefined, { name }: Cell): string[] {
  const plan = names?.plan.cells[name];
  return plan?.cloud === "aws" ? (plan.resolvers?.zones ?? []).map(({ zone }) => zone) : [];
}

/** Loads only the SDK of the cell's cloud, because SDKs take most of a program's load time. */
async function build(inputs: Omit<CellInputs, "specs">): Promise<Built> {
  const { specs } = inputs.cell;
  switch (specs.cloud) {
    case "aws":
      return (await import("./aws.ts")).awsCell({ ...inputs, specs });
    case "gcp":
      return (await import("./gcp.ts")).gcpCell({ ...inputs, specs });
    case "onprem":
      return (await import("./onprem.ts")).onpremCell({ ...inputs, specs });
  }
}
