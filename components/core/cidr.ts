import { isIPv4 } from "node:net";
import { excludeCidr, mergeCidr, parseCidr } from "cidr-tools";
import { z } from "zod";
import { BlueprintError } from "./errors.ts";

/** An IPv4 block as a string, for example `10.20.0.0/16`. */
export type Cidr = string;

/** Private ranges: RFC 1918, and RFC 6598, which clouds allow for pods. */
export const privateRanges: readonly Cidr[] = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
];

/** Any IPv4 block in its canonical form. */
export const cidrText = z.string().superRefine((text, context) => {
  const problem = cidrProblem(text);
  if (problem) context.addIssue({ code: "custom", message: problem, input: text });
});

/** An IPv4 block that lies in a private range. */
export const privateCidrText = cidrText.superRefine((text, context) => {
  if (cidrProblem(text) || isPrivate(text)) return;
  context.addIssue({
    code: "custom",
    message: `must lie in a private range: ${privateRanges.join(", ")}`,
    input: text,
  });
});

/** The problem with a string that should be an IPv4 block, and its fix; undefined when there is none. */
export function cidrProblem(text: string): string | undefined {
  const [address = "", prefix = "", ...rest] = text.split("/");
  if (
    rest.length > 0 ||
    !isIPv4(address) ||
    !/^(0|[1-9]\d?)$/.test(prefix) ||
    Number(prefix) > 32
  ) {
    return 'must be an IPv4 block such as "10.20.0.0/16"';
  }
  const canonical = blockAt(boundsOf(text).start, Number(prefix));
  return canonical === text ? undefined : `must start where the block starts: "${canonical}"`;
}

export function isPrivate(cidr: Cidr): boolean {
  return privateRanges.some((range) => contains(range, cidr));
}

/** The `/n` of a block. */
export function prefixOf(cidr: Cidr): number {
  return Number(cidr.slice(cidr.indexOf("/") + 1));
}

/** How many addresses a block holds. */
export function addressesIn(cidr: Cidr): number {
  return 2 ** (32 - prefixOf(cidr));
}

/** Whether the inner block lies wholly in the outer one. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  const a = boundsOf(outer);
  const b = boundsOf(inner);
  return a.start <= b.start && b.end <= a.end;
}

/** The smallest block that contains all of these. */
export function enclosing(cidrs: readonly Cidr[]): Cidr {
  const bounds = cidrs.map(boundsOf);
  const first = Math.min(...bounds.map(({ start }) => start));
  const last = Math.max(...bounds.map(({ end }) => end));
  let size = 1;
  while (Math.floor(first / size) !== Math.floor(last / size)) size *= 2;
  return blockAt(Math.floor(first / size) * size, 32 - Math.log2(size));
}

/** Whether two blocks share an address. */
export function overlaps(one: Cidr, other: Cidr): boolean {
  const a = boundsOf(one);
  const b = boundsOf(other);
  return a.start <= b.end && b.start <= a.end;
}

/** All blocks of this prefix inside a block, in order of address. */
export function split(cidr: Cidr, prefix: number): Cidr[] {
  const count = 2 ** (prefix - prefixOf(cidr));
  if (!Number.isInteger(count) || prefix > 32) {
    throw new BlueprintError("cidr-exhausted", `${cidr} has no room for a /${prefix}`);
  }
  const { start } = boundsOf(cidr);
  return Array.from({ length: count }, (_, i) => blockAt(start + i * 2 ** (32 - prefix), prefix));
}

/** The `n`th address of a block, counted from 0; negative numbers count from its end. */
export function addressAt(cidr: Cidr, n: number): string {
  const { start, end } = boundsOf(cidr);
  const address = n < 0 ? end + 1 + n : start + n;
  if (address < start || address > end) {
    throw new BlueprintError("cidr-exhausted", `${cidr} has no address number ${n}`);
  }
  return addressText(address);
}

/**
 * Allocates blocks of the given prefixes inside one block: the largest first, each at the first free address, equal ones in the
 * given order. Sizes are powers of two, so no space is lost: it fails only when the sum is too large.
 *
 * @throws BlueprintError `cidr-exhausted`, with the smallest block that is large enough.
 */
export function allocate<Name extends string>(
  cidr: Cidr,
  prefixes: Readonly<Record<Name, number>>,
): Record<Name, Cidr> {
  const wanted = Object.entries<number>(prefixes).sort(([, a], [, b]) => a - b);
  const needed = smallestFor(wanted.map(([, prefix]) => prefix));
  if (needed < prefixOf(cidr)) {
    throw new BlueprintError(
      "cidr-exhausted",
      `${cidr} is too small for ${wanted.map(([name, prefix]) => `${name} /${prefix}`).join(", ")}: the smallest that works is a /${needed}`,
    );
  }
  let next = boundsOf(cidr).start;
  const placed = new Map<string, Cidr>();
  for (const [name, prefix] of wanted) {
    placed.set(name, blockAt(next, prefix));
    next += 2 ** (32 - prefix);
  }
  return Object.fromEntries(
    Object.keys(prefixes).map((name) => [name, placed.get(name)]),
  ) as Record<Name, Cidr>;
}

/** The prefix of the smallest block that holds blocks of these prefixes. */
export function smallestFor(prefixes: readonly number[]): number {
  const addresses = prefixes.reduce((sum, prefix) => sum + 2 ** (32 - prefix), 0);
  return 32 - Math.ceil(Math.log2(Math.max(1, addresses)));
}

/** The free part of a block, as the fewest blocks, in order of address. */
export function freeBlocks(cidr: Cidr, taken: readonly Cidr[]): Cidr[] {
  return excludeCidr(mergeCidr(cidr), mergeCidr([...taken])).sort(
    (a, b) => boundsOf(a).start - boundsOf(b).start,
  );
}

/** The first free block of this prefix; undefined when there is none. */
export function nextFree(cidr: Cidr, taken: readonly Cidr[], prefix: number): Cidr | undefined {
  const fits = freeBlocks(cidr, taken).find((block) => prefixOf(block) <= prefix);
  return fits && blockAt(boundsOf(fits).start, prefix);
}

/** The used and free space of a block. */
export interface Room {
  readonly addresses: number;
  readonly free: number;
  /** The prefix of the largest free block; undefined when all is taken. */
  readonly largestFree?: number;
}

export function roomIn(cidr: Cidr, taken: readonly Cidr[]): Room {
  const free = freeBlocks(cidr, taken);
  const largest = free.length > 0 ? { largestFree: Math.min(...free.map(prefixOf)) } : {};
  return {
    addresses: addressesIn(cidr),
    free: free.reduce((sum, block) => sum + addressesIn(block), 0),
    ...largest,
  };
}

/** The pairs of names whose blocks share an address. */
export function overlapping<Name extends string>(
  blocks: Readonly<Record<Name, Cidr>>,
): [Name, Name][] {
  const sorted = (Object.entries(blocks) as [Name, Cidr][])
    .map(([name, cidr]) => ({ name, ...boundsOf(cidr) }))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const pairs: [Name, Name][] = [];
  let open: typeof sorted = [];
  for (const block of sorted) {
    open = open.filter(({ end }) => end >= block.start);
    for (const earlier of open) pairs.push([earlier.name, block.name]);
    open.push(block);
  }
  return pairs;
}

function boundsOf(cidr: Cidr): { start: number; end: number } {
  const { start, end } = parseCidr(cidr);
  return { start: Number(start), end: Number(end) };
}

function blockAt(address: number, prefix: number): Cidr {
  return `${addressText(address)}/${prefix}`;
}

function addressText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
