/** What `destroy` leaves in the clouds, for the description before it asks. */
import { shortName } from "../engine/events.ts";
import { tagOf } from "../engine/kept-keys.ts";
import { isNamedWhenReleased, nameOfKey, type Released } from "../engine/released.ts";
import type { StateResource } from "../engine/state.ts";
import { wrapped } from "./wrap.ts";

/**
 * The archives that stay, with their keys; none where nothing does.
 *
 * @param resources those of the stacks to destroy
 */
export function releasedText(
  environment: string,
  resources: readonly StateResource[],
  { urns, keptEarlier, keys }: Released,
): readonly string[] {
  const named = resources.filter(({ urn, type }) => urns.has(urn) && isNamedWhenReleased(type));
  const [earlier, now] = [true, false].map((isEarlier) =>
    named.filter(({ urn }) => keptEarlier.has(urn) === isEarlier),
  );
  return [
    ...listed(
      "The following stays in the cloud, without a stack: its objects are locked, and the keys that they need are kept:",
      now,
    ),
    ...listed(
      `Keys of environment ${environment} that these archives need. It keeps them when it is destroyed:`,
      keys.filter(({ urn }) => !resources.some((each) => each.urn === urn)),
    ),
    ...listed(
      "Keys that stay in the cloud, without a stack: archives that were released earlier need them. If such an archive has been deleted since, first run the command below its key, and the key is deleted:",
      earlier,
      (each) => [
        // On one line, to be copied.
        `    npx atoll pulumi -- stack tag rm ${tagOf(nameOfKey(each))} --stack ${environment}`,
      ],
    ),
  ];
}

function listed(
  title: string,
  resources: readonly StateResource[] = [],
  below: (resource: StateResource) => readonly string[] = () => [],
): string[] {
  if (resources.length === 0) return [];
  const lines = resources.map((each) =>
    [wrapped(`${shortName(each.urn)} (${each.id})`, 2), ...below(each)].join("\n"),
  );
  return [wrapped(title), ...lines.sort()];
}
