import { createHash } from "node:crypto";

/** The account, project and regions of the mocked clouds. */
export const account = "123456789012";
export const awsRegion = "us-east-1";
export const project = "atoll-local";
export const projectNumber = "424242424242";

/** Plain inputs or outputs. */
export type Plain = Record<string, unknown>;

/** Hexadecimal digits that are deterministic for a string. */
export function hex(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

export function uuid(text: string): string {
  const h = hex(text, 32);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20)}`;
}
