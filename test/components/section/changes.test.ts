// The tables of changes against the schemas. What the clouds do with the changes: test/changes.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { z } from "zod";
import { clouds } from "../../../components/core/cloud.ts";
import { environmentSections } from "../../../components/environment-sections.ts";
import type { EnvironmentSection } from "../../../components/section/environment-section.ts";
import {
  isSupported,
  type Section,
  type SectionOnCloud,
} from "../../../components/section/section.ts";
import { cellSections } from "../../../components/sections.ts";
import { fieldsOf } from "../../support/other-values.ts";

/** The schema of a section's settings in a manifest. */
function schemaOf({ settings, spec, entries }: SectionOnCloud): z.ZodType {
  if (settings !== undefined) return settings;
  const { shape } = spec as z.ZodObject;
  return shape[entries ?? ""] as z.ZodType;
}

const isWithin = (path: string, outer: string) => path === outer || path.startsWith(`${outer}.`);

for (const section of cellSections as readonly Section[]) {
  describe(`changes of ${section.name}`, () => {
    for (const cloud of clouds) {
      const on = section.clouds[cloud];
      if (!isSupported(on)) continue;
      const fields = fieldsOf(schemaOf(on)).map(({ path }) => path);
      const entries = Object.entries(on.changes ?? {});

      test(`have an entry for every setting on ${cloud}`, () => {
        const without = fields.filter((field) => !entries.some(([path]) => isWithin(field, path)));
        assert.deepEqual(without, []);
      });

      test(`have entries only for settings on ${cloud}`, () => {
        const unknown = entries.filter(([path]) => !fields.some((field) => isWithin(field, path)));
        assert.deepEqual(
          unknown.map(([path]) => path),
          [],
        );
      });

      test(`say what to do instead of what cannot be done on ${cloud}`, () => {
        for (const [path, { kind, instead, source, loses }] of entries) {
          const limited = kind === "upwards" || kind === "never";
          assert.equal(instead !== undefined && source !== undefined, limited, path);
          assert.ok(loses === undefined || !limited, path);
        }
      });
    }
  });
}

for (const {
  name,
  settings,
  changes = {},
} of environmentSections as readonly EnvironmentSection[]) {
  test(`changes of an environment's ${name} have an entry for every setting, and only for settings`, () => {
    const fields = fieldsOf(settings).map(({ path }) => path);
    const entries = Object.keys(changes);
    const without = fields.filter((field) => !entries.some((path) => isWithin(field, path)));
    assert.deepEqual(without, []);
    // A cell's budget is checked by the cloud of the cell.
    const unknown = entries.filter((path) => !fields.some((field) => isWithin(field, path)));
    assert.deepEqual(
      unknown.filter((path) => !path.startsWith("cells.*.")),
      [],
    );
  });
}
