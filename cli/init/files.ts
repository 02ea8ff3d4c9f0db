/** The files of a footprint repository, which holds no code of Atoll's own. */
import { environmentSections } from "../../components/environment-sections.ts";
import { cellSections } from "../../components/sections.ts";
import { ownSchemas } from "../../tools/generate/own-schemas.ts";
import { manifests, projectFile, schemaFolder } from "./manifests.ts";
import { readTemplate, type Wanted, workflow } from "./workflow.ts";

export interface Versions {
  readonly atoll: string;
  readonly typescript: string;
}

/** Files by path, in reading order. */
export function footprintFiles(wanted: Wanted, versions: Versions): ReadonlyMap<string, string> {
  return new Map([
    ["Pulumi.yaml", projectFile(wanted)],
    ["index.ts", entryFile],
    ["atoll.config.ts", configFile],
    ...manifests(wanted),
    ...schemas(),
    ["policies/PulumiPolicy.yaml", policyFile],
    ["policies/index.js", packFile],
    ["policies/package.json", json({ private: true, version: "0.0.0", type: "module" })],
    ["package.json", packageFile(wanted, versions)],
    ["tsconfig.json", json({ compilerOptions, include: ["*.ts", "sections", "test"] })],
    [".gitattributes", "* text=auto eol=lf\n"],
    [".gitignore", "node_modules/\n.atoll/\n"],
    [".npmrc", "ignore-scripts=true\nsave-exact=true\n"],
    [".vscode/settings.json", json(editorSettings)],
    [".vscode/extensions.json", json({ recommendations: ["redhat.vscode-yaml"] })],
    [".github/workflows/deploy.yml", workflow(wanted)],
    ["README.md", readme(wanted)],
  ]);
}

/** Of Atoll's own sections; `atoll schema` writes them again with those of the repository. */
function schemas(): [file: string, text: string][] {
  const files = ownSchemas(cellSections, environmentSections);
  return [...files].map(([name, text]) => [`${schemaFolder}/${name}`, text]);
}

const entryFile = `/** The program that Pulumi runs for every stack. */
import { run } from "atoll";
import config from "./atoll.config.ts";

export default () => run(config);
`;

const configFile = `/** The extensions of this repository. */
import { defineConfig } from "atoll";

// To add sections, use defineConfig({ sections: [...] }), then run npx atoll schema; see docs/your-own-code.md of Atoll.
export default defineConfig({});
`;

const policyFile = `description: Atoll's controls, and those of this repository
runtime: nodejs
main: index.js
`;

const packFile = `import { runPack } from "atoll/policies";

// To add policies of @pulumi/policy, use runPack({ policies: [...] }).
runPack();
`;

const compilerOptions = {
  target: "es2024",
  lib: ["es2024"],
  module: "nodenext",
  types: [],
  noEmit: true,
  strict: true,
  // Node runs TypeScript without a build step.
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
};

const editorSettings = {
  "yaml.schemas": { [`./${schemaFolder}/stack.json`]: "config/Pulumi.*.yaml" },
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
    // Atoll depends on the Pulumi SDKs, in the versions that it is tested with.
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
