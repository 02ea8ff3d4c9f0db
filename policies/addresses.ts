/**
 * Whether a CIDR block is larger than the largest private one (10.0.0.0/8 in IPv4, fc00::/7 in IPv6) and so must contain public
 * addresses. Catches 0.0.0.0/0 and ::/0, and also their halves.
 */
export function widerThanPrivate(cidr: string): boolean {
  const [address = "", prefix] = cidr.split("/");
  if (prefix === undefined) return false;
  return Number(prefix) < (address.includes(":") ? 7 : 8);
}
