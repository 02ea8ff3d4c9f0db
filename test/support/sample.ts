/** The sample footprint with changes, and the problems that they cause. */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { parse, stringify } from "yaml";
import { BlueprintError } from "../../components/core/errors.ts";
import { configFile, environmentOf, listStacks } from "../../footprint/files/config-files.ts";
import { loadFootprint } from "../../footprint/load.ts";
import type { Footprint } from "../../footprint/model.ts";
import { withAllTenants } from "../../footprint/tenants/load.ts";
import { schemaProblems } from "./config-schema.ts";

export type Manifest = Record<string, unknown>;
export type Edit = (manifest: Manifest) => void;

/** Edits by stack: a change to its manifest, the whole file, or null to delete it. */
type Edits = Record<string, Edit | string | null>;

/** Loads the sample footprint after edits to its files. */
export function loaded(edits: Edits, asked = "local"): Footprint {
  return edited(edits, (folder) => loadFootprint(folder, asked));
}

/** The same with its tenants. */
export function loadedWithTenants(edits: Edits, asked = "local"): Footprint {
  return edited(edits, (folder) =>
    withAllTenants(folder, asked, () => loadFootprint(folder, asked)),
  );
}

/** Loads the sample footprint after edits to its files, and returns the problems, one line each. */
export function refusals(edits: Edits, asked = "local"): string[] {
  return edited(edits, (folder) => {
    try {
      if (asked.includes(".")) loadFootprint(folder, asked);
      else withAllTenants(folder, asked, () => loadFootprint(folder, asked));
      // What Atoll accepts, the JSON Schemas accept too. Of cells other than the requested one Atoll accepts anything.
      const read = (name: string) => name === asked || environmentOf(name) === asked;
      for (const stack of listStacks(folder).filter(read)) {
        const file = parse(readFileSync(path.join(folder, configFile(stack)), "utf8"));
        assert.deepEqual(schemaProblems(file), [], stack);
      }
      return [];
    } catch (error) {
      if (!(error instanceof BlueprintError)) throw error;
      return error.message
        .split("\n")
        .slice(1)
        .map((line) => line.replace(/^ {2}- /, "").replace(folder, "<config>"));
    }
  });
}

/** A folder with the sample's files after edits. */
function edited<T>(edits: Edits, use: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(os.tmpdir(), "footprint-"));
  try {
    cpSync(path.resolve("stacks/config"), folder, { recursive: true });
    for (const [stack, edit] of Object.entries(edits)) {
      const file = path.join(folder, `Pulumi.${stack}.yaml`);
      if (edit === null) unlinkSync(file);
      else if (typeof edit === "string") writeFileSync(file, edit);
      else {
        const document = parse(readFileSync(file, "utf8"));
        edit(document.config["atoll:manifest"]);
        writeFileSync(file, stringify(document));
      }
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A mistake, the edits that make it, and a pattern for each line of the message. */
export type Case = [what: string, edits: Edits, expected: RegExp[]];

/** A test for each case: it is refused with exactly these problems. */
export function refusesEach(cases: readonly Case[]): void {
  for (const [what, edits, expected] of cases) {
    test(`refuses ${what}`, () => {
      const lines = refusals(edits);
      assert.equal(lines.length, expected.length, lines.join("\n"));
      for (const [i, pattern] of expected.entries()) assert.match(lines[i]!, pattern);
    });
  }
}

export const aws = "local.aws-use1";
export const gcp = "local.gcp-euw1";
export const onprem = "local.onprem-sel";

/** Sets a field by path. */
export function set(field: string, value: unknown): Edit {
  return (manifest) => {
    const keys = field.split(".");
    const last = keys.pop()!;
    const target = keys.reduce<Manifest>((at, key) => at[key] as Manifest, manifest);
    if (value === undefined) delete target[last];
    else target[last] = value;
  };
}

/** Several changes to one manifest. */
export function all(...edits: Edit[]): Edit {
  return (manifest) => {
    for (const edit of edits) edit(manifest);
  };
}
