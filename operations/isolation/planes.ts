/** The planes on which tenants are isolated. Add one here, with its name in model.ts. */
import type { PlaneName } from "./model.ts";
import type { Plane } from "./plane.ts";
import { admission } from "./planes/admission.ts";
import { awsIam } from "./planes/aws-iam.ts";
import { cache } from "./planes/cache.ts";
import { database } from "./planes/database.ts";
import { googleIam } from "./planes/google-iam.ts";
import { kafka } from "./planes/kafka.ts";
import { keys } from "./planes/keys.ts";
import { network } from "./planes/network.ts";
import { nodes } from "./planes/nodes.ts";
import { quotas } from "./planes/quotas.ts";
import { rbac } from "./planes/rbac.ts";
import { secretStores } from "./planes/secret-stores.ts";

export const planes: Readonly<Record<PlaneName, Plane>> = {
  network,
  rbac,
  admission,
  quotas,
  nodes,
  "aws-iam": awsIam,
  "google-iam": googleIam,
  keys,
  "secret-stores": secretStores,
  kafka,
  database,
  cache,
};
