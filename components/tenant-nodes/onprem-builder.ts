/** On-premises the site dedicates nodes, in a pool of the cell: nothing is built. */
export function build(): undefined {
  return undefined;
}
