/** `atoll tenant new`: writes a tenant's file, checked together with all others, and deploys the tenant. */
import path from "node:path";
import type { Problem } from "../../../components/core/errors.ts";
import { configFile } from "../../../footprint/files/config-files.ts";
import { planCandidates } from "../../../footprint/tenants/candidates.ts";
import { type ExitCode, exitCodes } from "../../failure.ts";
import type { Io } from "../../io.ts";
import { thisProject } from "../../project.ts";
import { up } from "../up.ts";
import { tenantFile, writeAll } from "./files.ts";
import { openTenants, refuse } from "./open.ts";

export interface NewTenant {
  readonly id: string;
  readonly env?: string;
  readonly cell: string;
  readonly tier: string;
  readonly hostname?: readonly string[];
  readonly residency?: string;
  /** False to write the file only. */
  readonly up: boolean;
  readonly rehearse?: boolean;
  readonly yes?: boolean;
}

export async function newTenant(io: Io, options: NewTenant): Promise<ExitCode> {
  const { id, cell, tier, hostname = [], residency } = options;
  const project = thisProject();
  const { environment, footprint, stacks } = await openTenants(project, options.env);
  const stack = `${environment}.${id}`;
  const manifest = {
    kind: "tenant",
    environment,
    cell,
    tier,
    ...(residency === undefined ? {} : { residency }),
    ...(hostname.length === 0 ? {} : { hostnames: [...hostname] }),
  };
  const problems: Problem[] = [];
  planCandidates(project.configDir, footprint, stacks, [{ stack, manifest }], false, problems);
  refuse(`tenant "${id}" cannot be created; nothing was written`, problems);
  const file = path.join(project.configDir, configFile(stack));
  writeAll(new Map([[file, tenantFile(project.configDir, stack, manifest)]]));
  io.note(`wrote ${path.relative(process.cwd(), file)}`);
  if (!options.up) {
    io.note(`deploy it: npx atoll up ${stack}`);
    io.result({ stack, file });
    return exitCodes.done;
  }
  const { rehearse, yes } = options;
  return up(io, {
    asked: stack,
    ...(rehearse === undefined ? {} : { rehearse }),
    ...(yes === undefined ? {} : { yes }),
  });
}
