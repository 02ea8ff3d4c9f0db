/** Rules of Cloud SQL for SQL that its API runs. */
import { CloudError } from "../errors.ts";
import { isBag } from "../wire.ts";
import type { Invariant } from "./invariant.ts";

/** @throws CloudError when an instance does not allow its API to run SQL, which is the default. */
export const dataApi: Invariant = ({ inputs, references }) => {
  const instance = references.find(({ property }) => property === "instance")?.target;
  const { settings } = instance?.inputs ?? {};
  if (instance === undefined || !isBag(settings)) return;
  if (settings.dataApiAccess === "ALLOW_DATA_API") return;
  throw new CloudError(
    "400",
    `the Data API is not enabled on instance ${String(inputs.instance)}: set settings.dataApiAccess to ALLOW_DATA_API`,
  );
};
