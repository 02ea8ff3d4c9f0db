/** `atoll fleet render`: writes what the Pulumi Kubernetes Operator and Argo CD need to run the tenants of an environment. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import type { Footprint } from "../../footprint/model.ts";
import { secretsProviderOf } from "../engine/secrets-provider.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import { fleetFiles } from "../fleet/render/files.ts";
import { replaceFolder } from "../fleet/render/folder.ts";
import { refuseIdentities } from "../fleet/render/identities.ts";
import { type FleetSettings, longestName, objectName } from "../fleet/render/plan.ts";
import type { Io } from "../io.ts";
import { type Project, thisProject } from "../project.ts";
import { readFootprint } from "../repository.ts";

export interface FleetRenderOptions {
  readonly environment: string;
  /** @default fleet/<environment> beside Pulumi.yaml */
  readonly out?: string;
  readonly image?: string;
  /** @default the remote origin of the repository */
  readonly repo?: string;
  readonly revision: string;
  readonly atOnce?: number;
  readonly identity?: readonly string[];
  readonly previewIdentity?: readonly string[];
  readonly backendIdentity?: readonly string[];
  readonly force?: boolean;
}

/** Reserved names, which exist nowhere: what is deployed with them fails at once, and says why. */
const placeholders = {
  image: (project: string) => `registry.example/${project}-fleet:unset`,
  repository: (project: string) => `https://git.example/${project}.git`,
};

/** As many updates as one operator's default, less the room for jobs. */
const defaultAtOnce = 20;

export async function fleetRender(io: Io, options: FleetRenderOptions): Promise<ExitCode> {
  const { environment } = options;
  const project = thisProject();
  const settings = settingsOf(project, options);
  if (environment.includes(".")) {
    throw new Failure(
      "bad-usage",
      `${environment} is one stack; a fleet is rendered for an environment`,
      `npx atoll fleet render ${environment.slice(0, environment.indexOf("."))}`,
    );
  }
  const footprint = await readFootprint(project, environment);
  refuseFleet(footprint);
  const folder = path.resolve(options.out ?? path.join(project.root, "fleet", environment));
  const { written, deleted } = replaceFolder(
    folder,
    fleetFiles(footprint, settings),
    options.force === true,
  );
  io.say(`Wrote ${written} files for ${footprint.tenants.length} tenants to ${folder}.`);
  if (deleted.length > 0) io.say(`Deleted ${deleted.length} of earlier tenants.`);
  for (const line of warnings(project, settings)) io.note(line);
  io.result({ exitCode: exitCodes.done, folder, written, deleted });
  return exitCodes.done;
}

/** @throws Failure `bad-usage` */
function settingsOf(project: Project, options: FleetRenderOptions): FleetSettings {
  const { environment, out, image = placeholders.image(project.name), repo, revision } = options;
  const identities = {
    workspace: options.identity ?? [],
    preview: options.previewIdentity ?? [],
    healer: options.backendIdentity ?? [],
  };
  refuseIdentities(identities);
  for (const [option, value] of Object.entries({
    "--image": image,
    "--revision": revision,
    ...(repo === undefined ? {} : { "--repo": repo }),
  })) {
    if (/^[\w./:@+~-]+$/.test(value)) continue;
    const cure = "use letters, digits and . / : @ _ + - only";
    throw new Failure("bad-usage", `${option} "${value}" is not a reference`, cure);
  }
  const below = path.relative(
    project.root,
    path.resolve(out ?? path.join(project.root, "fleet", environment)),
  );
  // Argo CD and Docker read the folder in the repository; one that is elsewhere is copied there.
  const inside = below !== "" && !below.startsWith("..") && !path.isAbsolute(below);
  return {
    project: project.name,
    image,
    repository: repo ?? originOf(project.root) ?? placeholders.repository(project.name),
    revision,
    folder: inside ? below.split(path.sep).join("/") : `fleet/${environment}`,
    atOnce: options.atOnce ?? defaultAtOnce,
    identities,
    secretsProviderOf: (stack) => secretsProviderOf(project.configDir, stack),
  };
}

/** Without a password: addresses of remotes can have one. */
function originOf(root: string): string | undefined {
  try {
    const url = execFileSync("git", ["remote", "get-url", "origin"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return url === "" ? undefined : url.replace(/^(https?:\/\/)[^/@]+@/, "$1");
  } catch {
    return undefined;
  }
}

/** @throws Failure `bad-usage` with every problem */
function refuseFleet({ environment, stacks, tenants }: Footprint): void {
  if (tenants.length === 0) {
    throw new Failure(
      "bad-usage",
      `${environment.name} has no tenants`,
      `create one: npx atoll tenant new <id> --env ${environment.name} --cell <cell> --tier <tier>`,
    );
  }
  const long = stacks.filter(({ name }) => objectName(name).length > longestName);
  if (long.length === 0) return;
  throw new Failure(
    "bad-usage",
    `${long.map(({ name }) => name).join(", ")}: the operator allows ${longestName} characters in the name of a stack`,
    "choose a shorter name of the environment or of these cells",
  );
}

function warnings(project: Project, { image, repository }: FleetSettings): string[] {
  return [
    ...(image === placeholders.image(project.name)
      ? ["the image is not set: build it as README.md says, then render with --image"]
      : /@sha256:[0-9a-f]{64}$/.test(image)
        ? []
        : [`${image} has no digest: a node that has the tag keeps its old content`]),
    ...(repository === placeholders.repository(project.name)
      ? ["the Git repository is not known: set --repo"]
      : []),
  ];
}
