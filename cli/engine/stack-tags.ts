/** Tags of a stack in the backend. They outlive updates and the stack's resources, and all backends have them. */
import { failureOf } from "./errors.ts";
import type { Session } from "./session.ts";

/** The tag of a stack whose protection a destroy has lifted. */
export const liftedTag = "atoll:protection";

/** @throws Failure when the tags cannot be read */
export async function tagsOf(
  session: Session,
  stack: string,
): Promise<Readonly<Record<string, string>>> {
  const ended = await session.pulumi(["stack", "tag", "ls", "--json", "--stack", stack]);
  if (ended.code !== 0) throw failureOf(stack, ended);
  return JSON.parse(ended.stdout) as Readonly<Record<string, string>>;
}

/**
 * @param name at most 40 characters
 * @param value at most 256 characters
 * @throws Failure when the tag cannot be written
 */
export async function setTag(
  session: Session,
  stack: string,
  name: string,
  value: string,
): Promise<void> {
  const ended = await session.pulumi(["stack", "tag", "set", name, value, "--stack", stack]);
  if (ended.code !== 0) throw failureOf(stack, ended);
}
