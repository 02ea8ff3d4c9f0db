/** The embedded cloud: one provider server for AWS, Google Cloud and Kubernetes, on a file that several processes can share. */
import path from "node:path";
import { Clouds } from "./clouds.ts";
import { type FaultPlan, Faults, plannedFaults } from "./faults.ts";
import { Kubernetes } from "./kubernetes/behaviour.ts";
import { newServer, serveOnLoopback } from "./loopback.ts";
import { Provider } from "./provider.ts";
import { Providers } from "./providers.ts";
import { service } from "./server.ts";
import { Store } from "./store.ts";

export interface CloudOptions {
  /** The folder of the rehearsal's state, with `cloud.db`. */
  readonly stateDir: string;
  /** Default: the plan of the environment variable ATOLL_FAULTS, or none. */
  readonly faults?: FaultPlan;
}

export interface Cloud {
  /** The loopback port, for `PULUMI_DEBUG_PROVIDERS`. */
  readonly port: number;
  stop(): Promise<void>;
}

/** Packages that the cloud simulates. */
export const playedPackages = ["aws", "gcp", "kubernetes"] as const;

/** The file in a rehearsal's state folder with the deployed resources. */
export function cloudFile(stateDir: string): string {
  return path.join(stateDir, "cloud.db");
}

/** The value of `PULUMI_DEBUG_PROVIDERS` that attaches an engine to a cloud. */
export function attachment(port: number): string {
  return playedPackages.map((pack) => `${pack}:${port}`).join(",");
}

/** Starts a server on a free loopback port, for this user only. */
export async function startCloud({ stateDir, faults }: CloudOptions): Promise<Cloud> {
  const store = new Store(cloudFile(stateDir));
  const plan = new Faults(faults ?? plannedFaults(), (urn) => store.nextAttempt(urn));
  const clouds = new Provider(store, plan, new Clouds(store));
  const kubernetes = new Provider(store, plan, new Kubernetes(store));
  const server = newServer();
  const { definition, handlers } = service({
    store,
    providers: new Providers(store),
    provider: (pack) => (pack === "kubernetes" ? kubernetes : clouds),
  });
  server.addService(definition, handlers);
  const served = await serveOnLoopback(server);
  return {
    port: served.port,
    stop: () => {
      served.stop();
      store.close();
      return Promise.resolve();
    },
  };
}
