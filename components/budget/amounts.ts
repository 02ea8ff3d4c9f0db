/** An amount of money as Google takes it: whole units, and billionths for the rest. */
export function googleMoney(amount: number): { readonly units: string; readonly nanos: number } {
  const cents = Math.round(amount * 100);
  const units = Math.floor(cents / 100);
  return { units: String(units), nanos: (cents - units * 100) * 10_000_000 };
}

/** What a budget is of: the tag, or label, that its resources carry. */
export interface Scope {
  readonly key: "environment" | "cell";
  readonly value: string;
}

/** The narrowest that an ownership says. */
export function scopeOf(ownership: {
  readonly environment: string;
  readonly cell?: string;
}): Scope {
  return ownership.cell === undefined
    ? { key: "environment", value: ownership.environment }
    : { key: "cell", value: ownership.cell };
}
