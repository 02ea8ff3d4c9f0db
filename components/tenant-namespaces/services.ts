/** The services of a tenant, as its other sections name them. Pure. */
import { z } from "zod";
import type { Problem } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import { namespaceOf } from "./names.ts";
import type { NamespacesSettings } from "./schema.ts";

/** `web/storefront`: a service of one of the tenant's namespaces. */
export const serviceName = z.string().regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/, {
  error: 'must be a service of a namespace: "web/storefront"',
});

export interface TenantService {
  /** `web/storefront` */
  readonly name: string;
  /** The namespace's name in the manifest. */
  readonly space: string;
  /** `tenant-acme-web` */
  readonly namespace: string;
  readonly serviceAccount: string;
}

export function serviceOf(tenant: string, name: string): TenantService {
  const [space = "", serviceAccount = ""] = name.split("/");
  return { name, space, namespace: namespaceOf(tenant, space), serviceAccount };
}

/** Problems of services that the tenant does not have. */
export function serviceProblems(
  names: Readonly<Record<string, readonly string[]>>,
  settings: NamespacesSettings | undefined,
): Problem[] {
  const known = Object.entries(settings?.spaces ?? {}).flatMap(([space, { services }]) =>
    Object.keys(services).map((service) => `${space}/${service}`),
  );
  return Object.entries(names).flatMap(([path, given]) =>
    given
      .filter((name) => !known.includes(name))
      .map((got) => ({
        path,
        message: `must be a service of the tenant's namespaces${known.length === 0 ? ", which have none" : didYouMean(got, known)}`,
        got,
      })),
  );
}
