/** The limits of a schema: of a number, or of the length of a string or a list. */
export interface Limits {
  readonly minimum?: Bound;
  readonly maximum?: Bound;
  readonly whole: boolean;
}

interface Bound {
  readonly value: number;
  /** Whether the bound itself is allowed. */
  readonly inclusive: boolean;
}

interface Definition {
  readonly format?: unknown;
  readonly checks?: readonly { readonly _zod: { readonly def: Check } }[];
}

interface Check {
  readonly check: string;
  readonly format?: unknown;
  readonly value?: unknown;
  readonly inclusive?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly length?: number;
}

/** Reads the limits off the checks of a zod schema. */
export function limitsOf(schema: unknown): Limits {
  const definition = (schema as { _zod?: { def?: Definition } } | undefined)?._zod?.def ?? {};
  const checks = (definition.checks ?? []).map(({ _zod }) => _zod.def);
  const minimum = strictest(checks.flatMap(lowerBound), Math.max);
  const maximum = strictest(checks.flatMap(upperBound), Math.min);
  return {
    ...(minimum ? { minimum } : {}),
    ...(maximum ? { maximum } : {}),
    whole: [definition, ...checks].some(({ format }) => format === "safeint"),
  };
}

function lowerBound(check: Check): Bound[] {
  if (check.check === "greater_than" && typeof check.value === "number") {
    return [{ value: check.value, inclusive: check.inclusive ?? false }];
  }
  const length = check.minimum ?? check.length;
  return length === undefined ? [] : [{ value: length, inclusive: true }];
}

function upperBound(check: Check): Bound[] {
  if (check.check === "less_than" && typeof check.value === "number") {
    return [{ value: check.value, inclusive: check.inclusive ?? false }];
  }
  const length = check.maximum ?? check.length;
  return length === undefined ? [] : [{ value: length, inclusive: true }];
}

function strictest(
  bounds: readonly Bound[],
  pick: (...values: number[]) => number,
): Bound | undefined {
  const value = pick(...bounds.map((bound) => bound.value));
  return bounds.find((bound) => bound.value === value);
}

/** `a whole number from 1 to 5` */
export function numberIn({ minimum, maximum, whole }: Limits): string {
  const noun = whole ? "a whole number" : "a number";
  if (minimum?.inclusive && maximum?.inclusive) {
    return `${noun} from ${minimum.value} to ${maximum.value}`;
  }
  const ends = [
    minimum && `${minimum.inclusive ? "at least" : "more than"} ${minimum.value}`,
    maximum && `${maximum.inclusive ? "at most" : "less than"} ${maximum.value}`,
  ].filter((end) => end !== undefined);
  return ends.length === 0 ? noun : `${noun}, ${ends.join(" and ")}`;
}

/** `2 to 4 entries` */
export function countIn({ minimum, maximum }: Limits, one: string, many: string): string {
  const from = minimum?.value;
  const to = maximum?.value;
  if (from !== undefined && to !== undefined && from !== to) return `${from} to ${to} ${many}`;
  const count = from ?? to ?? 0;
  const noun = count === 1 ? one : many;
  if (from === to) return `${count} ${noun}`;
  return from === undefined ? `at most ${count} ${noun}` : `at least ${count} ${noun}`;
}
