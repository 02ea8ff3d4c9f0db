/**
 * What operators and charts make of our objects: pods with their labels, connections between pods, and derived names. Selectors,
 * network policies and names are checked against these facts. Pure.
 */

export type Labels = Readonly<Record<string, string>>;

/** A connection that pods open. Ends are kinds of pods, or something outside such as "api-server". */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly why: string;
}

export interface Operated {
  /** The release and the source of the facts. */
  readonly source: string;
  /** The labels of all pods, by kind of pod. */
  readonly pods: Readonly<Record<string, Labels>>;
  readonly connections: readonly Connection[];
}

/** A name that a controller derives from the name of our object. */
export interface DerivedName {
  /** What it is, for messages: "the job of a major upgrade". */
  readonly what: string;
  /** What follows our name. */
  readonly suffix: string;
  /** Characters that Kubernetes allows. */
  readonly max: number;
}

/** Maximum length of a label's value, and of a label of a DNS name. */
export const longestLabel = 63;

/** The maximum length of our name, from which every derived name still fits. */
export function longestNameFor(derived: readonly DerivedName[]): number {
  return Math.min(...derived.map(({ suffix, max }) => max - suffix.length));
}
