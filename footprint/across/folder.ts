/** Checks an environment against the other environments of its folder. Pure. */
import type { Problem } from "../../components/core/errors.ts";
import type { Section } from "../../components/section/section.ts";
import type { OtherEnvironment } from "../files/other-environments.ts";
import { validSections } from "../specs/environment.ts";
import { ownerProblems } from "./owners.ts";
import { reservedProblems, sharedNameProblems } from "./physical-names.ts";
import { plannedNames } from "./planned-names.ts";
import { type ReadFootprint, singletonsOf } from "./singletons.ts";

/** Problems of names, and of things that two environments or cells would both manage. */
export function folderProblems(
  own: OtherEnvironment,
  others: readonly OtherEnvironment[],
  registry: readonly Section[],
  asked: string,
): Problem[] {
  const read = footprintOf(own);
  const rest = others.map(footprintOf);
  const names = plannedNames(read, registry);
  return [
    ...reservedProblems(names),
    ...sharedNameProblems(
      names,
      rest.flatMap((other) => plannedNames(other, registry)),
      asked,
    ),
    ...ownerProblems(
      singletonsOf(read, registry),
      rest.flatMap((other) => singletonsOf(other, registry)),
      asked,
    ),
  ];
}

function footprintOf({ name, manifest, environment, cells }: OtherEnvironment): ReadFootprint {
  return { name, sections: environment ?? validSections(manifest), cells };
}
