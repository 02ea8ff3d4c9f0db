/** What changes of a cell's own fields do to a deployed cell. */
import { type Changes, inPlace, never, replaces } from "../../components/section/changes.ts";

export const cellFieldChanges: Changes = {
  ...never(
    {
      source: "a cell is in one place: its data cannot move with it",
      instead: "add another cell there, copy the data, and remove this one",
    },
    "cloud",
    "account",
    "project",
    "projectNumber",
    "region",
  ),
  ...replaces("the network with everything in it", "cidr"),
  ...inPlace(
    "kind",
    "environment",
    "owner",
    "costCentre",
    "dataClass",
    "tags",
    "residency",
    "hooks",
    "zones",
    "people",
    "site",
    "dns",
    "country",
  ),
};

/** The path of these fields in what a stack publishes; in the manifest they have none. */
export const cellFields = "cell";
