/** The package.json of the package. The repository's own is for clones: it is private, and its command sets up the clone. */

/** The fields of the repository's package.json that the package uses. */
export interface Own {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** @param nouns the folders of components */
export function packageManifest(own: Own, nouns: readonly string[]): Record<string, unknown> {
  const { name, version, description, license, dependencies } = own;
  return {
    name,
    version,
    description,
    license,
    keywords: ["pulumi", "aws", "gcp", "kubernetes", "infrastructure-as-code"],
    type: "module",
    engines: { node: ">=24" },
    bin: { atoll: "api/bin.mjs" },
    exports: {
      ".": entry("api/index"),
      "./footprint": entry("api/footprint"),
      "./policies": entry("api/policies"),
      "./testing": entry("api/testing"),
      ...Object.fromEntries(
        nouns.map((noun) => [`./components/${noun}`, entry(`components/${noun}/index`)]),
      ),
      "./schemas/*.json": "./schemas/*.json",
      "./package.json": "./package.json",
    },
    // Exact versions: Atoll is tested with one version of each SDK, from which the embedded cloud is generated.
    dependencies,
  };
}

function entry(file: string): { readonly types: string; readonly default: string } {
  return { types: `./${file}.d.ts`, default: `./${file}.js` };
}
