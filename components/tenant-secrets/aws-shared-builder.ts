import { cluster } from "../cluster/section.ts";
import { secrets } from "../secrets/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { AwsTenantSecretsRole } from "./aws-shared.ts";
import { TenantSecretsPolicy } from "./shared.ts";

/** Nothing, if the cell has no secrets. */
export function build(
  name: string,
  _tiers: unknown,
  { cell, common, key, built, needed, opts }: SectionBuild<"aws">,
): TenantSecretsPolicy | undefined {
  const operator = built(secrets)?.reader;
  if (operator === undefined) return undefined;
  const { environment, name: cellName, account, region } = cell;
  new AwsTenantSecretsRole(
    `${name}-role`,
    {
      ...common,
      cell: { environment, cell: cellName, account, region },
      keyArn: key("secrets"),
      operator,
    },
    opts(),
  );
  return new TenantSecretsPolicy(name, { ...common, cluster: needed(cluster) }, opts());
}
