/** There is no key service on-premises: nothing is built. */
export function build(): undefined {
  return undefined;
}
