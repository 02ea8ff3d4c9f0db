/**
 * Whether a CIDR block is wider than the widest private one, and so holds public addresses by the million: 10.0.0.0/8 in IPv4,
 * fc00::/7 in IPv6. It catches 0.0.0.0/0 and ::/0, and the halves of them that are written to look like less.
 */
export function widerThanPrivate(cidr: string): boolean {
  const [address = "", prefix] = cidr.split("/");
  if (prefix === undefined) return false;
  return Number(prefix) < (address.includes(":") ? 7 : 8);
}
