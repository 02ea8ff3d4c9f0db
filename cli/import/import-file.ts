/** Selects resources from the import file that a preview writes. Pure functions. */

/** One resource of an import file. */
export interface ImportEntry {
  readonly type: string;
  /** Its name in the file, and by default the logical name. */
  readonly name: string;
  readonly logicalName?: string;
  readonly id?: string;
  /** The name of its parent and of its provider, in the file or in its table of names. */
  readonly parent?: string;
  readonly provider?: string;
  readonly component?: boolean;
  readonly [field: string]: unknown;
}

export interface ImportFile {
  /** The URNs of resources that the stack already has, by name. */
  readonly nameTable?: Readonly<Record<string, string>>;
  readonly resources?: readonly ImportEntry[];
}

/** Resources that can be imported. An import creates components and providers itself. */
export function importable({ resources = [] }: ImportFile): ImportEntry[] {
  return resources.filter(({ type, component }) => !component && !isProvider(type));
}

/** `name=id`, or `type::name=id` where several types share a name. */
export interface Wanted {
  readonly type?: string;
  readonly name: string;
  readonly id: string;
}

/** @returns undefined for another form */
export function wantedFrom(argument: string): Wanted | undefined {
  const [, type, name, id] = /^(?:([^=]+)::)?([^=:]+)=(.+)$/.exec(argument) ?? [];
  if (name === undefined || id === undefined) return undefined;
  return { ...(type === undefined ? {} : { type }), name, id };
}

export interface Selection {
  readonly file: ImportFile;
  /** Problems, one line each. */
  readonly problems: readonly string[];
}

/** The requested resources with their ids, their parent components and providers. */
export function select(file: ImportFile, wanted: readonly Wanted[]): Selection {
  const { resources = [], nameTable = {} } = file;
  const byName = new Map(resources.map((entry) => [entry.name, entry]));
  const problems: string[] = [];
  const ids = new Map<string, string>();
  for (const want of wanted) {
    const found = importable(file).filter((entry) => isMeant(entry, want));
    const [only, ...others] = found;
    if (only === undefined)
      problems.push(`${shown(want)}: is not a resource that the stack would create`);
    else if (others.length > 0) {
      const types = found.map(({ type }) => `${type}::${want.name}=${want.id}`).join(" or ");
      problems.push(`${shown(want)}: is the name of several resources; write ${types}`);
    } else ids.set(only.name, want.id);
  }
  const needed = new Set<string>();
  const need = (name: string | undefined): void => {
    const entry = name === undefined ? undefined : byName.get(name);
    if (entry === undefined || needed.has(entry.name)) return;
    needed.add(entry.name);
    need(entry.parent);
    need(entry.provider);
  };
  for (const name of ids.keys()) need(name);
  const chosen = resources
    .filter(({ name }) => needed.has(name))
    .map((entry) => {
      const id = ids.get(entry.name);
      return id === undefined ? entry : { ...entry, id };
    });
  const named = new Set(chosen.flatMap(({ parent, provider }) => [parent, provider]));
  const table = Object.entries(nameTable).filter(([name]) => named.has(name));
  return {
    file: {
      ...(table.length > 0 ? { nameTable: Object.fromEntries(table) } : {}),
      resources: chosen,
    },
    problems,
  };
}

function isMeant({ type, name, logicalName = name }: ImportEntry, want: Wanted): boolean {
  return logicalName === want.name && (want.type === undefined || want.type === type);
}

function shown({ type, name }: Wanted): string {
  return type === undefined ? name : `${type}::${name}`;
}

function isProvider(type: string): boolean {
  return type.startsWith("pulumi:providers:");
}
