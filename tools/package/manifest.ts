/** The package.json of the package. The repository's own is for clones: it is private, and its command sets a clone up. */

/** The repository's package.json, as far as the package's follows from it. */
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
    // Exact: a version of Atoll is tested with one version of each SDK, and the embedded cloud knows that one.
    dependencies,
  };
}

function entry(file: string): { readonly types: string; readonly default: string } {
  return { types: `./${file}.d.ts`, default: `./${file}.js` };
}
