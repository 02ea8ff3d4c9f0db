/** The settings of an environment's own sections, each changed alone in the footprint with every option. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse, stringify } from "yaml";
import { BlueprintError } from "../../components/core/errors.ts";
import { environmentSections } from "../../components/environment-sections.ts";
import type { EnvironmentSection } from "../../components/section/environment-section.ts";
import { environmentChangesOf, environmentSettingsOf } from "../../footprint/changes/settings.ts";
import { loadFootprint } from "../../footprint/load.ts";
import type { Footprint } from "../../footprint/model.ts";
import { environmentStack } from "../../stacks/environment/environment.ts";
import { inventory, type Registered } from "../support/inventory.ts";
import { type Field, fieldsOf, otherValues } from "../support/other-values.ts";
import { planned } from "../support/planned.ts";
import { elsewhere } from "./elsewhere.ts";
import { environmentAdditions, environmentOthers, whole } from "./environment-values.ts";
import { at, merged, placesOf, withValue } from "./settings.ts";
import {
  entryOf,
  isEnough,
  reversed,
  type Setting,
  sameAgain,
  type Trial,
  valuesFor,
} from "./trial.ts";

type Manifest = Readonly<Record<string, unknown>>;

/** Sections of cells that an environment's sections do not read: without them a footprint loads in a third of the time. */
const unread =
  /^(streams?|databases|caches?|objectStore|queue|secrets|eventSourcing|identity|hooks)$/;

/** Values of the stack's config that settings can name instead. */
const otherSecrets = {
  "atoll:other-psk": "fedcba9876543210fedcba9876543210",
  "atoll:other-secret": "not-a-real-secret-either",
};

const name = "all";
const file = `Pulumi.${name}.yaml`;

export async function environmentSettings(): Promise<Setting[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "environment-"));
  try {
    return await new Environment(folder).settings();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

class Environment {
  readonly #folder: string;
  readonly #config: Manifest;
  readonly #manifest: Manifest;
  readonly #base: Footprint;
  /** What each section built. */
  readonly #built = new Map<string, unknown>();

  constructor(folder: string) {
    cpSync(path.resolve("test/fixtures/every-option"), folder, { recursive: true });
    for (const one of readdirSync(folder).filter((it) => it.endsWith(".yaml"))) {
      const document = parse(readFileSync(path.join(folder, one), "utf8"));
      const kept = Object.entries(document.config["atoll:manifest"]).filter(
        ([field]) => !unread.test(field),
      );
      document.config["atoll:manifest"] = Object.fromEntries(kept);
      writeFileSync(path.join(folder, one), stringify(document));
    }
    this.#folder = folder;
    this.#config = parse(readFileSync(path.join(folder, file), "utf8")).config;
    this.#config = { ...this.#config, ...otherSecrets };
    const written = this.#config["atoll:manifest"] as Manifest;
    this.#manifest = withoutExisting(merged(written, environmentAdditions)) as Manifest;
    this.#base = this.#load(this.#manifest);
  }

  async settings(): Promise<Setting[]> {
    await this.#resources(this.#base, (section) => this.#remembering(section));
    const settings: Setting[] = [];
    for (const section of environmentSections as readonly EnvironmentSection[])
      settings.push(...(await this.#sectionSettings(section)));
    return settings;
  }

  async #sectionSettings(section: EnvironmentSection): Promise<Setting[]> {
    const settings: Setting[] = [];
    const before = await this.#resourcesOf(this.#base, section);
    sameAgain(section.name, planned(before, await this.#resourcesOf(this.#base, section)));
    for (const field of allFields(section)) {
      const label = `${section.name}.${field.path}`;
      if (elsewhere.some(([pattern]) => pattern.test(label))) continue;
      const entry = entryOf(section.changes ?? {}, field.path);
      const trials: Trial[] = [];
      for (const { footprint, ...change } of this.#changes(section, field)) {
        if (isEnough(entry, trials)) break;
        const after = await this.#resourcesOf(footprint, section);
        trials.push(
          { ...change, plan: planned(before, after), ...compared(this.#base, footprint) },
          {
            ...reversed(change),
            plan: planned(after, before),
            ...compared(footprint, this.#base),
          },
        );
      }
      settings.push({ label, entry, trials });
    }
    return settings;
  }

  /** Footprints that differ from the base in this field only. */
  *#changes(section: EnvironmentSection, { path, shape }: Field) {
    const field = whole[`${section.name}.${path}`] ?? path;
    for (const place of placesOf(this.#manifest[section.name], field.split("."))) {
      const full = [section.name, ...place];
      const before = at(this.#manifest, full);
      const values = valuesFor(environmentOthers, `${section.name}.${field}`);
      for (const after of [...values, ...otherValues(shape, before)]) {
        const footprint = this.#loadIfValid(withValue(this.#manifest, full, after) as Manifest);
        if (footprint === undefined) continue;
        yield { at: full.join("."), before, after, footprint };
      }
    }
  }

  #loadIfValid(manifest: Manifest): Footprint | undefined {
    try {
      return this.#load(manifest);
    } catch (error) {
      if (error instanceof BlueprintError) return undefined;
      throw error;
    }
  }

  #load(manifest: Manifest): Footprint {
    const config = { ...this.#config, "atoll:manifest": manifest };
    writeFileSync(path.join(this.#folder, file), stringify({ config }));
    return loadFootprint(this.#folder, name);
  }

  /** The resources of one section; the others are those of the base. */
  #resourcesOf(footprint: Footprint, { name: own }: EnvironmentSection): Promise<Registered[]> {
    return this.#resources(footprint, (section) =>
      section.name === own
        ? section
        : { ...section, build: async () => ({ build: () => this.#built.get(section.name) }) },
    );
  }

  #remembering(section: EnvironmentSection): EnvironmentSection {
    return {
      ...section,
      build: async () => ({
        build: async (from, environment) => {
          const built = await (await section.build?.())?.build(from, environment);
          this.#built.set(section.name, built);
          return built;
        },
      }),
    };
  }

  #resources(
    footprint: Footprint,
    sectionOf: (section: EnvironmentSection) => EnvironmentSection,
  ): Promise<Registered[]> {
    const sections = footprint.environmentSections.map((one) =>
      one.build === undefined ? one : sectionOf(one),
    );
    const changed = { ...footprint, environmentSections: sections };
    return inventory(() => environmentStack(changed, { retain: false }), { stack: name });
  }
}

function compared(before: Footprint, after: Footprint) {
  const { refusals, losses } = environmentChangesOf(environmentSettingsOf(before), after);
  return { refused: refusals.length > 0, losses: losses.map(({ loses }) => loses) };
}

/** The fields of a section, with those of maps that depend on the cloud of a cell. */
function allFields({ settings, byCloud = {} }: EnvironmentSection): Field[] {
  const maps = Object.entries(byCloud).flatMap(([field, schemas]) =>
    schemas.flatMap((schema) =>
      fieldsOf(schema).map(({ path: inner, shape }) => ({ path: `${field}.*.${inner}`, shape })),
    ),
  );
  const fields = [...fieldsOf(settings), ...maps].filter(
    ({ path: field }) => !field.endsWith(".*.*"),
  );
  return [...new Map(fields.map((field) => [field.path, field])).values()];
}

/** What exists already is looked up in a cloud. */
function withoutExisting(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([field]) => field !== "existing")
      .map(([field, inner]) => [field, withoutExisting(inner)]),
  );
}
