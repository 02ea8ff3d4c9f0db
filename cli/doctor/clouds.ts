/** Requirements of environments on real clouds: provider plugins, credentials, kubeconfigs. Rehearsals need none of them. */

import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Footprint } from "../../footprint/model.ts";
import { locateEngine } from "../../tools/engine.ts";
import { run } from "../engine/spawn.ts";
import { asked } from "./asked.ts";
import { type Finding, missing, note, ok } from "./finding.ts";
import { actingFindings } from "./roles.ts";
import { serviceRoleFindings } from "./service-roles.ts";

type Cloud = Footprint["cells"][number]["cloud"];

/** The provider plugins that a cell of each cloud needs. */
const pluginsOf: Readonly<Record<Cloud, readonly string[]>> = {
  aws: ["aws", "kubernetes"],
  gcp: ["gcp", "kubernetes"],
  onprem: ["kubernetes"],
};

/** @param online also checks with the clouds' own CLIs whether the credentials are valid */
export async function cloudFindings(
  footprints: readonly Footprint[],
  online: boolean,
): Promise<Finding[]> {
  const real = footprints.filter(({ environment }) => environment.target === "cloud");
  const clouds = [...new Set(real.flatMap(({ cells }) => cells.map(({ cloud }) => cloud)))];
  if (clouds.length === 0) return [];
  const plugins = [...new Set(clouds.flatMap((cloud) => pluginsOf[cloud]))];
  return [
    ...(await pluginFindings(plugins)),
    ...(await Promise.all(clouds.map((cloud) => credentials[cloud](online)))),
    ...(online ? await actingFindings(real.map(({ environment }) => environment)) : []),
    ...(online && clouds.includes("aws") ? await serviceRoleFindings(real) : []),
  ];
}

async function pluginFindings(names: readonly string[]): Promise<Finding[]> {
  const engine = await locateEngine();
  if (engine === undefined) return [];
  const { code, stdout } = await run(engine.path, ["plugin", "ls", "--json"], {
    cwd: os.tmpdir(),
    env: process.env,
  });
  const installed = code === 0 ? (JSON.parse(stdout) as { name: string; version: string }[]) : [];
  return names.map((name) => {
    const versions = installed
      .filter((plugin) => plugin.name === name)
      .map(({ version }) => version);
    const what = `plugin ${name}`;
    return versions.length > 0
      ? ok(what, versions.join(", "))
      : missing(what, "not installed", `pulumi plugin install resource ${name}`);
  });
}

const credentials: Readonly<Record<Cloud, (online: boolean) => Promise<Finding>>> = {
  aws: async (online) => {
    const place = firstPlace({
      AWS_ACCESS_KEY_ID: process.env.AWS_ACCESS_KEY_ID,
      AWS_WEB_IDENTITY_TOKEN_FILE: process.env.AWS_WEB_IDENTITY_TOKEN_FILE,
      AWS_PROFILE: process.env.AWS_PROFILE,
      "container credentials": process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI,
      "~/.aws/credentials": existing(process.env.AWS_SHARED_CREDENTIALS_FILE, ".aws/credentials"),
      "~/.aws/config": existing(process.env.AWS_CONFIG_FILE, ".aws/config"),
    });
    const cure = "sign in with `aws sso login`, or set AWS_PROFILE";
    if (place === undefined) return missing("AWS credentials", "none found", cure);
    return online
      ? asked("AWS credentials", "aws", ["sts", "get-caller-identity", "--output", "text"], cure)
      : ok("AWS credentials", `present: ${place}`);
  },
  gcp: async (online) => {
    const place = firstPlace({
      GOOGLE_APPLICATION_CREDENTIALS: process.env.GOOGLE_APPLICATION_CREDENTIALS,
      GOOGLE_CREDENTIALS: process.env.GOOGLE_CREDENTIALS,
      GOOGLE_OAUTH_ACCESS_TOKEN: process.env.GOOGLE_OAUTH_ACCESS_TOKEN,
      "application default credentials": existing(
        undefined,
        ".config/gcloud/application_default_credentials.json",
      ),
    });
    const cure = "sign in with `gcloud auth application-default login`";
    if (place === undefined) return missing("Google Cloud credentials", "none found", cure);
    return online
      ? asked(
          "Google Cloud credentials",
          "gcloud",
          ["auth", "application-default", "print-access-token", "--quiet"],
          cure,
        )
      : ok("Google Cloud credentials", `present: ${place}`);
  },
  onprem: async () =>
    note(
      "on-premises clusters",
      "their kubeconfigs are encrypted config values of the stacks",
      "if `pulumi config` does not list them, set them with `pulumi config set --secret`",
    ),
};

function existing(chosen: string | undefined, underHome: string): string | undefined {
  const file = chosen ?? path.join(os.homedir(), underHome);
  return existsSync(file) ? file : undefined;
}

/** The name of the first source that has a value. The value itself is never shown. */
function firstPlace(places: Readonly<Record<string, string | undefined>>): string | undefined {
  return Object.entries(places).find(([, value]) => value !== undefined && value !== "")?.[0];
}
