/** The image of workspaces and jobs: everything is inside, so that no pod fetches or installs anything. */
import type { Cloud } from "../../../components/core/cloud.ts";
import { digests } from "../../../tools/engine/digests.ts";
import { pinnedVersion } from "../../../tools/engine/version.ts";
import { dependencyVersion, nodeVersion } from "../../version.ts";
import { imageFolder } from "./workspace.ts";

/** Where Pulumi publishes its releases. */
const releases = "https://github.com/pulumi/pulumi/releases/download";

/** Docker's names of platforms, and the ends of the archives' names. */
const platforms = { amd64: "linux-x64.tar.gz", arm64: "linux-arm64.tar.gz" } as const;

/** The commands by which kubeconfigs get tokens, as Debian packages. */
const tokenCommands: Readonly<Partial<Record<Cloud, string>>> = {
  aws: "awscli",
  gcp: "google-cloud-cli-gke-gcloud-auth-plugin",
};

const googleRepository = `# The repository of Google's packages: https://cloud.google.com/sdk/docs/install#deb
ADD https://packages.cloud.google.com/apt/doc/apt-key.gpg /usr/share/keyrings/cloud.google.asc
RUN chmod 644 /usr/share/keyrings/cloud.google.asc \\
  && echo "deb [signed-by=/usr/share/keyrings/cloud.google.asc] https://packages.cloud.google.com/apt cloud-sdk main" \\
    > /etc/apt/sources.list.d/google-cloud-sdk.list
`;

export function dockerfile(clouds: readonly Cloud[]): string {
  const own = [...new Set(clouds)].sort();
  const packages = ["ca-certificates", ...own.flatMap((cloud) => tokenCommands[cloud] ?? [])];
  const providers = ["kubernetes", ...own.filter((cloud) => cloud !== "onprem")];
  const plugins = providers.map(
    (name) => `pulumi plugin install resource ${name} ${dependencyVersion(`@pulumi/${name}`)}`,
  );
  return `# syntax=docker/dockerfile:1
# Build it in the folder with Pulumi.yaml: docker build --file <this file> --tag <image> .
# Then render the fleet with the digest of the pushed image: --image <image>@sha256:<digest>

${Object.entries(platforms).map(cliStage).join("\n")}
FROM pulumi-\${TARGETARCH} AS pulumi
RUN mkdir /opt/pulumi && tar --extract --gzip --file /pulumi.tar.gz --directory /opt/pulumi --strip-components 1

FROM node:${nodeVersion}-bookworm-slim
# Go programs need the certificates of public authorities; kubeconfigs of cells need the clouds' commands for tokens.
RUN apt-get update \\
  && apt-get install --yes --no-install-recommends ca-certificates \\
  && rm -rf /var/lib/apt/lists/*
${own.includes("gcp") ? googleRepository : ""}${
  packages.length > 1
    ? `RUN apt-get update \\
  && apt-get install --yes --no-install-recommends ${packages.slice(1).join(" ")} \\
  && rm -rf /var/lib/apt/lists/*
`
    : ""
}COPY --from=pulumi /opt/pulumi /opt/pulumi
# The operator starts workspaces as user 1000, which is this image's user node.
RUN mkdir ${imageFolder} && chown 1000:1000 ${imageFolder}
USER 1000:1000
ENV HOME=/home/node \\
  PULUMI_HOME=/home/node/.pulumi \\
  PULUMI_SKIP_UPDATE_CHECK=true \\
  PATH=/opt/pulumi:$PATH
WORKDIR ${imageFolder}
RUN ${plugins.join(" \\\n  && ")}
COPY --chown=1000:1000 package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev && npm cache clean --force
COPY --chown=1000:1000 . .
# From here on a missing plugin is an error, and not a download.
ENV PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=true
`;
}

/** The pinned CLI; the build compares it with the digest before anything of it runs. */
function cliStage([arch, archive]: [string, string]): string {
  const digest = digests[archive];
  if (digest?.algorithm !== "sha256") throw new Error(`${archive} has no SHA-256`);
  return `FROM node:${nodeVersion}-bookworm-slim AS pulumi-${arch}
ADD --checksum=sha256:${digest.hex} \\
  ${releases}/v${pinnedVersion}/pulumi-v${pinnedVersion}-${archive} /pulumi.tar.gz
`;
}

/** What the image must not have: history, states of rehearsals, credentials, and the rendered fleet, which names the image. */
export function dockerignore(folder: string): string {
  return [
    ...["**/.git", "**/.atoll", "**/node_modules", "**/.env*", "**/*.pem", "**/*.key"],
    ...["**/.aws", "**/.kube", "**/.config/gcloud", folder],
    "",
  ].join("\n");
}
