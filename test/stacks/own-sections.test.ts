// Sections that are not Atoll's, of an environment and of a cell: manifest, checks, JSON Schema, wiring and outputs go by the registries.
// What these tests cannot prove: that a repository's files are loaded; test/api/packed.e2e.test.ts does.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { sectionsWith } from "../../components/sections.ts";
import { loadFootprint } from "../../footprint/load.ts";
import { environmentRegistry } from "../../footprint/manifest/environment.ts";
import { grantableNames } from "../../footprint/specs/instances.ts";
import { buildSections } from "../../stacks/cell/sections.ts";
import { environmentStack } from "../../stacks/environment/environment.ts";
import { environmentOutputs } from "../../stacks/outputs/environment.ts";
import { inventory, only } from "../support/inventory.ts";
import {
  cells,
  editorProblems,
  load,
  mailbox,
  pager,
  refusals,
  sample,
} from "../support/own-sections.ts";
import { all, aws, type Edit, gcp, set } from "../support/sample.ts";

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
          deployed: [],
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
