/** An environment's resources on AWS: in each account with cells its keys, audit trail, budgets and deployers. */
import type { ComponentResourceOptions, ProviderResource } from "@pulumi/pulumi";
import { AwsAudit } from "../../components/audit/aws.ts";
import { AwsDetection } from "../../components/audit/aws-detection.ts";
import type { AwsAuditSpec } from "../../components/audit/schema.ts";
import { AwsBudget } from "../../components/budget/aws.ts";
import { AwsDeployers } from "../../components/identity/aws-deployers.ts";
import { AwsKeys, type AwsKeysArgs } from "../../components/keys/aws.ts";
import { lookUpAwsKeys } from "../../components/keys/aws-existing.ts";
import type { AwsKeysSpec } from "../../components/keys/schema.ts";
import { awsProvider } from "../../components/provider/aws.ts";
import { targetId } from "../../footprint/specs/cell-target.ts";
import { cellOwnership } from "../ownership.ts";
import type { AwsEnvironment, EnvironmentInputs } from "./inputs.ts";

/** An account in one region, with its provider. */
interface Place {
  readonly region: string;
  /** `aws-<account>-<region>` */
  readonly target: string;
  readonly provider: ProviderResource;
  readonly opts: ComponentResourceOptions;
}

/** An account: the region of its audit trail, and the regions of its cells. */
interface Account {
  readonly id: string;
  readonly home: Place;
  readonly cells: readonly Place[];
}

export async function awsEnvironment(inputs: EnvironmentInputs): Promise<AwsEnvironment> {
  const { audit } = inputs.environment.specs;
  const planned = await Promise.all(
    Object.values(audit.accounts).map(async (spec) => {
      const account = accountOf(inputs, spec);
      return { spec, account, found: await existingKeys(inputs, account) };
    }),
  );
  const accounts = planned.map(({ spec, account, found }) => {
    const keys = buildKeys(inputs, account, found);
    const trail = buildAudit(inputs, account, spec);
    buildBudgets(inputs, account);
    const deployers = buildDeployers(inputs, account);
    return { id: account.id, cells: account.cells, keys, trail, deployers };
  });
  return {
    places: Object.fromEntries(
      accounts.flatMap(({ cells, keys }) =>
        cells.flatMap(({ target, provider }) => {
          const { logs: logsKey, secrets: secretsKey } = keys[target] ?? {};
          if (logsKey === undefined || secretsKey === undefined) return [];
          return [[target, { provider, logsKey, secretsKey }]];
        }),
      ),
    ),
    keys: Object.assign({}, ...accounts.map(({ keys }) => keys)),
    audit: Object.fromEntries(
      accounts.map(({ id, trail }) => [
        id,
        {
          bucket: trail.archive,
          serviceLogs: trail.serviceLogsBucket,
          retentionDays: trail.retentionDays,
          trail: trail.trailArn,
          key: trail.archiveKeyArn,
        },
      ]),
    ),
    deployers: Object.fromEntries(
      accounts.flatMap(({ id, deployers }) => (deployers ? [[id, deployers.roleArns]] : [])),
    ),
  };
}

function accountOf(
  { environment }: EnvironmentInputs,
  { account, region }: Pick<AwsAuditSpec, "account" | "region">,
): Account {
  const placeIn = (region: string): Place => {
    const target = targetId({ cloud: "aws", account, region });
    const provider = awsProvider(target, { account, region }, environment.credentials);
    return { region, target, provider, opts: { providers: { aws: provider } } };
  };
  const home = placeIn(region);
  const { regions = [] } = environment.specs.targets.accounts[account] ?? {};
  const cells = regions.map((other) => (other === region ? home : placeIn(other)));
  return { id: account, home, cells };
}

/** What AWS says of existing keys, by region. */
type KeysFound = Readonly<
  Record<string, Pick<AwsKeysArgs, "facts"> & Pick<AwsKeysSpec, "existing">>
>;

async function existingKeys(
  { environment }: EnvironmentInputs,
  { id, cells }: Account,
): Promise<KeysFound> {
  const byRegion = environment.keys.existing?.accounts[id] ?? {};
  const found = cells.map(async ({ region, provider }) => {
    const existing = byRegion[region];
    if (existing === undefined) return [];
    return [[region, { existing, facts: await lookUpAwsKeys(existing, { provider }) }] as const];
  });
  return Object.fromEntries((await Promise.all(found)).flat());
}

/** The keys of each target. The archive has its own key. */
function buildKeys({ common }: EnvironmentInputs, { id, cells }: Account, found: KeysFound) {
  return Object.fromEntries(
    cells.map(({ region, target, opts }) => {
      const { existing, facts } = found[region] ?? {};
      const spec = { cloud: "aws", account: id, region, ...(existing && { existing }) } as const;
      const args = { ...common, spec, ...(facts && { facts }) };
      return [target, new AwsKeys(`keys-${target}`, args, opts).references];
    }),
  );
}

/** The trail in the home region, and threat detection in every other region with cells. */
function buildAudit({ common }: EnvironmentInputs, account: Account, spec: AwsAuditSpec): AwsAudit {
  const { id, home, cells } = account;
  const audit = new AwsAudit(`audit-aws-${id}`, { ...common, spec }, home.opts);
  const others = spec.ownsAccount ? cells.filter((place) => place !== home) : [];
  for (const { region, target, opts } of others) {
    new AwsDetection(
      `detection-${target}`,
      {
        ...common,
        region,
        frameworks: spec.frameworks,
        runtimeMonitoring: spec.guardDuty.runtimeMonitoring,
        recorder: {
          account: id,
          region,
          recording: spec.config.recording,
          global: false,
          bucketName: audit.configBucket,
          keyArn: audit.archiveKeyArn,
          after: [audit],
        },
      },
      opts,
    );
  }
  return audit;
}

function buildBudgets({ environment, cells, common }: EnvironmentInputs, account: Account): void {
  const { budget } = environment.specs;
  const { opts } = account.home;
  const whole = budget.accounts[account.id];
  if (whole) new AwsBudget(`budget-aws-${account.id}`, { ...common, spec: whole }, opts);
  for (const cell of cells) {
    const spec = budget.cells[cell.name];
    if (spec?.cloud !== "aws" || spec.account !== account.id) continue;
    const ownership = cellOwnership(environment, cell);
    new AwsBudget(`budget-cell-${cell.name}`, { ...common, ownership, spec }, opts);
  }
}

function buildDeployers(
  { environment, common }: EnvironmentInputs,
  { id, home }: Account,
): AwsDeployers | undefined {
  const spec = environment.specs.deployers.accounts[id];
  return spec && new AwsDeployers(`deployers-aws-${id}`, { ...common, spec }, home.opts);
}
