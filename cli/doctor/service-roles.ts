/**
 * Service-linked roles of AWS that are not created by their service when it is first used: docs/service-linked-roles.md. Only the account
 * of the credentials is asked.
 */
import os from "node:os";
import type { AwsAuditSpec } from "../../components/audit/schema.ts";
import type { Footprint } from "../../footprint/model.ts";
import { run } from "../engine/spawn.ts";
import { type Finding, missing, note, ok } from "./finding.ts";

const configRole = "AWSServiceRoleForConfig";
const spotRole = "AWSServiceRoleForEC2Spot";

/** What is read of a footprint. */
export interface Examined {
  readonly environment: Pick<Footprint["environment"], "name"> & {
    readonly specs: { readonly audit: { readonly accounts: AuditedAccounts } };
  };
  readonly cells: readonly { readonly cloud: string; readonly account?: string }[];
}

type AuditedAccounts = Readonly<
  Record<
    string,
    Pick<AwsAuditSpec, "ownsAccount"> & { config: Pick<AwsAuditSpec["config"], "serviceRole"> }
  >
>;

/** No finding where the AWS CLI is not installed or refuses: the credentials have their own finding. */
export async function serviceRoleFindings(footprints: readonly Examined[]): Promise<Finding[]> {
  const account = (await ask("sts", "get-caller-identity", "--query", "Account"))?.stdout.trim();
  if (account === undefined || account === "") return [];
  const findings: Finding[] = [];
  for (const { environment, cells } of footprints) {
    const audit = environment.specs.audit.accounts[account];
    if (audit?.ownsAccount === true)
      findings.push(await configFinding(environment.name, account, audit.config.serviceRole));
    if (cells.some((cell) => cell.cloud === "aws" && cell.account === account))
      findings.push(await spotFinding(environment.name, account));
  }
  return findings;
}

/** Config does not create its role, and a role that exists cannot be created. */
async function configFinding(
  environment: string,
  account: string,
  wanted: "create" | "present",
): Promise<Finding> {
  const what = `${environment}: ${configRole} in ${account}`;
  const exists = await has(configRole);
  if (exists === undefined) return unseen(what);
  const field = `audit.accounts."${account}".config.serviceRole`;
  if (exists && wanted === "create")
    return note(what, "exists", `unless Atoll has created it, set ${field}: present`);
  if (!exists && wanted === "present")
    return missing(what, "does not exist", `set ${field}: create`);
  return ok(what, exists ? "exists" : "Atoll creates it");
}

async function spotFinding(environment: string, account: string): Promise<Finding> {
  const what = `${environment}: ${spotRole} in ${account}`;
  const exists = await has(spotRole);
  if (exists === undefined) return unseen(what);
  return ok(what, exists ? "exists" : "EC2 creates it for Karpenter with the first Spot Instance");
}

function unseen(what: string): Finding {
  return note(what, "not checked: the request was refused", "allow iam:GetRole to check it");
}

/** @returns undefined when the answer does not say */
async function has(role: string): Promise<boolean | undefined> {
  const ended = await ask("iam", "get-role", "--role-name", role, "--query", "Role.RoleName");
  if (ended?.code === 0) return true;
  return ended?.stderr.includes("NoSuchEntity") ? false : undefined;
}

async function ask(...args: string[]) {
  try {
    const settings = { cwd: os.tmpdir(), env: process.env };
    return await run("aws", [...args, "--output", "text"], settings);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return undefined;
  }
}
