import * as pulumi from "@pulumi/pulumi";
import { Adjuster, type Adjustments } from "./adjust.ts";
import { BlueprintError } from "./errors.ts";
import type { StackHooks } from "./hooks.ts";
import { type Ownership, withOwnership } from "./tags.ts";

/** What every component of the blueprint is given beside its own arguments. */
export interface ComponentArgs {
  /** Whose the resources are; becomes tags or labels on every child that can carry them. */
  readonly ownership: Ownership;
  /**
   * Whether stateful children outlive mistakes: protected by the engine, retained on removal, deletion protection in the
   * cloud where there is one.
   *
   * @default true
   */
  readonly retain?: boolean;
  /**
   * Last changes to what is asked for, by child, children of nested components included; see adjust.ts. What a nested component is
   * given itself does nothing.
   *
   * @default {}
   */
  readonly adjust?: Adjustments;
  /** The same for all components of a stack, by component. @default none */
  readonly hooks?: StackHooks;
}

/** What is the same for all components of a stack, apart from whose they are. */
export type StackRun = Pick<ComponentArgs, "retain" | "hooks">;

/**
 * The base of every component. It fixes what all of them share: the type token `atoll:<noun>:<Class>`, children named after
 * their parent, tags on all of them, and protection of what holds data.
 *
 * A component's main child is called `this.named()`, the others `this.named("key")`.
 *
 * @throws BlueprintError `child-misnamed` when a child is registered under a name that does not start with its parent's,
 * `adjust-invalid` when an adjustment fits no child, or changes what is the blueprint's.
 */
export abstract class BlueprintComponent extends pulumi.ComponentResource {
  protected readonly retain: boolean;
  readonly #name: string;
  readonly #adjuster: Adjuster | undefined;

  /**
   * @param noun the folder the component lives in, for example `network`
   * @param recorded what the engine records as the component's inputs, so that policies can read it: small, plain, no secrets
   */
  protected constructor(
    noun: string,
    kind: string,
    name: string,
    args: ComponentArgs,
    recorded: Record<string, unknown>,
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    const adjuster = opts.parent instanceof BlueprintComponent ? undefined : adjusterOf(name, args);
    super(`atoll:${noun}:${kind}`, name, recorded, {
      ...opts,
      transformations: [
        (child) => {
          if (child.name !== name && !child.name.startsWith(`${name}-`)) {
            throw new BlueprintError(
              "child-misnamed",
              `${child.type} "${child.name}" is a child of ${kind} "${name}": call it "${name}" or "${name}-<key>"`,
            );
          }
          const props = adjuster?.adjusted(child) ?? child.props;
          return {
            props: withOwnership(child.type, props, args.ownership, noun),
            opts: child.opts,
          };
        },
        ...(opts.transformations ?? []),
      ],
    });
    this.#name = name;
    this.#adjuster = adjuster;
    this.retain = args.retain ?? true;
  }

  /** To be called last, with outputs if only `{}`: all children are there. The SDK calls it without, also when that failed. */
  protected override registerOutputs(outputs?: pulumi.Inputs): void {
    if (outputs !== undefined) this.#adjuster?.finish();
    super.registerOutputs(outputs);
  }

  /** The name of the main child, or of the child with this key. */
  protected named(key?: string): string {
    return key === undefined ? this.#name : `${this.#name}-${key}`;
  }

  /** Options of a child that can be made again from nothing. */
  protected child(opts: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return { ...opts, parent: this };
  }

  /** Options of a child that holds what cannot be made again: data, keys, clusters, networks. */
  protected stateful(opts: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return { ...opts, parent: this, protect: this.retain, retainOnDelete: this.retain };
  }
}

function adjusterOf(name: string, { adjust = {}, hooks }: ComponentArgs): Adjuster | undefined {
  const all = [hooks?.of(name) ?? {}, adjust];
  return all.every((each) => Object.keys(each).length === 0)
    ? undefined
    : new Adjuster(name, ...all);
}
