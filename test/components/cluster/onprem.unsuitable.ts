/** A program whose cluster does not meet its manifest, run by onprem.test.ts; it prints the result. */
import * as kubernetes from "@pulumi/kubernetes";
import { OnpremCluster } from "../../../components/cluster/onprem.ts";
import { inventory } from "../../support/inventory.ts";

const errors = new Set<unknown>();
process.on("unhandledRejection", (error) => errors.add(error));

const registered = await inventory(
  () => {
    const cluster = new OnpremCluster("cluster", {
      ownership: {
        environment: "prod",
        cell: "onprem-sel",
        owner: "platform",
        costCentre: "cc-100",
        dataClass: "internal",
      },
      kubeconfig: "apiVersion: v1",
      spec: {
        cloud: "onprem",
        name: "prod-onprem-sel",
        version: "1.35",
        kubeconfig: { configKey: "kubeconfig" },
        nodes: ["sel-a1"],
        podCidr: "10.40.128.0/17",
        fleet: { project: "acme-prod", membership: "sel", issuer: "https://issuer.acme.example" },
      },
    });
    new kubernetes.core.v1.Namespace("shop", {}, { provider: cluster.provider });
  },
  {
    respond: () => ({
      spec: { podCIDR: "10.244.3.0/25", podCIDRs: ["10.244.3.0/25"] },
      status: { allocatable: { pods: "250" }, nodeInfo: { kubeletVersion: "v1.33.1" } },
    }),
  },
);
await new Promise((done) => setTimeout(done, 50));
console.log(
  JSON.stringify({
    registered: registered.map(({ type, name }) => `${type} ${name}`),
    errors: [...errors].map((error) => ({
      ...(error as object),
      shown: (error as Error).stack,
    })),
  }),
);
