/** Permissions boundaries of deployers, which exist in their accounts, in a rehearsal. */
import type { EnvironmentManifest } from "../../../footprint/model.ts";
import type { ExistingResource } from "../../../simulator/existing.ts";

export function existingBoundaries({
  accounts,
}: EnvironmentManifest["deployers"]): ExistingResource[] {
  const all = Object.entries(accounts).flatMap(([account, { deployers }]) =>
    Object.values(deployers).flatMap(({ boundary }) => (boundary ? [{ account, boundary }] : [])),
  );
  const once = new Map(all.map((each) => [each.boundary, each]));
  return [...once.values()].map(({ account, boundary }) => {
    const path = boundary.slice(boundary.indexOf(":policy/") + ":policy".length);
    const name = path.slice(path.lastIndexOf("/") + 1);
    return {
      type: "aws:iam/policy:Policy",
      id: boundary,
      config: { region: "us-east-1", allowedAccountIds: [account] },
      inputs: { name, path: path.slice(0, path.lastIndexOf("/") + 1), policy: anything },
    };
  });
}

/** What it allows is its owner's; a rehearsal does not evaluate it. */
const anything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
