/** The result of one check of the doctor. */
export interface Finding {
  readonly what: string;
  /** `missing`: required; `note`: for information, or required by some commands only. */
  readonly state: "ok" | "note" | "missing";
  readonly found: string;
  readonly cure?: string;
}

export function ok(what: string, found: string): Finding {
  return { what, state: "ok", found };
}

export function note(what: string, found: string, cure: string): Finding {
  return { what, state: "note", found, cure };
}

export function missing(what: string, found: string, cure: string): Finding {
  return { what, state: "missing", found, cure };
}
