/** Sections that are not Atoll's, and the sample footprint with them. */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { Ajv } from "ajv";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { BlueprintError, type Problem } from "../../components/core/errors.ts";
import { keys } from "../../components/keys/environment-section.ts";
import type { EnvironmentBuild } from "../../components/section/environment.ts";
import {
  byTarget,
  defineEnvironmentSection,
  type EnvironmentContext,
} from "../../components/section/environment-section.ts";
import { oneResource, verbs } from "../../components/section/grant.ts";
import { defineSection } from "../../components/section/section.ts";
import { sectionsWith } from "../../components/sections.ts";
import { loadFootprint } from "../../footprint/load.ts";
import { environmentRegistry } from "../../footprint/manifest/environment.ts";
import { ownSchemas } from "../../tools/generate/own-schemas.ts";
import type { Edit } from "./sample.ts";

/** An environment's pager: who is called, and an alarm topic per account. */
const pagerSettings = z.strictObject({
  team: z.string().min(2).describe("Who is called."),
  accounts: z.record(z.string(), z.strictObject({ loud: z.boolean().default(false) })).default({}),
  projects: z.record(z.string(), z.strictObject({})).default({}),
  secret: z.strictObject({ configKey: z.string() }).optional(),
  logs: z.strictObject({ days: z.number() }).optional(),
});
type Pager = z.output<typeof pagerSettings>;

export const pager = defineEnvironmentSection({
  name: "pager",
  about: "Who is called when an alarm rings.",
  settings: pagerSettings,
  entries: (settings: Pager) => byTarget(settings),
  check: (settings: Pager | undefined, { file, names }: EnvironmentContext): Problem[] =>
    settings && names.includes(settings.team)
      ? [{ path: `${file}: pager.team`, message: "must not be a cell", got: settings.team }]
      : [],
  spec: ({ accounts }: Pager, { targets }: EnvironmentContext) =>
    Object.keys(targets.accounts).map((id) => ({ id, loud: accounts[id]?.loud ?? false })),
  logRetention: [["logs", "days"]],
  configKeys: ({ secret }: Pager) => ({ secret: secret?.configKey }),
  build: () =>
    Promise.resolve({
      build: (spec: readonly { id: string; loud: boolean }[], environment: EnvironmentBuild) =>
        spec.map(({ id, loud }) => {
          const home = environment.accounts.find((account) => account.id === id)?.home;
          const key = environment.built(keys)?.rings[home?.target ?? ""]?.logs;
          const alarm = new pulumi.ComponentResource("own:pager:Alarm", `pager-${id}`, {
            loud,
            key,
          });
          return alarm.urn;
        }),
    }),
  outputs: z.object({ alarms: z.array(z.string()) }),
  outputsOf: (alarms: unknown) => ({ alarms }),
});

/** A cell's mailbox, which workloads may be granted. */
const grant = z.strictObject({
  kind: z.literal("mailbox"),
  name: oneResource(),
  may: verbs(["send"]),
});
interface Mailbox {
  readonly arn: string;
}
const mailboxSettings = z.strictObject({ boxes: z.record(z.string(), z.strictObject({})) });
const mailboxOutputs = z.object({ names: z.array(z.string()) });

export const mailbox = defineSection({
  name: "mailbox",
  component: "mailbox",
  clouds: {
    aws: {
      settings: mailboxSettings,
      spec: mailboxSettings.extend({ cloud: z.literal("aws") }),
      build: () =>
        Promise.resolve({
          build: (spec: z.output<typeof mailboxSettings>) => Object.keys(spec.boxes),
          references: (names: readonly string[]) =>
            Object.fromEntries(
              names.map((name) => [name, { arn: `arn:aws:ses:us-east-1:111122223333:${name}` }]),
            ),
        }),
    },
    gcp: { unsupported: "has no mail: use a mailbox on AWS" },
    onprem: { unsupported: "has no mail: use a mailbox on AWS" },
  },
  grant: {
    kind: "mailbox",
    fields: ["arn"],
    aws: {
      schema: grant,
      statements: (_grant: z.output<typeof grant>, { arn }: Mailbox) => [
        { sid: "Mail", actions: ["ses:SendEmail"], resources: arn },
      ],
    },
    gcp: { schema: grant, roles: () => [] },
  },
  granted: ({ boxes }) => Object.keys((boxes as object | undefined) ?? {}),
  outputs: mailboxOutputs,
  outputsOf: (names: readonly string[]) => ({ names }),
});

export const cells = sectionsWith([mailbox]);
export const environments = environmentRegistry([pager]);
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

export function sample(edits: Record<string, Edit>): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "own-sections-"));
  folders.push(folder);
  cpSync(path.resolve("stacks/config"), folder, { recursive: true });
  for (const [stack, edit] of Object.entries(edits)) {
    const file = path.join(folder, `Pulumi.${stack}.yaml`);
    const document = parse(readFileSync(file, "utf8"));
    edit(document.config["atoll:manifest"]);
    writeFileSync(file, stringify(document));
  }
  return folder;
}

export const load = (edits: Record<string, Edit>) =>
  loadFootprint(sample(edits), "local", cells, environments);

export function refusals(edits: Record<string, Edit>): string {
  try {
    load(edits);
    return "";
  } catch (error) {
    assert.ok(error instanceof BlueprintError, String(error));
    return error.message;
  }
}

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, validateFormats: false });
for (const [name, text] of ownSchemas(cells, environments)) ajv.addSchema(JSON.parse(text), name);

/** What an editor reports, by the schemas that `atoll schema` writes. */
export function editorProblems(stack: string, edit: Edit): string[] {
  const file = path.join(sample({ [stack]: edit }), `Pulumi.${stack}.yaml`);
  const validate = ajv.getSchema("stack.json");
  validate?.(parse(readFileSync(file, "utf8")));
  return (validate?.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
