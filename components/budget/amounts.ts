/** An amount of money as Google takes it: whole units, and billionths for the rest. */
export function googleMoney(amount: number): { readonly units: string; readonly nanos: number } {
  const cents = Math.round(amount * 100);
  const units = Math.floor(cents / 100);
  return { units: String(units), nanos: (cents - units * 100) * 10_000_000 };
}

/** What a budget covers: the resources with this tag or label. */
export interface Scope {
  readonly key: "environment" | "cell";
  readonly value: string;
}

/** The cell when the ownership names one, else the environment. */
export function scopeOf(ownership: {
  readonly environment: string;
  readonly cell?: string;
}): Scope {
  return ownership.cell === undefined
    ? { key: "environment", value: ownership.environment }
    : { key: "cell", value: ownership.cell };
}
