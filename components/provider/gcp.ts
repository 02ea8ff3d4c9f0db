import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** The provider of a project and region. */
export function gcpProvider(
  name: string,
  { project, region }: { readonly project: string; readonly region: string },
  opts: pulumi.ResourceOptions = {},
): gcp.Provider {
  return new gcp.Provider(name, { project, region }, opts);
}
