/** What `atoll init` writes: a repository that holds a footprint and nothing of Atoll's own code. */
import { manifests, projectFile } from "./manifests.ts";
import { readTemplate, type Wanted, workflow } from "./workflow.ts";

export interface Versions {
  readonly atoll: string;
  readonly typescript: string;
}

/** Files by their paths, in the order in which people read them. */
export function footprintFiles(wanted: Wanted, versions: Versions): ReadonlyMap<string, string> {
  return new Map([
    ["Pulumi.yaml", projectFile(wanted)],
    ["index.ts", entryFile],
    ["atoll.config.ts", configFile],
    ...manifests(wanted),
    ["policies/PulumiPolicy.yaml", policyFile],
    ["policies/index.js", packFile],
    ["policies/package.json", json({ private: true, version: "0.0.0", type: "module" })],
    ["package.json", packageFile(wanted, versions)],
    ["tsconfig.json", json({ compilerOptions, include: ["*.ts", "sections", "test"] })],
    [".gitignore", "node_modules/\n.atoll/\n"],
    [".npmrc", "ignore-scripts=true\nsave-exact=true\n"],
    [".vscode/settings.json", json(editorSettings)],
    [".vscode/extensions.json", json({ recommendations: ["redhat.vscode-yaml"] })],
    [".github/workflows/deploy.yml", workflow(wanted)],
    ["README.md", readme(wanted)],
  ]);
}

const entryFile = `/** What Pulumi runs, for every stack. */
import { run } from "atoll";
import config from "./atoll.config.ts";

export default () => run(config);
`;

const configFile = `/** What this repository adds to Atoll. */
import { defineConfig } from "atoll";

// Sections of your own: defineConfig({ sections: [...] }), as Atoll's docs/your-own-code.md shows.
export default defineConfig({});
`;

const policyFile = `description: Atoll's controls, and those of this repository
runtime: nodejs
main: index.js
`;

const packFile = `import { runPack } from "atoll/policies";

// Policies of your own: runPack({ policies: [...] }), as @pulumi/policy takes them.
runPack();
`;

const compilerOptions = {
  target: "es2024",
  lib: ["es2024"],
  module: "nodenext",
  types: [],
  noEmit: true,
  strict: true,
  // Node runs the files as they are.
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
};

const editorSettings = {
  "yaml.schemas": { "./node_modules/atoll/schemas/stack.json": "config/Pulumi.*.yaml" },
};

function packageFile({ name, environment }: Wanted, versions: Versions): string {
  return json({
    name,
    private: true,
    type: "module",
    engines: { node: ">=24" },
    scripts: {
      rehearse: `atoll up ${environment} --rehearse`,
      check: `atoll check ${environment}`,
      types: "tsc",
    },
    // Atoll brings Pulumi's SDKs, at the versions that it is tested with.
    dependencies: { atoll: versions.atoll },
    devDependencies: { typescript: versions.typescript },
  });
}

function readme({ name, environment }: Wanted): string {
  return readTemplate("README.md")
    .replaceAll("{{name}}", name)
    .replaceAll("{{environment}}", environment);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
