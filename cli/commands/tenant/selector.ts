/** Which tenants a command is for: `tier=basic,ring=0|1`. Pure. */
import type { PlacedTenant } from "../../../footprint/model.ts";
import { Failure } from "../../failure.ts";

const fields: Readonly<Record<string, (tenant: PlacedTenant) => readonly string[]>> = {
  id: ({ name }) => [name],
  tier: ({ tier }) => [tier],
  cell: ({ cells }) => cells,
  ring: ({ ring }) => [String(ring)],
  state: ({ state }) => [state],
  owner: ({ owner }) => (owner === undefined ? [] : [owner]),
};

/**
 * A test of tenants: all conditions hold, and each has one of its values.
 *
 * @param selector `id`, `tier`, `cell`, `ring`, `state`, `owner` or `tag.<key>`, `=`, and values separated by `|`
 * @throws Failure `bad-usage`
 */
export function selecting(selector: string | undefined): (tenant: PlacedTenant) => boolean {
  if (selector === undefined) return () => true;
  const conditions = selector.split(",").map((text) => {
    const [, key = "", values = ""] = /^([a-z]+(?:\.[a-z0-9_-]+)?)=(.+)$/.exec(text.trim()) ?? [];
    const tag = /^tag\.(.+)$/.exec(key)?.[1];
    const read =
      tag === undefined
        ? fields[key]
        : ({ tags }: PlacedTenant) => (tags[tag] === undefined ? [] : [tags[tag]]);
    if (read !== undefined) {
      const wanted = new Set(values.split("|"));
      return (tenant: PlacedTenant) => read(tenant).some((value) => wanted.has(value));
    }
    throw new Failure(
      "bad-usage",
      `"${text}" does not select tenants`,
      `write conditions such as tier=basic,ring=0|1; fields are ${Object.keys(fields).join(", ")} and tag.<key>`,
    );
  });
  return (tenant) => conditions.every((holds) => holds(tenant));
}
