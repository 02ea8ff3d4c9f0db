/**
 * Loads packages when they are first used instead of when they are required. `@pulumi/pulumi` requires a TypeScript compiler and
 * npm's dependency resolver for serialised functions, a YAML parser for package manifests that are not JSON, and the Automation API.
 * Nothing here uses them, and they take most of the SDK's load time.
 */
import { createRequire } from "node:module";
import { isPlain } from "./plain.mjs";

/** Packages that `@pulumi/pulumi` requires and that neither stacks nor policies use. */
export const unused = [
  "typescript",
  "@npmcli/arborist",
  "normalize-package-data",
  "js-yaml",
  "./automation/index.js",
];

/**
 * Defers packages, or files of its own, that `@pulumi/pulumi` requires. Packages that are missing or already loaded are ignored.
 */
export function deferPackages(...names) {
  if (isPlain("packages")) return;
  const require = requireOfSdk();
  for (const name of names) defer(require, resolved(require, name));
}

/** The files of packages that are not loaded yet. */
export function deferred() {
  return Object.values(requireOfSdk().cache).flatMap((module) =>
    placeholders.has(module) ? [module.filename] : [],
  );
}

const placeholders = new WeakSet();

function requireOfSdk() {
  return createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));
}

function defer(require, file) {
  if (file === undefined || require.cache[file] !== undefined) return;
  const load = () => {
    if (require.cache[file] === placeholder) delete require.cache[file];
    return require(file);
  };
  const placeholder = {
    id: file,
    filename: file,
    path: file,
    loaded: true,
    children: [],
    paths: [],
    require,
    exports: new Proxy(
      {},
      {
        // Compiled imports check this property, and copy every export if it is missing.
        get: (_, key) => (key === "__esModule" ? true : load()[key]),
        set: (_, key, value) => Reflect.set(load(), key, value),
        has: (_, key) => key in load(),
        ownKeys: () => Reflect.ownKeys(load()),
        getOwnPropertyDescriptor: (_, key) => {
          const descriptor = Object.getOwnPropertyDescriptor(load(), key);
          return descriptor && { ...descriptor, configurable: true };
        },
      },
    ),
  };
  placeholders.add(placeholder);
  require.cache[file] = placeholder;
}

function resolved(require, name) {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}
