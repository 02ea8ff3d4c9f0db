/**
 * Keys of an environment that released archives need. No state knows these archives any more, so the environment's stack has a tag for
 * each key.
 */
import { createHash } from "node:crypto";
import { environmentOf } from "../../footprint/files/config-files.ts";
import { resourcesOf, stacksOf } from "./deployed.ts";
import type { ExportedResource } from "./exported-state.ts";
import { keysNeeded, nameOfKey, type Released, releasedIn, stillReleased } from "./released.ts";
import type { Session } from "./session.ts";
import { liftedTag, setTag, tagsOf } from "./stack-tags.ts";

const prefix = "atoll:keeps-";

/** At most 40 characters. */
export function tagOf(key: string): string {
  return `${prefix}${createHash("sha256").update(key).digest("hex").slice(0, 16)}`;
}

/** What a destroy of these stacks leaves in the clouds. */
export async function releasedBy(
  session: Session,
  environment: string,
  stacks: readonly string[],
): Promise<Released> {
  const found = (await stacksOf(session)).filter((stack) => environmentOf(stack) === environment);
  const contents = await Promise.all(
    found.map(async (stack) => ({ stack, resources: await resourcesOf(session, stack) })),
  );
  const within = (isWithin: boolean) =>
    contents.flatMap(({ stack, resources }) =>
      stacks.includes(stack) === isWithin ? resources : [],
    );
  const all = [...within(true), ...within(false)];
  const needed = releasedIn(all);
  const urns = stacks.includes(environment)
    ? releasedIn(all, await keptKeys(session, environment))
    : needed;
  const before: string[] = [];
  for (const { stack, resources } of contents) {
    const left = stacks.includes(stack) ? stillReleased(resources) : [];
    if (left.length > 0 && (await tagsOf(session, stack))[liftedTag] !== undefined)
      before.push(...left.map(({ urn }) => urn));
  }
  return {
    urns: new Set([...urns, ...before]),
    keptEarlier: new Set([...urns].filter((urn) => !needed.has(urn))),
    keys: keysNeeded(within(true), all),
  };
}

/** The ARNs or names of the keys. @throws Failure when the tags cannot be read */
export async function keptKeys(
  session: Session,
  environment: string,
): Promise<ReadonlySet<string>> {
  const tags = await tagsOf(session, environment);
  return new Set(
    Object.keys(tags).flatMap((tag) => (tag.startsWith(prefix) ? (tags[tag] ?? []) : [])),
  );
}

/** Before archives are released: a destroy that fails after that is repeated. @throws Failure when a tag cannot be written */
export async function keepKeys(
  session: Session,
  environment: string,
  keys: readonly ExportedResource[],
): Promise<void> {
  for (const key of keys.map(nameOfKey)) await setTag(session, environment, tagOf(key), key);
}
