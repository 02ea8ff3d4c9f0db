import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { Credentials } from "./credentials.ts";

/** The provider for a project, and a region if its resources are in one. It impersonates the service account that `credentials` names for the project. */
export function gcpProvider(
  name: string,
  { project, region }: { readonly project: string; readonly region?: string },
  { projects }: Credentials,
  opts: pulumi.ResourceOptions = {},
): gcp.Provider {
  const { impersonate, delegates = [] } = projects[project] ?? {};
  return new gcp.Provider(
    name,
    {
      project,
      ...(region !== undefined && { region }),
      ...(impersonate !== undefined && { impersonateServiceAccount: impersonate }),
      ...(delegates.length > 0 && { impersonateServiceAccountDelegates: delegates }),
    },
    opts,
  );
}
