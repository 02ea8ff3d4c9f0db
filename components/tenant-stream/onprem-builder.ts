import type { TenantBuild } from "../section/tenant-build.ts";
import { stream } from "../stream/section.ts";
import { namespaces } from "../tenant-namespaces/section.ts";
import { OnpremTenantStream } from "./onprem.ts";
import type { OnpremTenantStreamSpec } from "./schema.ts";

export function build(
  spec: OnpremTenantStreamSpec,
  { name, common, opts, ofCell, needed, cluster }: TenantBuild<"onprem">,
): OnpremTenantStream {
  const kafka = ofCell(stream, "name of its Kafka cluster", ({ cluster: found }) =>
    found?.cloud === "onprem" ? found : undefined,
  );
  return new OnpremTenantStream(
    name,
    {
      ...common,
      spec,
      stream: {
        cluster: kafka.name,
        namespace: kafka.namespace,
        authoritySecret: kafka.authoritySecret,
        bootstrapServers: ofCell(stream, "bootstrap servers", (found) => found.bootstrapServers),
      },
      cluster,
    },
    opts({ dependsOn: needed(namespaces) }),
  );
}
