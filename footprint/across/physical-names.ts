/** Refuses names that clouds reserve, and physical names that two stacks would both give. Pure. */
import type { Problem } from "../../components/core/errors.ts";
import {
  type NameKind,
  nameProblems,
  physicalName,
  reservedIn,
} from "../../components/core/naming.ts";
import type { PlannedName } from "../../components/core/place.ts";
import { configFile } from "../files/config-files.ts";
import type { StackName } from "./planned-names.ts";

/** Names of an environment and its cells that make names which a cloud reserves: one problem for each name. */
export function reservedProblems(names: readonly StackName[]): Problem[] {
  const found = Map.groupBy(
    names.flatMap((name) => reserved(name) ?? []),
    ({ path }) => path,
  );
  return [...found].flatMap(([path, [first, ...more]]) => {
    const messages = [first, ...more].flatMap((problem) => problem?.message ?? []);
    return { path, message: [...new Set(messages)].join("; "), got: first?.got };
  });
}

function reserved(name: StackName): Problem | undefined {
  const rule = reservedIn(name.kind);
  if (rule === undefined || !isReserved(name, name.parts)) return undefined;
  const [environment = "", ...rest] = name.parts;
  const [ofEnvironment, cell] = name.stack.split(".", 2);
  const problem = (path: string, got: string) => ({ path, message: rule.rule, got });
  if (isReserved(name, [environment, ...rest.map(() => "x")])) {
    return problem(`${configFile(ofEnvironment ?? environment)}: the name`, environment);
  }
  if (cell !== undefined && isReserved(name, ["x", cell, ...rest.slice(1).map(() => "x")])) {
    return problem(`${configFile(name.stack)}: the name`, cell);
  }
  // Keys of resources are checked by their own schemas.
  return undefined;
}

/** Parts with invalid characters are reported where they are read. */
function isReserved({ kind }: PlannedName, parts: readonly string[]): boolean {
  const rule = reservedIn(kind)?.rule;
  return nameProblems(kind, parts).some(({ message }) => message === rule);
}

/**
 * Problems of physical names that two stacks give in one account or project: one for each pair of stacks, with the first such name.
 *
 * @param own the names of an environment and its cells
 * @param others those of the other environments
 * @param asked the stack that reports a name that it gives
 */
export function sharedNameProblems(
  own: readonly StackName[],
  others: readonly StackName[],
  asked: string,
): Problem[] {
  const holders = new Map<string, StackName>();
  for (const name of others) {
    const key = keyOf(name);
    if (key !== undefined) holders.set(key, name);
  }
  const pairs = new Map<string, Problem>();
  for (const name of own) {
    const key = keyOf(name);
    if (key === undefined) continue;
    const holder = holders.get(key);
    holders.set(key, name);
    if (holder === undefined) continue;
    const pair = [name.stack, holder.stack].sort().join();
    if (pairs.has(pair)) continue;
    pairs.set(pair, holder.stack === asked ? shared(holder, name) : shared(name, holder));
  }
  return [...pairs.values()];
}

function shared(own: StackName, other: StackName): Problem {
  const whole = physicalName(own.kind, own.parts);
  const there = [configFile(other.stack), ...(other.path ? [`(${other.path})`] : [])].join(" ");
  const what = own.path === undefined ? "cell or environment" : "resource";
  return {
    path: `${configFile(own.stack)}: ${own.path ?? "the name"}`,
    message: `must not give the same physical names as ${there} in ${own.owner}, such as "${whole}": rename a ${what} that is not deployed yet, or use another ${own.owner.split(" ")[0]}`,
  };
}

/** Kinds that are unique in a region of an account or project. */
const regional: ReadonlySet<NameKind> = new Set([
  "eks-cluster",
  "elasticache-group",
  "gke-cluster",
  "launch-template",
  "managed-kafka",
  "memorystore-instance",
  "msk-cluster",
  "rds-cluster",
  "sqs-fifo-queue",
  "sqs-queue",
]);

/** Undefined for invalid names, which are reported where they are read, and where only a network has them once. */
function keyOf({ kind, parts, owner, region }: StackName): string | undefined {
  if (kind === "security-group" || nameProblems(kind, parts).length > 0) return undefined;
  const place = regional.has(kind) ? `${owner} ${region}` : owner;
  return `${place} ${kind} ${physicalName(kind, parts)}`;
}
