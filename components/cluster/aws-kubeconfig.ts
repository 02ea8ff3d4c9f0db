import { type AssumeRole, assumeRoleFlags } from "../provider/credentials.ts";

/** The connection details of an EKS cluster. */
export interface EksEndpoint {
  readonly name: string;
  readonly region: string;
  /** URL of the API server. */
  readonly endpoint: string;
  /** Base64 of the PEM certificate. */
  readonly certificateAuthority: string;
  /** The role to authenticate as. @default the identity that runs the AWS CLI */
  readonly assumeRole?: AssumeRole | undefined;
}

/**
 * A kubeconfig, as JSON, without credentials: the AWS CLI gets a 15-minute token for an identity. That identity needs an access
 * entry on the cluster, and `aws` must be on the PATH.
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
 * `aws eks get-token` can assume a role, but has no flags for external id, session tags and session name. When a role has any
 * of them, Node.js, which runs the stack anyway, assumes the role first and passes its credentials to the same command.
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
    // The lifetime of a token, and the minimum of a session.
    "--duration-seconds",
    "900",
    "--region",
    region,
    "--output",
    "json",
  ];
  return { command: "node", args: ["--eval", assumeFirst, JSON.stringify([assume, getToken])] };
}

/** Runs the second command as the role that the first command assumes. */
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
