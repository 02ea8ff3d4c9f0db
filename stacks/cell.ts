/** A cell: one cloud, one region, its network, cluster and node pools. The unit of scale and of failure. */
import { type ClusterContract, createCluster } from "../components/cluster/cluster.ts";
import type { ComponentArgs } from "../components/core/component.ts";
import { createNetwork } from "../components/network/network.ts";
import { createNodePools, type NodePoolsContract } from "../components/node-pool/node-pool.ts";
import { createProviders } from "../components/provider/provider.ts";
import { stackSecret } from "./config.ts";
import { type CellKeys, keysOf } from "./environment-keys.ts";
import type { Cell, Footprint } from "./footprint.ts";
import { landingId, landingOf } from "./landing.ts";
import { type CellOutputs, type Pending, readEnvironment } from "./outputs.ts";
import { cellOwnership } from "./ownership.ts";

export async function cellStack(
  { environment }: Footprint,
  cell: Cell,
  retain: boolean,
): Promise<Pending<CellOutputs>> {
  const landing = landingOf(cell);
  const keys = keysOf(await readEnvironment(cell.environment), landingId(landing));
  const common = { ownership: cellOwnership(environment, cell), retain };
  const { cluster, nodePools } = build(cell, common, keys, createProviders(cell.name, landing));
  return {
    environment: cell.environment,
    cell: cell.name,
    cloud: cell.cloud,
    location: cell.cloud === "onprem" ? cell.site : cell.region,
    cidr: cell.cidr,
    cluster: { name: cluster.clusterName, version: cluster.version },
    nodePools: Object.fromEntries(
      Object.entries(nodePools.pools).map(([key, pool]) => [
        key,
        { class: pool.class, capacity: pool.capacity },
      ]),
    ),
  };
}

interface Built {
  readonly cluster: ClusterContract;
  readonly nodePools: NodePoolsContract;
}

function build(
  { specs }: Cell,
  common: ComponentArgs,
  keys: CellKeys,
  providers: ReturnType<typeof createProviders>,
): Built {
  switch (specs.cloud) {
    case "aws": {
      const { cloud } = specs;
      const opts = { providers };
      const network = createNetwork(
        "network",
        { cloud, ...common, spec: specs.network, logsKeyArn: keys.logs },
        opts,
      );
      const cluster = createCluster(
        "cluster",
        { cloud, ...common, spec: specs.cluster, network, keys },
        opts,
      );
      const nodePools = createNodePools(
        "node-pools",
        { cloud, ...common, spec: specs.nodePools, cluster },
        // Not only the subnets: a node that cannot reach the registry yet never becomes ready.
        { providers: { ...providers, kubernetes: cluster.provider }, dependsOn: network },
      );
      return { cluster, nodePools };
    }
    case "gcp": {
      const { cloud } = specs;
      const opts = { providers };
      const network = createNetwork("network", { cloud, ...common, spec: specs.network }, opts);
      const cluster = createCluster(
        "cluster",
        { cloud, ...common, spec: specs.cluster, network, keys },
        // Making a cluster makes nodes too, if only for minutes: see the node pools.
        { ...opts, dependsOn: network },
      );
      const nodePools = createNodePools(
        "node-pools",
        { cloud, ...common, spec: specs.nodePools, cluster },
        // Not only the subnets: a node that cannot reach the registry yet never becomes ready.
        { providers: { ...providers, kubernetes: cluster.provider }, dependsOn: network },
      );
      return { cluster, nodePools };
    }
    case "onprem": {
      const { cloud } = specs;
      createNetwork("network", { cloud, ...common, spec: specs.network });
      const kubeconfig = stackSecret(specs.cluster.kubeconfig.configKey);
      const cluster = createCluster("cluster", {
        cloud,
        ...common,
        spec: specs.cluster,
        kubeconfig,
      });
      const nodePools = createNodePools(
        "node-pools",
        { cloud, ...common, spec: specs.nodePools, cluster },
        { providers: { kubernetes: cluster.provider } },
      );
      return { cluster, nodePools };
    }
  }
}
