// Every setting of every section is changed, and the resources before and after are planned with the embedded cloud. Not proven here:
// that real providers plan the same.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { clouds } from "../../components/core/cloud.ts";
import type { Change, Changes } from "../../components/section/changes.ts";
import { isSupported, type SectionOnCloud } from "../../components/section/section.ts";
import { compare } from "../../footprint/changes/compare.ts";
import { type BuiltSection, builtSections } from "../support/cell-sections.ts";
import { type Field, fieldsOf, otherValues } from "../support/other-values.ts";
import { type Planned, planned } from "../support/planned.ts";
import { type Edit, loaded } from "../support/sample.ts";
import { additions, cart, elsewhere, others } from "./examples.ts";
import { at, merged, placesOf, withValue } from "./settings.ts";

process.env.PULUMI_CONFIG ??= JSON.stringify({ "atoll:kubeconfig": "apiVersion: v1" });

interface Tried {
  readonly change: string;
  readonly plan: Planned;
  readonly refused: boolean;
}

const addCart: Edit = ({ eventSourcing }) => {
  const { aggregates } = eventSourcing as { aggregates: Record<string, unknown> };
  Object.assign(aggregates, { cart });
};
const footprint = loaded({
  "local.aws-use1": addCart,
  "local.gcp-euw1": addCart,
  "local.onprem-sel": addCart,
});
const outputs = {};
for (const cloud of clouds) {
  const sections = await builtSections(footprint, cloud, outputs);
  for (const [name, built] of sections) {
    const on = built.section.clouds[cloud];
    if (!isSupported(on)) continue;
    describe(`${name} on ${cloud}`, async () => {
      const base = baseOf(on, built, additions[`${name}.${cloud}`]);
      const before = await built.with(base);
      for (const field of fieldsOf(schemaOf(on))) {
        const label = `${name}.${cloud}.${field.path}`;
        const reason = elsewhere.find(([pattern]) => pattern.test(label))?.[1];
        if (reason !== undefined) continue;
        test(`${field.path} does what its entry says`, async () => {
          const tried: Tried[] = [];
          const entry = entryOf(on.changes ?? {}, field.path);
          // More would take longer and say little more.
          const most = entry.kind === "in-place" ? 1 : 2;
          for (const { changed, change } of valid(on, name, field, base, most)) {
            const plan = planned(before, await built.with(changed));
            tried.push({ change, plan, refused: refuses(on, base, changed) });
          }
          assert.notEqual(tried.length, 0, `no other value of ${label} is valid`);
          judge(entry, tried);
        });
      }
    });
  }
}

/** What the embedded cloud plans must be what the table says. */
function judge({ kind, accepts }: Change, tried: readonly Tried[]): void {
  const text = JSON.stringify(tried, undefined, 1);
  const replaced = ({ plan }: Tried) => plan.replaced.length > 0;
  const gone = ({ plan }: Tried) => plan.replaced.length + plan.deleted.length > 0;
  const impossible = ({ plan }: Tried) => plan.refused.length > 0;
  switch (kind) {
    case "in-place":
      assert.ok(!tried.some(replaced) && !tried.some(impossible), text);
      return;
    case "replaces":
      assert.ok(tried.some(gone), text);
      return;
    case "upwards":
    case "never":
      // What the cloud refuses or replaces, the table must have refused; it may refuse more.
      for (const one of tried) {
        assert.ok(
          one.refused || accepts !== undefined || !(impossible(one) || replaced(one)),
          text,
        );
      }
  }
}

function refuses(on: SectionOnCloud, before: object, after: unknown): boolean {
  const inside = (spec: object) => {
    const values = on.entries === undefined ? spec : (spec as Record<string, object>)[on.entries];
    return (values ?? {}) as Record<string, unknown>;
  };
  return (
    compare(on.changes ?? {}, "s", inside(before), inside(after as object)).refusals.length > 0
  );
}

function entryOf(table: Changes, path: string): Change {
  for (let one = path; one !== ""; one = one.slice(0, Math.max(0, one.lastIndexOf(".")))) {
    const entry = table[one];
    if (entry !== undefined) return entry;
  }
  throw new Error(`no entry for ${path}`);
}

function baseOf(on: SectionOnCloud, { spec }: BuiltSection, more: object = {}): object {
  const result = on.spec.safeParse(merged(spec, more));
  assert.ok(result.success, result.error?.message);
  return result.data as object;
}

/** Specs that differ from the base in this field only. */
function valid(
  on: SectionOnCloud,
  section: string,
  { path, shape }: Field,
  base: object,
  most: number,
) {
  const found: { changed: unknown; change: string }[] = [];
  const parts = [...(on.entries === undefined ? [] : [on.entries]), ...path.split(".")];
  for (const place of placesOf(base, parts)) {
    const value = at(base, place);
    const ends = Object.keys(others).filter((end) => `${section}.${path}`.endsWith(end));
    const examples = ends
      .toSorted((a, b) => b.length - a.length)
      .flatMap((end) => others[end] ?? []);
    for (const other of [...examples, ...otherValues(shape, value)]) {
      const result = on.spec.safeParse(withValue(base, place, other));
      if (!result.success || JSON.stringify(result.data) === JSON.stringify(base)) continue;
      found.push({
        changed: result.data,
        change: `${place.join(".")}: ${JSON.stringify(value)} to ${JSON.stringify(other)}`,
      });
      if (found.length === most) return found;
    }
  }
  return found;
}

function schemaOf({ settings, spec, entries = "" }: SectionOnCloud) {
  return settings ?? (spec as never as { shape: Record<string, never> }).shape[entries] ?? spec;
}
