/** Which services of a tenant read its secrets in the cloud. Pure. */
import { secretGrant } from "../secrets/grant.ts";
import { defineTenantOffer } from "../tenant-identity/offer.ts";
import { secrets } from "./section.ts";

export const secretsOffer = defineTenantOffer(secrets, {
  services: (tenant) =>
    Object.values(tenant.settings(secrets)?.secrets ?? {}).flatMap(({ readers }) => readers),
  aws: ({ spec, secretArns, keyArn }, { name }, { account, region }) =>
    read(spec.secrets, name).flatMap((key) => {
      const arn = secretArns[key];
      if (arn === undefined) return [];
      return secretGrant.aws.statements(
        { kind: "secret", name: key, may: ["read"] },
        { arn, keyArn },
        { account, region, workload: name },
      );
    }),
  gcp: ({ spec, secretNames }, { name }) => ({
    roles: read(spec.secrets, name).flatMap((key) => {
      const secretId = secretNames[key];
      if (secretId === undefined) return [];
      return secretGrant.gcp
        .roles({ kind: "secret", name: key, may: ["read"] }, { secretId })
        .map((role) => ({ ...role, key: `secret/${key}/${role.key}` }));
    }),
  }),
});

/** The keys of secrets that a service reads. */
function read(
  secretsByKey: Readonly<Record<string, { readonly readers: readonly string[] }>>,
  service: string,
): string[] {
  return Object.entries(secretsByKey)
    .filter(([, { readers }]) => readers.includes(service))
    .map(([key]) => key);
}
