import type { SectionBuild } from "../section/build.ts";
import { OnpremCluster } from "./onprem.ts";
import type { OnpremClusterSpec } from "./schema.ts";

export function build(
  spec: OnpremClusterSpec,
  { name, common, secret, opts }: SectionBuild<"onprem">,
): OnpremCluster {
  const kubeconfig = secret(spec.kubeconfig.configKey);
  return new OnpremCluster(name, { ...common, spec, kubeconfig }, opts());
}
