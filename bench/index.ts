/** `npm run bench`: prints how the blueprint compares, each ratio measured in one run on this machine. */
import { cellRatios } from "./cell.ts";
import type { Ratio } from "./measure.ts";
import { programLoads } from "./program-load.ts";

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;

function print({ name, ratio, bar, measured, against, rounds }: Ratio): void {
  console.log(
    `${name}\n  ${ratio.toFixed(2)} (bar ${bar}; ${seconds(measured)} / ${seconds(against)}, medians of ${rounds})`,
  );
}

for (const each of await programLoads()) print(each);
const { ratios, furtherProgram } = await cellRatios();
console.log(
  `a further program of the same command: from the engine's request to the first resource\n  ${seconds(furtherProgram)} (bar 0.15 s)`,
);
for (const each of ratios) {
  console.log(`a cell of ${each.resources} resources:`);
  print(each);
}
