/** Cedar policies for AWS Verified Access. Pure. */
import type { Devices, Users } from "./schema.ts";

/** Policy reference names of the trust providers for users, and for devices by type. */
export const usersName = "people";
export const deviceNames = { jamf: "jamf", crowdstrike: "crwd", jumpcloud: "jumpcloud" } as const;

interface Admitted {
  readonly who: string;
  readonly identityCenterId?: string | undefined;
}

/**
 * One permit per group: members of the group with a verified email address and a trusted device. Everything else is denied. The
 * format of the trust data is from the Verified Access user guide, "Trust data".
 */
export function cedarPolicy(
  groups: Readonly<Record<string, Admitted>>,
  users: Users["type"],
  devices: Devices,
): string {
  return Object.entries(groups)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => permit([...person(group, users), deviceInOrder(devices)]))
    .join("\n");
}

function permit(conditions: readonly string[]): string {
  return `permit(principal, action, resource) when {\n  ${conditions.join("\n  && ")}\n};`;
}

function person({ who, identityCenterId }: Admitted, users: Users["type"]): string[] {
  const context = `context.${usersName}`;
  switch (users) {
    case "identity-center":
      return [
        `${context}.groups has ${JSON.stringify(identityCenterId)}`,
        `${context}.user.email.verified == true`,
      ];
    case "oidc":
      return [
        `${context}.groups.contains(${JSON.stringify(who)})`,
        `${context}.email_verified == true`,
      ];
  }
}

function deviceInOrder(devices: Devices): string {
  const context = `context.${deviceNames[devices.type]}`;
  switch (devices.type) {
    case "jamf":
      return `${JSON.stringify(devices.risks)}.contains(${context}.risk)`;
    case "crowdstrike":
      return `${context}.assessment.overall >= ${devices.minimumScore}`;
    case "jumpcloud":
      return `${context}.device.is_managed == true`;
  }
}
