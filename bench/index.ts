/** `npm run bench`: prints how the blueprint compares, each ratio measured in one run on this machine. */
import { cellRatios } from "./cell.ts";
import type { Ratio } from "./measure.ts";
import { programLoad } from "./program-load.ts";

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;

function print({ name, ratio, bar, measured, against, rounds }: Ratio): void {
  console.log(
    `${name}\n  ${ratio.toFixed(2)} (bar ${bar}; ${seconds(measured)} / ${seconds(against)}, medians of ${rounds})`,
  );
}

print(await programLoad());
const { ratios, resources } = await cellRatios();
console.log(`a full cell: ${resources} resources`);
for (const each of ratios) print(each);
