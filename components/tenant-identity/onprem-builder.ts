/** On-premises, services authenticate in the cluster: nothing is built in a cloud. */
export function build(): undefined {
  return undefined;
}
