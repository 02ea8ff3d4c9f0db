/** The tenancy of an environment, as a section of its manifest. It builds nothing: cells and tenants are built by it. */
import { defineEnvironmentSection } from "../section/environment-section.ts";
import { tenancyChanges } from "./changes.ts";
import { tenancySchema } from "./environment-schema.ts";

export const tenancy = defineEnvironmentSection({
  name: "tenancy",
  page: "components/tenancy",
  about: "Its tiers, and the domains, rate plans and scopes of its tenants.",
  settings: tenancySchema(),
  changes: tenancyChanges,
});
