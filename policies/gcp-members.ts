/** Public IAM grants of Google Cloud, in both forms: one member or a list. */
import type { Report } from "./report.ts";

export const publicMembers = ["allUsers", "allAuthenticatedUsers"];
export const publicReason = "it includes anyone on the internet";

export function refusePublicMember(grant: { readonly member: string }, report: Report): void {
  report.whenKnown(
    "member",
    () => grant.member,
    (member) => {
      if (publicMembers.includes(member)) report.wrong("member", member, publicReason);
    },
  );
}

export function refusePublicMembers(
  grant: { readonly members: readonly string[] },
  report: Report,
): void {
  report.whenKnown(
    "members",
    () => grant.members,
    (members) => {
      for (const index of members.keys()) {
        const path = `members[${index}]`;
        report.whenKnown(
          path,
          () => members[index] ?? "",
          (member) => {
            if (publicMembers.includes(member)) report.wrong(path, member, publicReason);
          },
        );
      }
    },
  );
}
