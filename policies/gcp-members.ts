/** Grants of Google Cloud that let in everybody on the internet, in both forms: one member or a list. */
import type { Report } from "./report.ts";

export const everybody = ["allUsers", "allAuthenticatedUsers"];
export const reached = "everybody on the internet is meant";

export function refusePublicMember(grant: { readonly member: string }, report: Report): void {
  report.whenKnown(
    "member",
    () => grant.member,
    (member) => {
      if (everybody.includes(member)) report.wrong("member", member, reached);
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
            if (everybody.includes(member)) report.wrong(path, member, reached);
          },
        );
      }
    },
  );
}
