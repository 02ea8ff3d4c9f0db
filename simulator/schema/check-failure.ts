/** A problem of an input, reported by a provider's Check. */
export interface CheckFailure {
  /** The property path in Pulumi's format: `vpcConfig.subnetIds[0]`; empty for the resource as a whole. */
  readonly property: string;
  /** What is wrong and what is valid, in lower case. */
  readonly reason: string;
}
