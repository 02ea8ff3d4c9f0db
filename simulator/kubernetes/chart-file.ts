/** The generated file of a chart: `simulator/generated/kubernetes/charts/<chart>.json`. */
export interface ChartFile {
  /** Repository and release. */
  readonly source: string;
  readonly version: string;
  readonly appVersion: string;
  /** The charts of its dependencies by the key of their values. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly values: Keys;
}

/** The keys of an object; null where any value is possible, such as a map or a list. */
export interface Keys {
  readonly [key: string]: Keys | null;
}
