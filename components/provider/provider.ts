/** The cloud providers of a landing place. Stacks make them here, explicitly: nothing runs on ambient defaults. */
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** Where resources land: an account and region, a project and region, or a site of one's own. */
export type Landing =
  | { readonly cloud: "aws"; readonly account: string; readonly region: string }
  | {
      readonly cloud: "gcp";
      readonly project: string;
      readonly projectNumber: string;
      readonly region: string;
    }
  | { readonly cloud: "onprem" };

/**
 * The providers for a landing place, by package, as `opts.providers` takes them. On AWS, credentials of another account are
 * refused before anything is made.
 */
export function createProviders(
  name: string,
  landing: Landing,
  opts: pulumi.ResourceOptions = {},
): Record<string, pulumi.ProviderResource> {
  switch (landing.cloud) {
    case "aws":
      return {
        aws: new aws.Provider(
          name,
          { region: landing.region, allowedAccountIds: [landing.account] },
          opts,
        ),
      };
    case "gcp":
      return {
        gcp: new gcp.Provider(name, { project: landing.project, region: landing.region }, opts),
      };
    case "onprem":
      return {};
  }
}
