/** The statements of a role in as many documents as IAM's limits require. Pure. */
import type { Statement } from "./iam.ts";
import { countLimits, documentLimits } from "./service-limits.ts";

/** The statements of a role by document. */
export interface RolePolicies {
  readonly inline: readonly Statement[];
  /** What the inline policy has no room for: a list for each managed policy. @default none */
  readonly managed: readonly (readonly Statement[])[];
}

/** Room in the inline policies for what others add to the role: the sign-in to the copy of a database. */
const reserved = 512;

/** `{"Version":"2012-10-17","Statement":[]}` */
const frame = 40;

/**
 * Fills an inline policy, then managed ones, in the order of the statements. A statement that does not fit is divided by its resources.
 *
 * @param longest the same statements, by sid, as plain strings of the greatest possible length, because ARNs are not known before they
 * are created
 * @returns undefined if they exceed what one role can have
 */
export function rolePolicies(
  statements: readonly Statement[],
  longest: readonly Statement[],
): RolePolicies | undefined {
  const inline: Statement[] = [];
  const managed: Statement[][] = [];
  let document = inline;
  let room = documentLimits.inlinePolicies.characters - reserved - frame;
  const known = new Map(longest.map((each) => [each.sid, each]));
  for (const statement of statements) {
    let rest: Sized | undefined = { statement, longest: known.get(statement.sid) ?? statement };
    while (rest !== undefined) {
      const [fits, more]: Divided = divide(rest, room);
      if (fits !== undefined) {
        document.push(fits.statement);
        room -= sizeOf(fits.longest);
      }
      if (more !== undefined) {
        if (document.length === 0 || managed.length === countLimits.managedPoliciesPerRole) {
          return undefined;
        }
        document = [];
        managed.push(document);
        room = documentLimits.managedPolicy.characters - frame;
      }
      rest = more;
    }
  }
  return { inline, managed };
}

/** A statement, and the same of the greatest length. */
interface Sized {
  readonly statement: Statement;
  readonly longest: Statement;
}

type Divided = readonly [fits: Sized | undefined, rest: Sized | undefined];

/** The part of a statement that fits into the room, and the rest. */
function divide(sized: Sized, room: number): Divided {
  if (sizeOf(sized.longest) <= room) return [sized, undefined];
  const { statement, longest } = sized;
  const [own, long] = [statement.resources, longest.resources];
  if (!Array.isArray(own) || !Array.isArray(long)) return [undefined, sized];
  const part = (from: number, to?: number): Sized => ({
    statement: { ...statement, resources: own.slice(from, to) },
    longest: { ...longest, resources: long.slice(from, to) },
  });
  let count = own.length - 1;
  while (count > 0 && sizeOf(part(0, count).longest) > room) count -= 1;
  return count > 0 ? [part(0, count), part(count)] : [undefined, sized];
}

/**
 * The same for statements that a manifest check has accepted.
 *
 * @param longest @default statements that do not grow with the manifest: all inline
 */
export function dividedPolicies(
  statements: readonly Statement[],
  longest?: readonly Statement[],
): RolePolicies {
  const divided = longest === undefined ? undefined : rolePolicies(statements, longest);
  return divided ?? { inline: statements, managed: [] };
}

/** How many of these groups of statements fit in one role, from the first. */
export function fittingGroups(groups: readonly (readonly Statement[])[]): number {
  let count = groups.length;
  while (count > 0) {
    const statements = groups.slice(0, count).flat();
    if (rolePolicies(statements, statements) !== undefined) break;
    count -= 1;
  }
  return count;
}

/** With the comma that separates it from the next one. */
function sizeOf({ sid, effect = "Allow", actions, resources, conditions }: Statement) {
  const statement = {
    Sid: sid,
    Effect: effect,
    Action: actions,
    Resource: resources,
    Condition: conditions,
  };
  return JSON.stringify(plain(statement)).replaceAll(/\s/g, "").length + 1;
}

/** For values that are not known: longer than nearly every ARN. */
const placeholder = "x".repeat(200);

function plain(value: unknown): unknown {
  if (isLater(value)) return placeholder;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** An Output or a promise; by shape, so that checking a manifest does not load the SDK. */
function isLater(value: unknown): boolean {
  return (
    value instanceof Promise ||
    ((typeof value === "object" || typeof value === "function") &&
      value !== null &&
      (value as { __pulumiOutput?: unknown }).__pulumiOutput === true)
  );
}
