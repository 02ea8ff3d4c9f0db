/** IPv4 ranges. */
import { CloudError } from "../errors.ts";

export interface Range {
  readonly text: string;
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** @throws CloudError with the given code when the string is not a range, or has host bits set. */
export function parseRange(text: string, code: string): Range {
  const [, a, b, c, d, bits] =
    /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text) ?? [];
  const bytes = [a, b, c, d].map(Number);
  const prefix = Number(bits);
  if (bits === undefined || prefix > 32 || bytes.some((byte) => byte > 255)) {
    throw new CloudError(code, `Value (${text}) is not a valid CIDR block`);
  }
  const first = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const size = 2 ** (32 - prefix);
  if (first % size !== 0)
    throw new CloudError(code, `Value (${text}) has host bits set: it is not a network address`);
  return { text, first, last: first + size - 1, prefix };
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(one: Range, other: Range): boolean {
  return one.first <= other.last && other.first <= one.last;
}
