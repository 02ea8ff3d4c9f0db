import type { Exemption } from "../footprint/manifest/claims.ts";

/** Today as `YYYY-MM-DD` in UTC. `ATOLL_TODAY` overrides it, for tests and to check future expirations. */
export function today(): string {
  return process.env.ATOLL_TODAY ?? new Date().toISOString().slice(0, 10);
}

/** Whether its last day has passed. Dates in this format can be compared as strings. */
export function isExpired(exemption: Exemption, day = today()): boolean {
  return exemption.expires < day;
}

/** The unexpired exemption for a control on a resource. */
export function exemptionFor(
  exemptions: readonly Exemption[],
  control: string,
  resource: { readonly urn: string; readonly name: string },
): Exemption | undefined {
  return exemptions.find(
    (exemption) =>
      exemption.control === control &&
      !isExpired(exemption) &&
      covers(exemption.resource, resource),
  );
}

/** Whether a pattern matches the resource's URN or name; `*` matches any characters. */
export function covers(
  pattern: string,
  { urn, name }: { readonly urn: string; readonly name: string },
): boolean {
  const glob = new RegExp(`^${pattern.split("*").map(literally).join(".*")}$`, "s");
  return glob.test(pattern.startsWith("urn:") ? urn : name);
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
