import { judge } from "./operations/isolation/oracle.ts";
import { pathText } from "./operations/isolation/matrix.ts";
import { plannedCells, sharedStacks, withTenants } from "./test/support/planned-cells.ts";
const t0 = Date.now();
const footprint = withTenants({ acme: {cell:"onprem-sel", tier:"basic"}, acme2: {cell: "onprem-sel", tier: "business"}, b1x: {cell:"aws-use1", tier:"basic"}, b1y:{cell:"aws-use1",tier:"business"} , c1y:{cell:"gcp-euw1",tier:"business"}}, (f) => f);
const shared = await sharedStacks(footprint);
console.log("shared", Date.now()-t0);
const cells = await plannedCells(footprint, shared);
console.log("tenants", Date.now()-t0);
for (const cell of cells) { const v = judge(cell); console.log(cell.name, cell.tenants, cell.resources.length, v.paths.length); for (const p of v.paths) console.log(p.plane, pathText(p)); }
