/** What tenants may use, as patterns of names, and where those of two tenants meet. Pure. */
import { contains, intersects, literalPrefix } from "./glob.ts";
import { type IsolationResource, theCell } from "./model.ts";
import type { Paths } from "./paths.ts";

export interface Claim {
  /** Names are compared within a scope: `topic` of a Kafka cluster. */
  readonly scope: string;
  /** With `*` and `?`. */
  readonly pattern: string;
  /** The tenant, or the cell. */
  readonly holder: string;
  /** `may`: it can use what matches. `owns`: what matches is its own. */
  readonly kind: "may" | "owns";
  /** Tags that a resource must have, by lower-case key: from conditions on `aws:ResourceTag`. @default any */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether a service authorizes each use again, so that a claim in common is not yet a path. @default false */
  readonly authorized?: boolean;
  /** Who acts. */
  readonly principal: string;
  /** What it does: `reads objects`. */
  readonly can: string;
  /** The mistake without names of tenants, under which paths are grouped. */
  readonly key: string;
  readonly resource: IsolationResource;
}

/** Adds a path for each claim of a tenant that meets one of another tenant, or covers what is the cell's. */
export function addMeetings(claims: readonly Claim[], paths: Paths): void {
  for (const inScope of Map.groupBy(claims, ({ scope }) => scope).values()) {
    const sorted = inScope
      .map((claim) => ({ claim, prefix: literalPrefix(claim.pattern) }))
      .sort((one, other) => (one.prefix < other.prefix ? -1 : one.prefix > other.prefix ? 1 : 0));
    sorted.forEach(({ claim, prefix }, index) => {
      // Only patterns whose literal beginnings continue each other can meet, and they follow each other.
      for (let next = index + 1; next < sorted.length; next++) {
        const other = sorted[next];
        if (!other?.prefix.startsWith(prefix)) break;
        meet(claim, other.claim, paths);
      }
    });
  }
}

function meet(one: Claim, other: Claim, paths: Paths): void {
  if (one.holder === other.holder || !canBeOne(one, other)) return;
  if (!intersects(one.pattern, other.pattern)) return;
  if (one.authorized && other.authorized && one.pattern === other.pattern) return;
  const [wider, narrower] = [
    contains(one.pattern, other.pattern),
    contains(other.pattern, one.pattern),
  ];
  const partly = !wider && !narrower;
  addOne(one, other, wider, partly, paths);
  addOne(other, one, narrower, partly, paths);
}

/**
 * A claim that contains the other one is the mistake. What is the cell's is shared by parts: only a claim on all of it is a path, as a
 * prefix of a shared bucket is how a tenant uses it.
 */
function addOne(by: Claim, on: Claim, covers: boolean, partly: boolean, paths: Paths): void {
  if (by.kind !== "may" || by.holder === theCell) return;
  const reaches =
    on.holder === theCell ? covers : covers || partly || (on.kind === "owns" && by.kind === "may");
  if (!reaches) return;
  paths.add({
    key: by.key,
    from: by.holder,
    to: [on.holder],
    resource: by.resource,
    steps: () => [
      {
        principal: by.principal,
        can: `${by.can} ${by.pattern}`,
        because: `${by.resource.name} allows it`,
      },
      {
        principal: by.principal,
        can: `reaches ${on.pattern}`,
        because: on.kind === "owns" ? `it belongs to ${named(on)}` : `${named(on)} uses it`,
      },
    ],
  });
}

function canBeOne({ tags = {} }: Claim, { tags: others = {} }: Claim): boolean {
  return Object.entries(tags).every(([key, value]) => (others[key] ?? value) === value);
}

function named({ holder }: Claim): string {
  return holder === theCell ? "the cell" : `tenant ${holder}`;
}
