/** The audit trails of an environment, as a section of its manifest. */

import { z } from "zod";
import type { Problem } from "../core/errors.ts";
import type { EnvironmentContext } from "../section/environment-section.ts";
import { byTarget, defineEnvironmentSection, unreadCells } from "../section/environment-section.ts";
import { auditChanges } from "./changes.ts";
import { type AuditSettings, auditSettings } from "./environment-schema.ts";
import { type AuditSpecs, auditSpecs } from "./environment-specs.ts";
import { lockOf } from "./schema.ts";

/** Where audit records are, and how many days they are kept. */
const archive = z.object({ bucket: z.string(), retentionDays: z.number() });

const outputs = z.object({
  /** By account id. */
  accounts: z.record(
    z.string(),
    archive.extend({ serviceLogs: z.string(), trail: z.string(), key: z.string() }),
  ),
  /** By project id. */
  projects: z.record(z.string(), archive),
  /** How to start on-premises API servers: the flags, and the content of the `audit-policy-file`. */
  sites: z
    .object({
      retentionDays: z.number(),
      flags: z.record(z.string(), z.string()),
      policy: z.string(),
    })
    .optional(),
});

export const audit = defineEnvironmentSection({
  name: "audit",
  page: "components/audit",
  about: "The audit trails of its accounts, projects and sites.",
  settings: auditSettings,
  changes: auditChanges,
  compared: withDecided,
  required: "defaulted",
  entries: (settings: AuditSettings) => byTarget(settings),
  check: sitesProblems,
  spec: auditSpecs,
  homes: ({ accounts, projects }: AuditSpecs) => ({
    accounts: regionsOf(accounts),
    projects: regionsOf(projects),
  }),
  build: () => import("./environment.ts"),
  outputs,
  outputsOf: (built: unknown) => built,
});

function sitesProblems({ onprem }: AuditSettings, environment: EnvironmentContext): Problem[] {
  const { file, targets } = environment;
  if (onprem === undefined || targets.sites || unreadCells(environment).length > 0) return [];
  return [{ path: `${file}: audit.onprem`, message: "must be omitted: no cell is on-premises" }];
}

function regionsOf(specs: Readonly<Record<string, { readonly region: string }>>) {
  return Object.fromEntries(Object.entries(specs).map(([id, { region }]) => [id, region]));
}

/** The settings with the days that archives are locked for, and the regions of accounts and projects. */
function withDecided(settings: AuditSettings, { accounts, projects }: AuditSpecs) {
  const days = [...Object.values(accounts), ...Object.values(projects)].map(
    (spec) => lockOf(spec).days,
  );
  const placed = (
    written: Readonly<Record<string, object>>,
    specs: Readonly<Record<string, { readonly region: string }>>,
  ) =>
    Object.fromEntries(
      Object.entries(specs).map(([id, { region }]) => [id, { ...written[id], region }]),
    );
  return {
    ...settings,
    ...(days.length > 0 && { retentionDays: Math.max(...days) }),
    accounts: placed(settings.accounts, accounts),
    projects: placed(settings.projects, projects),
  };
}
