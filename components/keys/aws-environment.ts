/** The keys of an environment's AWS accounts, in each region with cells. */
import type { EnvironmentAccount, EnvironmentBuild } from "../section/environment.ts";
import { AwsKeys, type AwsKeysArgs } from "./aws.ts";
import { lookUpAwsKeys } from "./aws-existing.ts";
import type { KeyRing } from "./key-rings.ts";
import type { AwsKeysSpec, KeysSettings } from "./schema.ts";

/** What AWS says of existing keys, by region. */
type KeysFound = Readonly<
  Record<string, Pick<AwsKeysArgs, "facts"> & Pick<AwsKeysSpec, "existing">>
>;

/** By target id. */
export async function accountKeys(
  settings: KeysSettings,
  { accounts, common }: EnvironmentBuild,
): Promise<Record<string, KeyRing>> {
  const planned = await Promise.all(
    accounts.map(async (account) => ({ account, found: await existingKeys(settings, account) })),
  );
  return Object.fromEntries(
    planned.flatMap(({ account: { id, cells }, found }) =>
      cells.map(({ region, target, opts }) => {
        const { existing, facts } = found[region] ?? {};
        const spec = { cloud: "aws", account: id, region, ...(existing && { existing }) } as const;
        const args = { ...common, spec, ...(facts && { facts }) };
        return [target, new AwsKeys(`keys-${target}`, args, opts).references] as const;
      }),
    ),
  );
}

async function existingKeys(
  { existing }: KeysSettings,
  { id, cells }: EnvironmentAccount,
): Promise<KeysFound> {
  const byRegion = existing?.accounts[id] ?? {};
  const found = cells.map(async ({ region, provider }) => {
    const keys = byRegion[region];
    if (keys === undefined) return [];
    return [[region, { existing: keys, facts: await lookUpAwsKeys(keys, { provider }) }] as const];
  });
  return Object.fromEntries((await Promise.all(found)).flat());
}
