import type { Exemption } from "../footprint/manifest/claims.ts";

/** Today as `YYYY-MM-DD` in UTC; `ATOLL_TODAY` sets another day, for tests and for asking what will expire. */
export function today(): string {
  return process.env.ATOLL_TODAY ?? new Date().toISOString().slice(0, 10);
}

/** Whether its last day has passed. Dates of this form sort as text. */
export function isExpired(exemption: Exemption, day = today()): boolean {
  return exemption.expires < day;
}

/** The exemption that covers a control on a resource today; an expired one covers nothing. */
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

/** Whether a pattern is the resource's URN or its name; `*` stands for any characters. */
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
