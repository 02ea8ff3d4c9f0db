/**
 * Makes packages load when they are first used instead of when they are required. `@pulumi/pulumi` requires a TypeScript
 * compiler and npm's dependency resolver for functions that are turned into text, and the Automation API for programs that run
 * engines, which nothing here does; they are three quarters of the time that the SDK takes to load.
 */
import { createRequire } from "node:module";

/** What `@pulumi/pulumi` requires and neither stacks nor policies use. */
export const unused = [
  "typescript",
  "@npmcli/arborist",
  "normalize-package-data",
  "./automation/index.js",
];

/** Defers packages, or files of its own, that `@pulumi/pulumi` requires. A package that is not installed, or is loaded already, is left alone. */
export function deferPackages(...names) {
  const own = createRequire(import.meta.url);
  const require = createRequire(own.resolve("@pulumi/pulumi/package.json"));
  for (const name of names) defer(require, name);
}

function defer(require, name) {
  const file = resolved(require, name);
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
        // Compiled imports ask for this mark, and copy every export if it is missing.
        get: (_, key) => (key === "__esModule" ? true : load()[key]),
        has: (_, key) => key in load(),
        ownKeys: () => Reflect.ownKeys(load()),
        getOwnPropertyDescriptor: (_, key) => {
          const descriptor = Object.getOwnPropertyDescriptor(load(), key);
          return descriptor && { ...descriptor, configurable: true };
        },
      },
    ),
  };
  require.cache[file] = placeholder;
}

function resolved(require, name) {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}
