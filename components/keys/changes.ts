/** What changes of key settings do to deployed keys. */
import { type Changes, never, replaces } from "../section/changes.ts";

export const keysChanges: Changes = {
  ...replaces("the keys on Google Cloud, and so everything that they encrypt", "edition"),
  ...never(
    {
      source: "the key of existing data cannot be exchanged",
      instead: "add another environment with these keys, and move the data",
    },
    "existing",
  ),
};
