import { aurora, cache, iam, keys } from "./aws.ts";
import { cloudSql, googleIam, googleKafka, googleKeys } from "./google.ts";
import { limits } from "./limits.ts";
import type { Mutation } from "./mutation.ts";
import { network } from "./network.ts";
import { cnpg, secretStores, strimzi } from "./operators.ts";
import { rbac } from "./rbac.ts";

export const mutations: readonly Mutation[] = [
  ...network,
  ...rbac,
  ...limits,
  ...iam,
  ...keys,
  ...cache,
  ...aurora,
  ...googleIam,
  ...googleKeys,
  ...googleKafka,
  ...cloudSql,
  ...strimzi,
  ...cnpg,
  ...secretStores,
];
