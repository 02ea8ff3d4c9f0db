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

/** A target without the fields that its id does not need. */
type Identified =
  | Exclude<CloudTarget, { readonly cloud: "gcp" }>
  | Omit<GcpTarget, "projectNumber">;

/** The id of a target in resource names and outputs: `aws-111122223333-us-east-1`. */
export function targetId(target: Identified): string {
  switch (target.cloud) {
    case "aws":
      return `aws-${target.account}-${target.region}`;
    case "gcp":
      return `gcp-${target.project}-${target.region}`;
    case "onprem":
      return "onprem";
  }
}
