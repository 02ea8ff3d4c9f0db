import { type AssumeRole, assumeRoleFlags } from "../provider/credentials.ts";

/** What a client needs to reach an EKS cluster. */
export interface EksEndpoint {
  readonly name: string;
  readonly region: string;
  /** URL of the API server. */
  readonly endpoint: string;
  /** Base64 of the PEM certificate. */
  readonly certificateAuthority: string;
  /** Who signs in. @default whatever identity runs the AWS CLI */
  readonly assumeRole?: AssumeRole | undefined;
}

/**
 * A kubeconfig, as JSON, that holds no credential: the AWS CLI turns an identity into a token of 15 minutes. So that identity needs
 * an access entry on the cluster, and `aws` has to be on the PATH.
 */
export function eksKubeconfig({
  name,
  region,
  endpoint,
  certificateAuthority,
  assumeRole,
}: EksEndpoint): string {
  const getToken = [
    "eks",
    "get-token",
    "--cluster-name",
    name,
    "--region",
    region,
    "--output",
    "json",
  ];
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [
      { name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1",
            ...signIn(getToken, region, assumeRole),
            env: [{ name: "AWS_STS_REGIONAL_ENDPOINTS", value: "regional" }],
            interactiveMode: "Never",
          },
        },
      },
    ],
  });
}

/**
 * `aws eks get-token` assumes a role, but has no flag for its external id, its session's tags and its name. Where a role has any of
 * them, Node.js, which runs the stack anyway, assumes it first and hands its credentials to the same command.
 */
function signIn(getToken: readonly string[], region: string, role: AssumeRole | undefined) {
  if (role === undefined) return { command: "aws", args: getToken };
  const { roleArn, externalId, sessionTags, sessionName } = role;
  if (externalId === undefined && sessionName === undefined && isEmpty(sessionTags)) {
    return { command: "aws", args: [...getToken, "--role-arn", roleArn] };
  }
  const assume = [
    "sts",
    "assume-role",
    "--role-arn",
    roleArn,
    ...assumeRoleFlags(role),
    // A token lasts as long, and no role allows less.
    "--duration-seconds",
    "900",
    "--region",
    region,
    "--output",
    "json",
  ];
  return { command: "node", args: ["--eval", assumeFirst, JSON.stringify([assume, getToken])] };
}

/** Prints what the second command prints as the role that the first one assumes. */
const assumeFirst = [
  'const { execFileSync } = require("node:child_process");',
  "const [assume, getToken] = JSON.parse(process.argv[1]);",
  'const { Credentials: role } = JSON.parse(execFileSync("aws", assume, { encoding: "utf8" }));',
  "const env = { ...process.env, AWS_ACCESS_KEY_ID: role.AccessKeyId,",
  "  AWS_SECRET_ACCESS_KEY: role.SecretAccessKey, AWS_SESSION_TOKEN: role.SessionToken };",
  'process.stdout.write(execFileSync("aws", getToken, { encoding: "utf8", env }));',
].join("\n");

function isEmpty(tags: Readonly<Record<string, string>>): boolean {
  return Object.keys(tags).length === 0;
}
