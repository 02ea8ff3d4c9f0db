import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { Credentials } from "../provider/credentials.ts";

export interface GcpSqlDeployerArgs extends ComponentArgs {
  readonly project: string;
  readonly instance: pulumi.Input<string>;
  /** The email of the identity that runs the stacks. */
  readonly email: pulumi.Input<string>;
}

/** The role of Cloud SQL that may create roles, and owns the databases that the API creates. */
export const sqlAdministrators = "cloudsqlsuperuser";

/** The identity that runs the stacks, as a user of a Cloud SQL instance that signs in with IAM, so that it can set rights in databases. */
export class GcpSqlDeployer extends BlueprintComponent {
  constructor(name: string, args: GcpSqlDeployerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tenant-database", "GcpSqlDeployer", name, args, {}, opts);
    const email = pulumi.output(args.email);
    new gcp.sql.User(
      this.named(),
      {
        project: args.project,
        instance: args.instance,
        // PostgreSQL limits the length: the email of a service account without its suffix.
        name: email.apply((whole) => whole.replace(serviceAccount, "")),
        type: email.apply((whole) =>
          serviceAccount.test(whole) ? "CLOUD_IAM_SERVICE_ACCOUNT" : "CLOUD_IAM_USER",
        ),
        databaseRoles: [sqlAdministrators],
        // Cloud SQL does not delete users that have roles; the instance takes it away.
        deletionPolicy: "ABANDON",
      },
      this.child(),
    );
    this.registerOutputs({});
  }
}

const serviceAccount = /\.gserviceaccount\.com$/;

/** The identity that runs the stacks in a project: the impersonated service account, or the one that Google knows. */
export function deployerEmail(
  { projects }: Credentials,
  project: string,
  lookUp: pulumi.InvokeOptions,
): pulumi.Input<string> {
  const { [project]: impersonation } = projects;
  if (impersonation !== undefined) return impersonation.impersonate;
  return gcp.organizations.getClientOpenIdUserInfoOutput(lookUp).email;
}
