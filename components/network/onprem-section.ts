import type { z } from "zod";
import type { SectionBuild } from "../section/build.ts";
import { OnpremNetwork } from "./onprem.ts";
import type { onpremNetworkSchema } from "./schema.ts";

export function build(
  spec: z.output<typeof onpremNetworkSchema>,
  { name, common, opts }: SectionBuild<"onprem">,
): OnpremNetwork {
  return new OnpremNetwork(name, { ...common, spec }, opts());
}
