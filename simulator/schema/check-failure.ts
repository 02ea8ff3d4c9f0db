/** What a provider's Check says is wrong with an input. */
export interface CheckFailure {
  /** Where, as Pulumi writes it: `vpcConfig.subnetIds[0]`; empty for the resource as a whole. */
  readonly property: string;
  /** What is wrong and what would be right, in lower case. */
  readonly reason: string;
}
