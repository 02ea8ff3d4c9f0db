/** The sample footprint under other names. */
import { readFileSync } from "node:fs";
import { aws, gcp, onprem } from "./sample.ts";

const cells = { aws: "aws-use1", gcp: "gcp-euw1", onprem: "onprem-sel" };

/** Files of the sample with an environment and cells of these names, as edits that replace its own. */
export function renamed(
  environment: string,
  names: Partial<typeof cells> = {},
): Record<string, string | null> {
  const all = Object.entries({ ...cells, ...names }).map(
    ([cloud, name]) => [cells[cloud as keyof typeof cells], name] as const,
  );
  const content = (stack: string) => {
    const text = readFileSync(`stacks/config/Pulumi.${stack}.yaml`, "utf8");
    return all.reduce(
      (sum, [from, to]) => sum.replaceAll(new RegExp(`(?<![\\w.-])${from}(?![\\w-])`, "g"), to),
      text.replace("environment: local", `environment: ${environment}`),
    );
  };
  return {
    ...Object.fromEntries(["local", aws, gcp, onprem].map((stack) => [stack, null])),
    ...Object.fromEntries(
      all.map(([from, to]) => [`${environment}.${to}`, content(`local.${from}`)]),
    ),
    [environment]: content("local"),
  };
}
