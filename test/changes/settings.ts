/** Values in nested settings, by paths of names. */

type Settings = Readonly<Record<string, unknown>>;

export function at(settings: unknown, place: readonly string[]): unknown {
  return place.reduce((inner, name) => (isSettings(inner) ? inner[name] : undefined), settings);
}

/** The settings with another value at a place; without it if the value is undefined. */
export function withValue(settings: unknown, place: readonly string[], value: unknown): unknown {
  const [first, ...rest] = place;
  if (first === undefined) return value;
  const own = isSettings(settings) ? settings : {};
  const inner = withValue(own[first], rest, value);
  // In the same order: that of a map can show in a list.
  const changed = { ...own, [first]: inner };
  return Object.fromEntries(Object.entries(changed).filter(([, one]) => one !== undefined));
}

/** The places of a path in which `*` is any existing key. */
export function placesOf(settings: unknown, path: readonly string[]): string[][] {
  const [first, ...rest] = path;
  if (first === undefined) return [[]];
  const own = isSettings(settings) ? settings : {};
  const names = first === "*" ? Object.keys(own) : [first];
  return names.flatMap((name) => placesOf(own[name], rest).map((place) => [name, ...place]));
}

/** The settings with others merged into them. */
export function merged(settings: unknown, more: unknown): unknown {
  if (!isSettings(settings) || !isSettings(more)) return more;
  const inner = Object.entries(more).map(([name, value]) => [
    name,
    settings[name] === undefined ? value : merged(settings[name], value),
  ]);
  return { ...settings, ...Object.fromEntries(inner) };
}

function isSettings(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
