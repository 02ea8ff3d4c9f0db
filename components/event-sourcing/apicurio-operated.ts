/** What the Deployment of Apicurio Registry runs. Pure. */
import type { Operated } from "../core/operated.ts";
import { labels, ports } from "./apicurio-objects.ts";

export function operatedRegistry(): Operated {
  return {
    source: "apicurio-objects.ts; Apicurio Registry 3.3.1",
    pods: { registry: { ...labels, "pod-template-hash": "5d9c7b8f6d" } },
    connections: [
      { from: "client", to: "registry", port: ports.http, why: "reads and registers schemas" },
      { from: "registry", to: "database", port: ports.postgres, why: "stores schemas" },
    ],
  };
}
