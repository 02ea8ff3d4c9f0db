/** Checks an environment against the other environments of its folder. Pure. */
import { overlaps } from "../../components/core/cidr.ts";
import type { Problem } from "../../components/core/errors.ts";
import type { NameKind } from "../../components/core/naming.ts";
import type { EnvironmentSection } from "../../components/section/environment-section.ts";
import type { Section } from "../../components/section/section.ts";
import type { Demand, Resource } from "../../components/tenancy/capacity.ts";
import { configFile } from "../files/config-files.ts";
import type { OtherEnvironment } from "../files/other-environments.ts";
import { validSettings } from "../specs/environment.ts";
import { ownerProblems } from "./owners.ts";
import { reservedProblems, sharedNameProblems } from "./physical-names.ts";
import { plannedNames } from "./planned-names.ts";
import { type ReadFootprint, singletonsOf } from "./singletons.ts";

/** Problems of names, and of things that two environments or cells would both manage. */
export function folderProblems(
  own: OtherEnvironment,
  others: readonly OtherEnvironment[],
  registry: readonly Section[],
  ofEnvironments: readonly EnvironmentSection[],
  asked: string,
): Problem[] {
  const read = footprintOf(own, ofEnvironments);
  const rest = others.map((other) => footprintOf(other, ofEnvironments));
  const names = plannedNames(read, registry);
  return [
    ...reservedProblems(names),
    ...sharedNameProblems(
      names,
      rest.flatMap((other) => plannedNames(other, registry)),
      asked,
    ),
    ...sharedHubProblems(read, rest),
    ...ownerProblems(
      singletonsOf(read, registry),
      rest.flatMap((other) => singletonsOf(other, registry)),
      asked,
    ),
  ];
}

/** Resources of an account that have a physical name each. */
const counted: Readonly<Partial<Record<NameKind, Resource>>> = {
  "iam-role": "iamRoles",
  "s3-bucket": "buckets",
};

/** What the stacks of these environments take of the quotas of each AWS account. */
export function takenOfAccounts(
  environments: readonly OtherEnvironment[],
  registry: readonly Section[],
  ofEnvironments: readonly EnvironmentSection[],
): Record<string, Demand> {
  const taken: Record<string, Partial<Record<Resource, number>>> = {};
  for (const environment of environments) {
    for (const { kind, owner } of plannedNames(
      footprintOf(environment, ofEnvironments),
      registry,
    )) {
      const resource = counted[kind];
      if (resource === undefined) continue;
      const account = owner.replace(/^account /, "");
      const sums = taken[account] ?? {};
      sums[resource] = (sums[resource] ?? 0) + 1;
      taken[account] = sums;
    }
  }
  return taken;
}

/** An existing hub of Google connects all of its spokes, whose routes must differ. */
function sharedHubProblems(own: ReadFootprint, others: readonly ReadFootprint[]): Problem[] {
  const hub = own.sections.connectivity?.existing?.googleHub;
  const supernet = own.sections.addressSpace?.supernet;
  return others.flatMap(({ name, sections: { connectivity, addressSpace } }): Problem[] => {
    const there = addressSpace?.supernet;
    if (hub === undefined || connectivity?.existing?.googleHub !== hub) return [];
    if (supernet === undefined || there === undefined || !overlaps(supernet, there)) return [];
    const message = `must not overlap ${there} of ${configFile(name)}: the networks of both are spokes of ${hub}`;
    return [{ path: `${configFile(own.name)}: addressSpace.supernet`, message, got: supernet }];
  });
}

function footprintOf(
  { name, manifest, environment, cells }: OtherEnvironment,
  ofEnvironments: readonly EnvironmentSection[],
): ReadFootprint {
  return { name, sections: environment ?? validSettings(manifest, ofEnvironments), cells };
}
