/** A cell on Kubernetes of one's own. */
import { OnpremCluster } from "../components/cluster/onprem.ts";
import { OnpremNetwork } from "../components/network/onprem.ts";
import { OnpremNodePools } from "../components/node-pool/onprem.ts";
import type { Built, CellInputs } from "./cell-build.ts";
import { onpremServices } from "./cell-onprem-services.ts";
import type { OnpremCellSpecs } from "./cell-sections.ts";
import { stackSecret } from "./config.ts";
import type { Cell } from "./footprint.ts";

export interface OnpremCellInputs extends CellInputs<OnpremCellSpecs> {
  /** All cells of the environment, this one included. */
  readonly cells: readonly Cell[];
}

export async function onpremCell(inputs: OnpremCellInputs): Promise<Built> {
  const { specs, common } = inputs;
  new OnpremNetwork("network", { ...common, spec: specs.network });
  const kubeconfig = stackSecret(specs.cluster.kubeconfig.configKey);
  const cluster = new OnpremCluster("cluster", { ...common, spec: specs.cluster, kubeconfig });
  const nodePools = new OnpremNodePools(
    "node-pools",
    { ...common, spec: specs.nodePools, cluster },
    { providers: { kubernetes: cluster.provider } },
  );
  return { cluster, nodePools, services: await onpremServices(inputs, { cluster, nodePools }) };
}
