/** The keys of an environment's accounts and projects. */
import type { EnvironmentBuild } from "../section/environment.ts";
import type { EnvironmentKeys } from "./key-rings.ts";
import type { KeysSettings } from "./schema.ts";

export async function build(
  settings: KeysSettings,
  environment: EnvironmentBuild,
): Promise<EnvironmentKeys> {
  const aws =
    environment.accounts.length > 0
      ? await (await import("./aws-environment.ts")).accountKeys(settings, environment)
      : {};
  const gcp =
    environment.projects.length > 0
      ? await (await import("./gcp-environment.ts")).projectKeys(settings, environment)
      : { rings: {}, archives: {} };
  return { rings: { ...aws, ...gcp.rings }, archives: gcp.archives };
}
