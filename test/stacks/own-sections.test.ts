// Sections that are not Atoll's, of an environment and of a cell: manifest, checks, JSON Schema, wiring and outputs go by the registries.
// What these tests cannot prove: that a repository's files are loaded; test/api/packed.e2e.test.ts does.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
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
import { grantableNames } from "../../footprint/specs/instances.ts";
import { buildSections } from "../../stacks/cell/sections.ts";
import { environmentStack } from "../../stacks/environment/environment.ts";
import { environmentOutputs } from "../../stacks/outputs/environment.ts";
import { ownSchemas } from "../../tools/generate/own-schemas.ts";
import { inventory, only } from "../support/inventory.ts";
import { all, aws, type Edit, gcp, set } from "../support/sample.ts";

/** An environment's pager: who is called, and an alarm topic per account. */
const pagerSettings = z.strictObject({
  team: z.string().min(2).describe("Who is called."),
  accounts: z.record(z.string(), z.strictObject({ loud: z.boolean().default(false) })).default({}),
  projects: z.record(z.string(), z.strictObject({})).default({}),
  secret: z.strictObject({ configKey: z.string() }).optional(),
  logs: z.strictObject({ days: z.number() }).optional(),
});
type Pager = z.output<typeof pagerSettings>;

const pager = defineEnvironmentSection({
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

const mailbox = defineSection({
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

const cells = sectionsWith([mailbox]);
const environments = environmentRegistry([pager]);
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function sample(edits: Record<string, Edit>): string {
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

const load = (edits: Record<string, Edit>) =>
  loadFootprint(sample(edits), "local", cells, environments);

function refusals(edits: Record<string, Edit>): string {
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
function editorProblems(stack: string, edit: Edit): string[] {
  const file = path.join(sample({ [stack]: edit }), `Pulumi.${stack}.yaml`);
  const validate = ajv.getSchema("stack.json");
  validate?.(parse(readFileSync(file, "utf8")));
  return (validate?.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const account = "111122223333";

describe("a section of an environment that is not Atoll's", () => {
  test("is refused by its schema, its checks, unknown accounts, log retention and missing secrets", () => {
    const text = refusals({
      local: set("pager", {
        team: "aws-use1",
        accounts: { "111122223334": {} },
        projects: { "atoll-locl": {} },
        secret: { configKey: "pager-token" },
        logs: { days: 30 },
      }),
    });
    for (const expected of [
      /local\.yaml: pager\.team: must not be a cell/,
      /pager\.accounts\.111122223334: no cell of the environment is in this account, did you mean/,
      /pager\.projects\.atoll-locl: no cell of the environment is in this project, did you mean/,
      /config: must have atoll:pager-token, which pager\.secret refers to/,
      /pager\.logs\.days: must be at least 365, which the environment's frameworks require/,
    ])
      assert.match(text, expected);
    assert.match(refusals({ local: set("pager", { team: 1 }) }), /local\.yaml: pager\.team: /);
  });

  test("is unknown without its registry", () => {
    const folder = sample({ local: set("pager", { team: "platform" }) });
    assert.throws(() => loadFootprint(folder, "local"), /pager: unknown field/);
  });

  test("must not have the name of another section or field", () => {
    for (const name of ["audit", "target"])
      assert.throws(
        () => environmentRegistry([{ ...pager, name }]),
        new RegExp(`environment section "${name}": must not have the name of another`),
      );
  });

  test("is built after Atoll's from its spec, and has outputs", async () => {
    const footprint = load({
      local: set("pager", { team: "platform", accounts: { [account]: { loud: true } } }),
    });
    const read: unknown[] = [];
    const resources = await inventory(async () => {
      const outputs = await environmentStack(footprint, { retain: false });
      pulumi.output(outputs).apply((known) => read.push(environmentOutputs.parse(known)));
    });
    const { inputs } = only(resources, "own:pager:Alarm");
    assert.equal(inputs.loud, true);
    assert.match(String(inputs.key), /^arn:aws:kms:us-east-1:/);
    const [{ pager: found }] = read as [{ pager: { alarms: string[] } }];
    assert.match(found.alarms[0] ?? "", /own:pager:Alarm::pager-111122223333$/);
  });

  test("builds nothing where it is omitted", async () => {
    const resources = await inventory(() => environmentStack(load({}), { retain: false }));
    assert.equal(resources.filter(({ type }) => type.startsWith("own:")).length, 0);
  });

  test("is in the JSON Schemas of the repository", () => {
    assert.deepEqual(editorProblems("local", set("pager", { team: "platform" })), []);
    assert.match(
      editorProblems("local", set("pager", { team: "p" })).join(),
      /manifest\/pager\/team must NOT have fewer than 2 characters/,
    );
  });
});

describe("a section of a cell that is not Atoll's", () => {
  const grants = "identity.workloads.orders.grants";
  const withMail: Edit = (manifest) =>
    all(
      set("mailbox", { boxes: { news: {} } }),
      set(grants, [{ kind: "mailbox", name: "news", may: ["send"] }]),
    )(manifest);
  const edits = { [aws]: withMail };

  test("has names that workloads can be granted", () => {
    const cell = load(edits).cells.find(({ stack }) => stack === aws);
    assert.deepEqual(cell && grantableNames(cells, cell.sections).mailbox, ["news"]);
    assert.match(
      refusals({ [aws]: all(withMail, set(`${grants}.0.name`, "new")) }),
      /grants\[0\]\.name: must be a mailbox that the cell declares, did you mean "news"/,
    );
    assert.match(
      refusals({ [aws]: set(grants, [{ kind: "postbox", name: "a", may: ["send"] }]) }),
      /grants\[0\]\.kind: /,
    );
  });

  test("is granted to workloads by its own statements, and has outputs", async () => {
    const footprint = load(edits);
    const cell = footprint.cells.find(({ stack }) => stack === aws);
    assert.ok(cell);
    const built: unknown[] = [];
    const resources = await inventory(async () => {
      const { references, outputs } = await buildSections(
        {
          cell,
          registry: cells,
          cells: footprint.cells,
          connectivity: undefined,
          names: undefined,
          people: undefined,
          credentials: footprint.environment.credentials,
          environment: undefined,
          specs: cell.specs,
          common: {
            ownership: {
              environment: "local",
              cell: "aws-use1",
              owner: "platform",
              costCentre: "platform",
              dataClass: "internal",
            },
          },
          key: () => `arn:aws:kms:us-east-1:${account}:key/11111111-2222-3333-4444-555555555555`,
        },
        {},
      );
      built.push(references.mailbox, (outputs as Record<string, unknown>).mailbox);
    });
    assert.deepEqual(built, [
      { news: { arn: `arn:aws:ses:us-east-1:${account}:news` } },
      { names: ["news"] },
    ]);
    const policies = resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
    const texts = policies.map(({ inputs }) => JSON.stringify(inputs.policy));
    assert.ok(texts.some((text) => text.includes("ses:SendEmail") && text.includes(":news")));
  });

  test("is in the JSON Schemas of the repository, with its grants, as a default, and null", () => {
    assert.deepEqual(editorProblems(aws, withMail), []);
    assert.deepEqual(editorProblems(aws, set("mailbox", null)), []);
    assert.match(editorProblems(aws, set("mailbox", { box: 1 })).join(), /mailbox must NOT have/);
    assert.match(editorProblems(gcp, set("mailbox", { boxes: {} })).join(), /mailbox must NOT be/);
    const defaults = (mailbox: unknown) => set("cellDefaults", { aws: { mailbox } });
    assert.deepEqual(editorProblems("local", defaults({ boxes: {} })), []);
    assert.match(editorProblems("local", defaults({ box: 1 })).join(), /mailbox must NOT have/);
  });

  test("must not have the kind of grants of another", () => {
    const kind = { ...mailbox, name: "post", component: "post" };
    assert.throws(() => sectionsWith([mailbox, kind]), /"post": grant: must have a kind that no/);
  });
});
