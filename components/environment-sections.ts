/** The sections of an environment, in build order. */
import { audit } from "./audit/environment-section.ts";
import { budget } from "./budget/environment-section.ts";
import { connectivity } from "./connectivity/environment-section.ts";
import { deployers } from "./identity/environment-section.ts";
import { keys } from "./keys/environment-section.ts";
import { people } from "./people-access/environment-section.ts";
import { dns } from "./private-dns/environment-section.ts";
import { credentials } from "./provider/environment-section.ts";

export const environmentSections = [
  credentials,
  keys,
  audit,
  budget,
  deployers,
  connectivity,
  dns,
  people,
] as const;

export type AtollEnvironmentSection = (typeof environmentSections)[number];
