/** Checks before anything is registered, with one message each. */
import { BlueprintError, type Problem } from "../core/errors.ts";
import type { Statement } from "../core/iam.ts";
import { type AwsReferences, missingReferences } from "./aws-statements.ts";
import { type GcpReferences, missingGcpReferences } from "./gcp-roles.ts";
import type { AwsGrant, GcpGrant, GrantableKind } from "./grant-schema.ts";
import { type Finding, policyProblems } from "./lint.ts";

type Granting<Grant> = Readonly<Record<string, { readonly grants: readonly Grant[] }>>;

/** @throws BlueprintError `manifest-invalid` with every grant of an unknown resource */
export function refuseMissing(
  name: string,
  workloads: Granting<AwsGrant>,
  references: AwsReferences,
  kinds?: readonly GrantableKind[],
): void {
  refuse(name, workloads, (grants) => missingReferences(grants, references, kinds));
}

/** The same on GCP. */
export function refuseMissingOnGcp(
  name: string,
  workloads: Granting<GcpGrant>,
  references: GcpReferences,
): void {
  refuse(name, workloads, (grants) => missingGcpReferences(grants, references));
}

function refuse<Grant>(
  name: string,
  workloads: Granting<Grant>,
  missingOf: (grants: readonly Grant[]) => string[],
): void {
  const problems = Object.entries(workloads).flatMap(([key, { grants }]) =>
    missingOf(grants).map((missing) => ({
      path: `${name}: workloads.${key}`,
      message: `grants access to ${missing}, which is not among the references`,
    })),
  );
  if (problems.length > 0) {
    throw new BlueprintError(
      "manifest-invalid",
      `${name} grants access to unknown resources:`,
      problems,
    );
  }
}

/** @throws BlueprintError `manifest-invalid` with every finding in the statements of each workload */
export function refuseUnsafe(
  name: string,
  policies: Readonly<Record<string, readonly Statement[]>>,
): void {
  refuseProblems(
    name,
    Object.entries(policies).flatMap(([key, statements]) =>
      problemsOf(`${name}: workloads.${key}`, policyProblems(statements)),
    ),
  );
}

/** @throws BlueprintError `manifest-invalid` with every finding */
export function refuseFindings(name: string, findings: readonly Finding[]): void {
  refuseProblems(name, problemsOf(name, findings));
}

function problemsOf(where: string, findings: readonly Finding[]): Problem[] {
  return findings.map(({ sid, message, got }) => ({
    path: `${where}${sid === undefined ? "" : `: ${sid}`}`,
    message,
    ...(got === undefined ? {} : { got }),
  }));
}

function refuseProblems(name: string, problems: readonly Problem[]): void {
  if (problems.length > 0) {
    throw new BlueprintError(
      "manifest-invalid",
      `${name} would grant excess permissions:`,
      problems,
    );
  }
}
