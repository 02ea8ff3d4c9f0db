/** Whether the identity that runs `atoll` may act as the roles and service accounts that environments name. */
import {
  type AssumeRole,
  assumeRoleFlags,
  type Impersonation,
  impersonationChain,
} from "../../components/provider/credentials.ts";
import type { Environment } from "../../footprint/model.ts";
import { asked } from "./asked.ts";
import type { Finding } from "./finding.ts";

/** One check per account and project of each environment, with the clouds' own CLIs. */
export function actingFindings(
  environments: readonly Pick<Environment, "name" | "credentials">[],
): Promise<Finding[]> {
  return Promise.all(
    environments.flatMap(({ name, credentials: { accounts, projects } }) => [
      ...Object.entries(accounts).map(([account, { assumeRole }]) =>
        roleFinding(`${name}: role in ${account}`, assumeRole),
      ),
      ...Object.entries(projects).map(([project, impersonation]) =>
        impersonationFinding(`${name}: service account for ${project}`, impersonation),
      ),
    ]),
  );
}

/** The response contains credentials, so only the session's ARN is printed. */
function roleFinding(what: string, role: AssumeRole): Promise<Finding> {
  return asked(
    what,
    "aws",
    [
      "sts",
      "assume-role",
      "--role-arn",
      role.roleArn,
      ...assumeRoleFlags(role),
      "--duration-seconds",
      "900",
      "--query",
      "AssumedRoleUser.Arn",
      "--output",
      "text",
    ],
    `allow the identity that runs atoll in the trust policy of ${role.roleArn}: sts:AssumeRole${
      Object.keys(role.sessionTags).length > 0 ? " and sts:TagSession" : ""
    }`,
  );
}

function impersonationFinding(what: string, impersonation: Impersonation): Promise<Finding> {
  const chain = impersonationChain(impersonation);
  const [first] = chain.split(",");
  return asked(
    what,
    "gcloud",
    ["auth", "print-access-token", `--impersonate-service-account=${chain}`, "--quiet"],
    `grant roles/iam.serviceAccountTokenCreator on ${first} to the identity that runs atoll`,
  );
}
