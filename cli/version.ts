import { readFileSync } from "node:fs";

/** The TypeScript version of a footprint repository: the one that Atoll's declarations are checked with. */
export const typescriptVersion = "6.0.3";

/** The version of this clone or package. */
export function packageVersion(): string {
  const file = new URL("../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
