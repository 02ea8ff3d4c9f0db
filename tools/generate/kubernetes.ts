import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { KubernetesFile, KubernetesKind } from "../../simulator/schema/kubernetes/kinds.ts";
import type { Properties, Shape } from "../../simulator/schema/shape.ts";
import { parseFile } from "./declarations.ts";
import { refsIn } from "./sdk.ts";
import { mergeSides, type Resolve, readMembers, readType } from "./shape.ts";

/** The package with OpenAPI schemas, and the API groups to read from it: those that current clusters serve. */
const sources: Readonly<Record<string, readonly string[]>> = {
  "kubernetes-models": [
    "v1",
    "admissionregistration.k8s.io/v1",
    "apiextensions.k8s.io/v1",
    "apiregistration.k8s.io/v1",
    "apps/v1",
    "autoscaling/v1",
    "autoscaling/v2",
    "batch/v1",
    "certificates.k8s.io/v1",
    "coordination.k8s.io/v1",
    "discovery.k8s.io/v1",
    "events.k8s.io/v1",
    "flowcontrol.apiserver.k8s.io/v1",
    "networking.k8s.io/v1",
    "node.k8s.io/v1",
    "policy/v1",
    "rbac.authorization.k8s.io/v1",
    "resource.k8s.io/v1",
    "scheduling.k8s.io/v1",
    "storage.k8s.io/v1",
  ],
};

type Declaration = {
  readonly node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration;
  readonly resolve: Resolve;
};

/** Reads the built-in kinds from the installed OpenAPI schemas. */
export function readKubernetes(): KubernetesFile {
  const reader = new Reader();
  const kinds: KubernetesKind[] = [];
  const from: string[] = [];
  for (const [name, groups] of Object.entries(sources)) {
    const folder = dirname(fileURLToPath(import.meta.resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      version: string;
    };
    from.push(`${name} ${version}`);
    for (const apiVersion of groups) {
      for (const file of readdirSync(join(folder, apiVersion)).sort()) {
        const kind = /^(\w+)\.d\.ts$/.exec(file)?.[1];
        const ref =
          kind && kind !== "index"
            ? reader.kindIn(join(folder, apiVersion, file), kind)
            : undefined;
        if (kind && ref) kinds.push({ apiVersion, kind, ref });
      }
    }
  }
  return {
    source: from.join(", "),
    kinds: kindsByVersion(kinds),
    types: reader.types(kinds.map(({ ref }) => ref)),
  };
}

function kindsByVersion(kinds: readonly KubernetesKind[]): Record<string, KubernetesKind> {
  return Object.fromEntries(kinds.map((kind) => [`${kind.apiVersion}/${kind.kind}`, kind]));
}

/** Follows the imports of declaration files from the kinds to all their parts. */
class Reader {
  readonly #files = new Map<string, ReadonlyMap<string, Declaration>>();
  readonly #found = new Map<string, Declaration>();

  /** The schema's name when the file declares an object with its own apiVersion and kind. */
  kindIn(path: string, kind: string): string | undefined {
    const declared = [...this.#declarations(path)].find(
      ([, { node }]) => ts.isInterfaceDeclaration(node) && node.name.text === `I${kind}`,
    );
    if (!declared) return undefined;
    const [name, { node }] = declared;
    const members = ts.isInterfaceDeclaration(node)
      ? node.members.map((member) => member.name)
      : [];
    const named = (text: string): boolean =>
      members.some((name) => name && ts.isStringLiteral(name) && name.text === text);
    return named("apiVersion") && named("kind") ? name : undefined;
  }

  types(roots: readonly string[]): Record<string, Properties> {
    const types = new Map<string, Properties>();
    const waiting = [...roots];
    for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
      const declared = this.#found.get(ref);
      if (types.has(ref) || !declared || !ts.isInterfaceDeclaration(declared.node)) continue;
      const members = readMembers(declared.node, declared.resolve);
      const properties = mergeSides(members, members);
      types.set(
        ref,
        Object.fromEntries(
          Object.entries(properties).map(([name, { always: _, ...rest }]) => [name, rest]),
        ),
      );
      waiting.push(...Object.values(properties).flatMap(({ type }) => refsIn(type)));
    }
    return Object.fromEntries([...types].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** What a file exports, by the schema's name without the leading I. */
  #declarations(path: string): ReadonlyMap<string, Declaration> {
    const known = this.#files.get(path);
    if (known) return known;
    const file = parseFile(path);
    const own = `I${basename(path, ".d.ts")}`;
    const local = new Map<string, ts.InterfaceDeclaration | ts.TypeAliasDeclaration>();
    const imports = new Map<string, string>();
    const exported = new Map<string, Declaration>();
    this.#files.set(path, exported);
    const resolveName: Resolve = (name) => this.#resolve(name, path, imports);
    for (const statement of file.statements) {
      if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
        local.set(statement.name.text, statement);
      } else if (
        ts.isImportDeclaration(statement) &&
        ts.isStringLiteral(statement.moduleSpecifier)
      ) {
        const names = statement.importClause?.namedBindings;
        if (!names || !ts.isNamedImports(names)) continue;
        for (const { name } of names.elements)
          imports.set(name.text, statement.moduleSpecifier.text);
      } else if (
        ts.isExportDeclaration(statement) &&
        statement.exportClause &&
        ts.isNamedExports(statement.exportClause)
      ) {
        for (const { name, propertyName } of statement.exportClause.elements) {
          // A file exports its interface and, beside it, a class or an alias of the same meaning.
          const node = propertyName?.text === own ? local.get(own) : undefined;
          if (!node) continue;
          const declaration = { node, resolve: resolveName };
          exported.set(name.text.slice(1), declaration);
          this.#found.set(name.text.slice(1), declaration);
        }
      }
    }
    return exported;
  }

  #resolve(name: string, from: string, imports: ReadonlyMap<string, string>): Shape | undefined {
    const specifier = imports.get(name);
    if (!name.startsWith("I")) return undefined;
    // A name that is not imported is declared in this file: a recursive schema.
    const [own] = specifier === undefined ? this.#declarations(from).keys() : [];
    const ref = own ?? name.slice(1);
    const file = specifier === undefined ? from : declarationFile(specifier, from);
    const declared = this.#declarations(file).get(ref);
    if (!declared) return undefined;
    if (!ts.isInterfaceDeclaration(declared.node))
      return readType(declared.node.type, declared.resolve).shape;
    // An interface without members is any JSON, for example a default in a definition.
    return declared.node.members.length === 0 ? "any" : { ref };
  }
}

/** The declaration file behind an import: beside the importing file, or in the nearest node_modules above it. */
function declarationFile(specifier: string, from: string): string {
  const bare = specifier.replace(/\.js$/, "");
  if (bare.startsWith(".")) return `${resolve(dirname(from), bare)}.d.ts`;
  for (let folder = dirname(from); folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", `${bare}.d.ts`);
    if (existsSync(candidate)) return candidate;
  }
  throw new Error(`${from} imports ${specifier}, which is not installed`);
}
