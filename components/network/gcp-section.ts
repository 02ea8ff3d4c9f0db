import type { z } from "zod";
import type { SectionBuild } from "../section/build.ts";
import { GcpNetwork } from "./gcp.ts";
import type { gcpNetworkSchema } from "./schema.ts";

export function build(
  spec: z.output<typeof gcpNetworkSchema>,
  { name, common, opts }: SectionBuild<"gcp">,
): GcpNetwork {
  return new GcpNetwork(name, { ...common, spec }, opts());
}
