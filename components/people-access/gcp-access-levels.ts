import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import {
  type GcpAccessLevelsInput,
  type GcpAccessLevelsSpec,
  gcpAccessLevelsSpec,
} from "./schema.ts";

export interface GcpPeopleDoorArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpAccessLevelsInput;
}

type Level = GcpAccessLevelsSpec["groups"][string];

/**
 * An access level for the devices of each group. Grants in cells use it as a condition, and an access binding applies it to the
 * group's calls to Google APIs. Both belong to the organisation; an environment has one of each per group.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpPeopleDoor extends BlueprintComponent {
  constructor(name: string, args: GcpPeopleDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpAccessLevelsSpec, args.spec, name);
    super("people-access", "GcpPeopleDoor", name, args, { spec }, opts);
    for (const [key, group] of Object.entries(spec.groups)) {
      const level = this.#level(args, spec, key, group);
      if (group.googleId !== undefined && spec.organization !== undefined) {
        this.#bind(key, group.googleId, spec.organization, level);
      }
    }
    this.registerOutputs({});
  }

  #level(
    { ownership }: GcpPeopleDoorArgs,
    { accessPolicy }: GcpAccessLevelsSpec,
    key: string,
    { level, device }: Level,
  ): gcp.accesscontextmanager.AccessLevel {
    return new gcp.accesscontextmanager.AccessLevel(
      this.named(key),
      {
        parent: `accessPolicies/${accessPolicy}`,
        name: level,
        title: level.slice(level.lastIndexOf("/") + 1),
        description: `Devices of ${key} in ${ownership.environment}`,
        basic: {
          combiningFunction: "AND",
          conditions: [
            {
              devicePolicy: {
                requireScreenLock: device.screenLock,
                requireCorpOwned: device.corporateOwned,
                ...(device.encrypted ? { allowedEncryptionStatuses: ["ENCRYPTED"] } : {}),
              },
            },
          ],
        },
      },
      this.child(),
    );
  }

  #bind(
    key: string,
    groupKey: string,
    organizationId: string,
    level: gcp.accesscontextmanager.AccessLevel,
  ): void {
    new gcp.accesscontextmanager.GcpUserAccessBinding(
      this.named(`${key}-binding`),
      { organizationId, groupKey, accessLevels: level.name },
      this.child(),
    );
  }
}
