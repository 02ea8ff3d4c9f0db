/** What changes of budgets do to deployed ones. */
import { type Changes, inPlace, never, renews } from "../section/changes.ts";

export const budgetChanges: Changes = {
  ...inPlace("alerts", "accounts", "projects", "cells"),
  ...renews("billingAccount", "projects.*.billingAccount", "cells.*.billingAccount"),
  ...never(
    {
      source: "the currency of a budget is that of its account or billing account",
      instead:
        "keep the currency; after a change of the account's currency, remove the budget and add it again",
      // A budget that is added has any currency.
      accepts: (before) => before.currency === undefined,
    },
    "accounts.*.monthly.currency",
    "projects.*.monthly.currency",
    "cells.*.monthly.currency",
  ),
};
