/** Where resources land: an account and region, a project and region, or a site of one's own. */
export type Landing = AwsLanding | GcpLanding | { readonly cloud: "onprem" };

export interface AwsLanding {
  readonly cloud: "aws";
  readonly account: string;
  readonly region: string;
}

export interface GcpLanding {
  readonly cloud: "gcp";
  readonly project: string;
  readonly projectNumber: string;
  readonly region: string;
}
