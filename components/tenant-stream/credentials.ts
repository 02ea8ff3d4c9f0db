/** The secrets of a tenant's Kafka clients in its namespaces. Pure. */
import type * as pulumi from "@pulumi/pulumi";
import type { DeliveredKey } from "../secrets/delivery.ts";
import { userName } from "./names.ts";
import type { OnpremTenantStreamSpec } from "./schema.ts";

/** The name of a client's secret in the tenant's namespaces. */
export function deliveredSecret(client: string): string {
  return `stream-${client}`;
}

/** Keys of the secret that Strimzi creates for a user. Source: Strimzi 1.2.0, "Securing user access". */
const keysOf = {
  certificate: ["user.crt", "user.key"],
  password: ["password", "sasl.jaas.config"],
} as const;

/** What each secret contains: the user's credentials, and the CA certificate of the brokers as `ca.crt`. */
export function credentialsOf(
  { tenant, clients, authentication }: OnpremTenantStreamSpec,
  authoritySecret: pulumi.Input<string>,
): Record<string, Record<string, DeliveredKey>> {
  return Object.fromEntries(
    Object.keys(clients).map((client) => [
      deliveredSecret(client),
      {
        "ca.crt": { secret: authoritySecret, key: "ca.crt" },
        ...Object.fromEntries(
          keysOf[authentication].map((key) => [key, { secret: userName(tenant, client), key }]),
        ),
      },
    ]),
  );
}
