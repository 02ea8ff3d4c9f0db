/** What the sections of a tenant grant a service, together. Pure. */
import type { Statement } from "../core/iam.ts";
import type { TenantSection } from "../section/tenant-section.ts";
import type { TenantService } from "../tenant-namespaces/services.ts";
import type { AwsPlace, GcpOffer, TenantOffer } from "./offer.ts";

/** The component of a section; undefined if the tenant does not have it. */
type BuiltBy = (section: TenantSection) => unknown;

/** On AWS, each with a sid of its own. */
export function offered(
  offers: readonly TenantOffer[],
  builtBy: BuiltBy,
  service: TenantService,
  { account, region }: AwsPlace,
): Statement[] {
  return offers
    .flatMap((offer) => {
      const built = builtBy(offer.section);
      if (built === undefined) return [];
      return offer.aws?.(built as never, service, { account, region }) ?? [];
    })
    .map((statement, index) => ({ ...statement, sid: `${statement.sid}${index + 1}` }));
}

export function offeredOnGcp(
  offers: readonly TenantOffer[],
  builtBy: BuiltBy,
  service: TenantService,
): GcpOffer[] {
  return offers.flatMap((offer) => {
    const built = builtBy(offer.section);
    return built === undefined ? [] : (offer.gcp?.(built as never, service) ?? []);
  });
}
