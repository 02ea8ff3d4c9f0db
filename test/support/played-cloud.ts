/** The embedded cloud without engine and network: the calls of its server, on an empty file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { Clouds } from "../../simulator/clouds.ts";
import { type FaultPlan, Faults } from "../../simulator/faults.ts";
import { Kubernetes } from "../../simulator/kubernetes/behaviour.ts";
import { Provider, type Wanted } from "../../simulator/provider.ts";
import { type Resource, Store } from "../../simulator/store.ts";
import type { Bag } from "../../simulator/wire.ts";

export const configs: Record<string, Bag> = {
  aws: { region: "us-east-1" },
  gcp: { project: "acme-test", region: "europe-west1" },
};

/** A kubeconfig for a server, optionally with a simulated site. */
export function kubeconfig(server: string, site?: Bag): string {
  const extensions = site && [{ name: "atoll.dev/rehearsal", extension: site }];
  return stringify({
    "current-context": "c",
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    clusters: [{ name: "c", cluster: { server, extensions } }],
  });
}

export interface Played {
  readonly store: Store;
  /** Checks and creates a resource as the engine does; throws the cloud's error. */
  make(type: string, name: string, inputs: Bag, config?: Bag): Resource;
  check(type: string, name: string, inputs: Bag, config?: Bag): ReturnType<Provider["check"]>;
  update(resource: Resource, inputs: Bag, config?: Bag): Resource;
  delete(resource: Resource, config?: Bag): void;
  provider(pack: string): Provider;
  wanted(type: string, name: string, inputs: Bag, config?: Bag): Wanted;
  stop(): void;
}

export function playedCloud(faults: FaultPlan = {}): Played {
  const folder = mkdtempSync(path.join(tmpdir(), "atoll-played-"));
  const store = new Store(path.join(folder, "cloud.db"));
  const plan = new Faults(faults);
  const clouds = new Provider(store, plan, new Clouds(store));
  const kubernetes = new Provider(store, plan, new Kubernetes(store));
  const provider = (pack: string) => (pack === "kubernetes" ? kubernetes : clouds);
  const packageOf = (type: string) => type.split(":")[0] ?? "";
  const wanted = (type: string, name: string, values: Bag, config?: Bag): Wanted => ({
    urn: `urn:pulumi:test::rig::${type}::${name}`,
    type,
    values,
    secrets: [],
    config: config ?? configs[packageOf(type)] ?? {},
  });
  const make: Played["make"] = (type, name, inputs, config) => {
    const asked = wanted(type, name, inputs, config);
    const checked = provider(packageOf(type)).check(asked, {});
    if (checked.failures.length > 0) throw new Error(JSON.stringify(checked.failures));
    return provider(packageOf(type)).create({ ...asked, values: checked.inputs });
  };
  return {
    store,
    make,
    provider,
    wanted,
    check: (type, name, inputs, config) =>
      provider(packageOf(type)).check(wanted(type, name, inputs, config), {}),
    update: (resource, inputs, config) => {
      const name = resource.urn.split("::").at(-1) ?? "";
      const asked = wanted(resource.type, name, inputs, config);
      return provider(packageOf(resource.type)).update(asked, resource.id, resource.state);
    },
    delete: (resource, config) => {
      const name = resource.urn.split("::").at(-1) ?? "";
      const asked = wanted(resource.type, name, resource.state, config);
      provider(packageOf(resource.type)).delete(asked, resource.id);
    },
    stop: () => {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
