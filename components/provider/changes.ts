/** What changes of credentials do: providers are configured in another way, and no resource changes. */
import { type Changes, inPlace } from "../section/changes.ts";

export const credentialsChanges: Changes = inPlace("accounts", "projects");
