/**
 * Custom resource definitions: imported from a folder of facts with `--kubernetes DIR`, and kept as they are by later runs, which need no
 * such folder. The list of all kinds is derived from them.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type {
  CustomKinds,
  ListedKind,
  ProjectFile,
  ProjectKind,
} from "../../simulator/schema/kubernetes/custom-kind.ts";
import { definitionBody } from "../../simulator/schema/structural/definition.ts";
import type { Structural } from "../../simulator/schema/structural/structural.ts";
import { formatJson, jsonFiles, readJson } from "./output.ts";
import { shared, trimmed } from "./structural.ts";

const folder = "simulator/generated/kubernetes/crds";

/** A file of facts: `source` names project and release, a schema is that of the definition without prose. */
interface FactFile {
  readonly source: string;
  readonly kinds: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly namespaced: boolean; readonly schema: Structural }>>
    >
  >;
}

/** Writes the definitions of all projects in a folder of facts into the project. */
export function importCustomKinds(from: string, root: string): void {
  mkdirSync(join(root, folder), { recursive: true });
  for (const file of jsonFiles(from))
    writeFileSync(join(root, folder, basename(file)), text(compact(readJson<FactFile>(file))));
}

/** The generated files of custom kinds, by path. */
export function customKindFiles(root: string): Map<string, string> {
  const files = new Map(
    jsonFiles(join(root, folder)).map((file) => [
      basename(file, ".json"),
      readJson<ProjectFile>(file),
    ]),
  );
  // GKE installs its definitions itself and does not publish them.
  files.set("gke", compact(readJson<FactFile>(join(root, "tools/generate/facts/gke.json"))));
  return new Map([
    ...[...files].map(([name, file]) => [`${folder}/${name}.json`, text(file)] as const),
    ["simulator/generated/kubernetes/custom-kinds.json", formatJson(listed(files))],
  ]);
}

function compact({ source, kinds }: FactFile): ProjectFile {
  const schemas = new Map<string, Structural>();
  for (const [version, byKind] of Object.entries(kinds))
    for (const [kind, { schema }] of Object.entries(byKind))
      schemas.set(`${version} ${kind}`, trimmed(definitionBody(schema)));
  const small = shared(schemas);
  const entry = (version: string, kind: string, namespaced: boolean): ProjectKind => ({
    namespaced,
    schema: small.schemas.get(`${version} ${kind}`) ?? {},
  });
  return {
    source,
    kinds: mapKinds(kinds, ({ namespaced }, version, kind) => entry(version, kind, namespaced)),
    types: small.types,
  };
}

function listed(files: ReadonlyMap<string, ProjectFile>): CustomKinds {
  const all: Record<string, Record<string, ListedKind>> = {};
  for (const [project, { kinds }] of files)
    mapKinds(kinds, ({ namespaced }, version, kind) => {
      all[version] = { ...all[version], [kind]: { namespaced, project } };
    });
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function mapKinds<In, Out>(
  kinds: Readonly<Record<string, Readonly<Record<string, In>>>>,
  change: (value: In, version: string, kind: string) => Out,
): Record<string, Record<string, Out>> {
  return Object.fromEntries(
    Object.entries(kinds).map(([version, byKind]) => [
      version,
      Object.fromEntries(
        Object.entries(byKind).map(([kind, value]) => [kind, change(value, version, kind)]),
      ),
    ]),
  );
}

function text(file: ProjectFile): string {
  return formatJson(file, 3);
}
