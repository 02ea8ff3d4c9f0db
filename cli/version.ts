import { readFileSync } from "node:fs";

/** The TypeScript version of a footprint repository: the one that Atoll's declarations are checked with. */
export const typescriptVersion = "6.0.3";

/** The Node.js version of images: the one that a clone pins by its platform packages. */
export const nodeVersion = "24.21.0";

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

function manifest(): Manifest {
  const file = new URL("../package.json", import.meta.url);
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The version of this clone or package. */
export function packageVersion(): string {
  return manifest().version;
}

/** The exact version of a package that Atoll is tested with. */
export function dependencyVersion(name: string): string {
  const version = manifest().dependencies[name];
  if (version === undefined) throw new Error(`${name} is not a dependency`);
  return version;
}
