/** Problems of grants, given the cell's declarations. */
import { z } from "zod";
import { didYouMean } from "../core/suggest.ts";
import type { GrantableKind, GrantKind } from "./grant-schema.ts";

/** The resources of a cell by kind and name, set by the cell's stack, never in a manifest. */
export function declaredResources(kinds: readonly GrantableKind[]) {
  const names = kinds.map(({ kind }) => kind);
  return z.partialRecord(z.enum(names), z.array(z.string())).default({});
}

export type DeclaredResources = z.output<ReturnType<typeof declaredResources>>;

interface Granting {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly grants: readonly {
    readonly kind: GrantKind;
    readonly name: string;
    readonly may: readonly string[];
  }[];
}

/** A problem, by its path below the workloads. */
export interface GrantProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly got: unknown;
}

/** Grants of undeclared resources, duplicate grants, and service accounts in two workloads. */
export function grantProblems(
  workloads: Readonly<Record<string, Granting>>,
  declared: DeclaredResources,
): GrantProblem[] {
  return [
    ...unknownResources(workloads, declared),
    ...grantedTwice(workloads),
    ...claimedTwice(workloads),
  ];
}

/** Google stores each role binding once: removing one of two equal grants would remove both. */
function grantedTwice(workloads: Readonly<Record<string, Granting>>): GrantProblem[] {
  return Object.entries(workloads).flatMap(([key, { grants }]) => {
    const seen = new Set<string>();
    return grants.flatMap(({ may, ...rest }, index) => {
      const same = JSON.stringify(Object.entries(rest).sort());
      const message = "must not be granted twice: list all verbs in one grant";
      if (seen.has(same)) return [{ path: [key, "grants", index], message, got: rest }];
      seen.add(same);
      return [];
    });
  });
}

function unknownResources(
  workloads: Readonly<Record<string, Granting>>,
  declared: DeclaredResources,
): GrantProblem[] {
  return Object.entries(workloads).flatMap(([key, { grants }]) =>
    grants.flatMap(({ kind, name }, index) => {
      const known = declared[kind] ?? [];
      // The schema reports wildcards.
      if (known.includes(name) || name.includes("*")) return [];
      const none = known.length === 0 ? `: the cell declares no ${kind}` : didYouMean(name, known);
      return {
        path: [key, "grants", index, "name"],
        message: `must be a ${kind} that the cell declares${none}`,
        got: name,
      };
    }),
  );
}

/** A pod has one identity: both clouds support one role or account per service account. */
function claimedTwice(workloads: Readonly<Record<string, Granting>>): GrantProblem[] {
  const first = new Map<string, string>();
  return Object.entries(workloads).flatMap(([key, { namespace, serviceAccount }]) => {
    const subject = `${namespace}/${serviceAccount}`;
    const other = first.get(subject);
    first.set(subject, other ?? key);
    if (other === undefined) return [];
    return {
      path: [key, "serviceAccount"],
      message: `must not be used by "${other}" too: a service account has one identity`,
      got: subject,
    };
  });
}
