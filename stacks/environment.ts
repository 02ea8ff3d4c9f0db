/** An environment: what its cells share. For now its keys and the registry of address blocks. */
import { createKeys } from "../components/keys/keys.ts";
import type { Landing } from "../components/provider/landing.ts";
import { createProviders } from "../components/provider/provider.ts";
import { addressRegistry } from "./addresses.ts";
import type { Footprint } from "./footprint.ts";
import { landingId, landingOf } from "./landing.ts";
import type { EnvironmentOutputs, Pending } from "./outputs.ts";
import { environmentOwnership } from "./ownership.ts";

export function environmentStack(
  { environment, cells }: Footprint,
  retain: boolean,
): Pending<EnvironmentOutputs> {
  const ownership = environmentOwnership(environment);
  const landings = new Map(cells.map(landingOf).map((landing) => [landingId(landing), landing]));
  const keys = [...landings].flatMap(([id, landing]) => {
    const ring = createKeyRing(id, landing);
    return ring ? [[id, ring] as const] : [];
  });
  return {
    environment: environment.name,
    target: environment.target,
    lifetime: environment.lifetime,
    addresses: addressRegistry(environment, cells),
    keys: Object.fromEntries(keys),
  };

  /** A site of one's own has no key service; its clusters bring their own encryption. */
  function createKeyRing(id: string, landing: Landing) {
    const name = `keys-${id}`;
    const opts = { providers: createProviders(id, landing) };
    switch (landing.cloud) {
      case "aws":
        return createKeys(name, { spec: landing, ownership, retain }, opts).references;
      case "gcp": {
        const spec = { ...landing, ...environment.keys };
        return createKeys(name, { spec, ownership, retain }, opts).references;
      }
      case "onprem":
        return undefined;
    }
  }
}
