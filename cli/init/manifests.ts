/** Minimal config files of an environment and its first cells. Ids are examples, which the user replaces. */
import { stringify } from "yaml";
import type { Cloud } from "../../components/core/cloud.ts";
import { siteKubeconfig } from "../engine/rehearsal-site.ts";
import type { Wanted } from "./workflow.ts";

/** The folder with config files, as Pulumi.yaml names it. */
export const configFolder = "config";

/** The folder with the JSON Schemas of config files. */
export const schemaFolder = "schemas";

/** The name of the first cell on each cloud. */
export const cellNames: Readonly<Record<Cloud, string>> = {
  aws: "aws-use1",
  gcp: "gcp-euw1",
  onprem: "onprem-dc1",
};

/** The config files by path. */
export function manifests({ environment, clouds }: Wanted): [file: string, text: string][] {
  const file = (stack: string) => `${configFolder}/Pulumi.${stack}.yaml`;
  return [
    [file(environment), environmentFile],
    ...clouds.map((cloud): [string, string] => [
      file(`${environment}.${cellNames[cloud]}`),
      cellFiles[cloud](environment),
    ]),
  ];
}

const head = (schema: string) => `# yaml-language-server: $schema=../${schemaFolder}/${schema}.json
config:
  # Atoll creates the providers, for the account and region of each cell.
  pulumi:disable-default-providers: ["*"]
  atoll:manifest:
`;

const environmentFile = `${head("environment")}    kind: environment
    # rehearsal: the embedded cloud on this machine. cloud: your own accounts.
    target: rehearsal
    # permanent: stateful resources are protected from deletion. ephemeral: they are not.
    lifetime: permanent
    owner: platform
    costCentre: platform
    # soc2, pci-dss-4, hipaa, gdpr, ...: each adds its retention requirements, and its references in reports.
    frameworks: []
    addressSpace:
      # The private address block that contains the blocks of all cells.
      supernet: 10.32.0.0/11
`;

const cellFiles: Readonly<Record<Cloud, (environment: string) => string>> = {
  aws: (environment) => `${head("cell-aws")}    kind: cell
    environment: ${environment}
    cloud: aws
    account: "111122223333"
    region: us-east-1
    cidr: 10.32.0.0/16
    cluster:
      version: "1.35"
      access:
        platform-admins: {principalArn: "arn:aws:iam::111122223333:role/platform-admin", policy: cluster-admin}
    nodePools:
      system: {class: system, capacity: on-demand, architectures: [arm64], size: {min: 3, max: 6}}
      general: {class: stateless, capacity: spot-with-fallback, architectures: [amd64, arm64], size: {min: 0, max: 40}}
    objectStore:
      buckets:
        uploads: {}
`,
  gcp: (environment) => `${head("cell-gcp")}    kind: cell
    environment: ${environment}
    cloud: gcp
    project: acme-${environment}
    projectNumber: "123456789012"
    region: europe-west1
    cidr: 10.36.0.0/16
    cluster: {version: "1.35"}
    nodePools:
      system: {class: system, capacity: on-demand, size: {min: 3, max: 6}}
      general: {class: stateless, capacity: spot-with-fallback, size: {min: 0, max: 40}}
    objectStore:
      buckets:
        uploads: {}
`,
  onprem: (environment) => `${head("cell-onprem")}    kind: cell
    environment: ${environment}
    cloud: onprem
    site: Data centre 1
    cidr: 10.40.0.0/16
    cluster:
      version: "1.35"
      kubeconfig: {configKey: kubeconfig}
    nodePools:
      system: {class: system, capacity: on-demand, nodes: [node-a, node-b, node-c], size: {min: 3, max: 3}}
  # For rehearsals: it describes the site and has no credentials. Replace it with the cluster's kubeconfig:
  # pulumi config set --secret atoll:kubeconfig -s ${environment}.${cellNames.onprem} < kubeconfig
  atoll:kubeconfig: |
${indented(siteKubeconfig(rehearsedSite), 4)}`,
};

const rehearsedSite = {
  cluster: { version: "1.35" },
  nodePools: { system: { nodes: ["node-a", "node-b", "node-c"] } },
};

function indented(text: string, spaces: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(spaces));
}

/** Pulumi.yaml. */
export function projectFile({ name }: Wanted): string {
  return stringify({
    name,
    description: "A footprint built with Atoll",
    // `reusable`: the entry file exports a function, so the stacks of one command can share a process.
    runtime: { name: "nodejs", options: { typescript: false, reusable: true } },
    main: "index.ts",
    stackConfigDir: configFolder,
  });
}
