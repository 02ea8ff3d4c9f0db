/** The secrets provider for a new stack in the user's backend. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Document } from "yaml";
import { configFile, environmentOf } from "../../footprint/files/config-files.ts";
import { parseConfig } from "../../footprint/files/yaml.ts";

/**
 * The `secretsprovider` of the stack's config file, or else of its environment's. `pulumi stack init` needs it as a flag: otherwise it
 * ignores the line, or deletes it where a passphrase is set.
 *
 * @returns undefined for the backend's default, and where the file uses a passphrase
 */
export function secretsProviderOf(configDir: string, stack: string): string | undefined {
  const own = readConfig(configDir, stack);
  if (own?.has("encryptionsalt")) return undefined;
  return providerOf(own) ?? providerOf(readConfig(configDir, environmentOf(stack)));
}

function providerOf(config: Document | undefined): string | undefined {
  const provider: unknown = config?.get("secretsprovider");
  return typeof provider === "string" && provider !== "" ? provider : undefined;
}

function readConfig(configDir: string, stack: string): Document | undefined {
  const file = path.join(configDir, configFile(stack));
  return existsSync(file) ? parseConfig(readFileSync(file, "utf8")) : undefined;
}
