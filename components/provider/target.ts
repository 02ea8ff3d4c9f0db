/** Where resources are created: an AWS account and region, a Google Cloud project and region, or an on-premises site. */
export type CloudTarget = AwsTarget | GcpTarget | { readonly cloud: "onprem" };

export interface AwsTarget {
  readonly cloud: "aws";
  readonly account: string;
  readonly region: string;
}

export interface GcpTarget {
  readonly cloud: "gcp";
  readonly project: string;
  readonly projectNumber: string;
  readonly region: string;
}
