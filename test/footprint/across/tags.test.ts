// Invalid tags. That the clouds accept the others is from their documentation, and partly from the embedded cloud's schemas.
import { aws, gcp, refusesEach, set } from "../../support/sample.ts";

const many = (count: number, prefix: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, "1"]));

refusesEach([
  [
    "tags that are invalid on a cloud, each with the reason",
    {
      local: set("tags", { Team: "a", owner: "b", "goog-managed": "c", "aws-x": "d" }),
      [gcp]: set("tags", { team: "Two words", "data-class": "public", ok: "" }),
    },
    [
      /local\.yaml: tags\.Team: the name must be 1 to 63 lower case letters/,
      /local\.yaml: tags\.owner: the name is a tag that every resource has/,
      /local\.yaml: tags\.goog-managed: the name must not start with "aws" or "goog"/,
      /local\.yaml: tags\.aws-x: the name must not start with/,
      /gcp-euw1\.yaml: tags\.team: must be at most 63 lower case letters.*\(got "Two words"\)/,
      /gcp-euw1\.yaml: tags\.data-class: the name is a tag that every resource has/,
    ],
  ],
  [
    "more tags than a resource can have",
    { local: set("tags", many(36, "a")) },
    [/local\.yaml: tags: must be at most 35 tags/],
  ],
  [
    "more tags than a cell's resources can have together with the environment's",
    { local: set("tags", many(30, "a")), [aws]: set("tags", many(6, "b")) },
    [/aws-use1\.yaml: tags: must be at most 35 tags together with the environment's: there are 36/],
  ],
]);
