import { gcpProvider } from "../provider/gcp.ts";
import type { SectionBuild } from "../section/build.ts";
import { OnpremCluster } from "./onprem.ts";
import type { OnpremClusterSpec } from "./schema.ts";

export function build(
  spec: OnpremClusterSpec,
  { name, common, secret, credentials, opts }: SectionBuild<"onprem">,
): OnpremCluster {
  const { fleet } = spec;
  const kubeconfig = secret(spec.kubeconfig.configKey);
  // A site has no provider of Google Cloud: this one is only for the fleet's project.
  const own = fleet && { providers: { gcp: gcpProvider(`${name}-fleet`, fleet, credentials) } };
  return new OnpremCluster(name, { ...common, spec, kubeconfig }, opts(own));
}
