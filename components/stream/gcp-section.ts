import { network } from "../network/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { GcpStream } from "./gcp.ts";
import type { GcpStreamSpec } from "./gcp-schema.ts";

export function build(spec: GcpStreamSpec, cell: SectionBuild<"gcp">): GcpStream {
  return new GcpStream(
    cell.name,
    { ...cell.common, spec, network: cell.needed(network), keys: { data: cell.key("streams") } },
    cell.opts(),
  );
}
