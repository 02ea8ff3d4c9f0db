import * as pulumi from "@pulumi/pulumi";
import { Adjuster, type Adjustments } from "./adjust.ts";
import { BlueprintError } from "./errors.ts";
import type { StackHooks } from "./hooks.ts";
import { type Ownership, withOwnership } from "./tags.ts";

/** Arguments that every component of the blueprint takes. */
export interface ComponentArgs {
  /** The owner of the resources, set as tags or labels on every child that supports them. */
  readonly ownership: Ownership;
  /**
   * Whether stateful children are protected from deletion: by the engine, by retention on removal, and by deletion protection
   * in the cloud where it exists.
   *
   * @default true
   */
  readonly retain?: boolean;
  /**
   * Adjustments by child, including children of nested components; see adjust.ts. Adjustments passed to a nested component have
   * no effect.
   *
   * @default {}
   */
  readonly adjust?: Adjustments;
  /** Adjustments for all components of a stack, by component. @default none */
  readonly hooks?: StackHooks;
}

/** The arguments that all components of a stack share, apart from ownership. */
export type StackRun = Pick<ComponentArgs, "retain" | "hooks">;

/** How a component names its children, and their options: for functions that create some of them. */
export interface ChildrenOf {
  named(key: string): string;
  child(opts?: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions;
}

/**
 * The base class of every component. It sets the type token `atoll:<noun>:<Class>`, checks that children are named after their
 * parent, tags them, and protects stateful ones.
 *
 * A component's main child has the name `this.named()`, the others `this.named("key")`.
 *
 * @throws BlueprintError `child-misnamed` when a child is registered under a name that does not start with its parent's,
 * `adjust-invalid` when an adjustment matches no child, or changes a name, location or protection.
 */
export abstract class BlueprintComponent extends pulumi.ComponentResource {
  protected readonly retain: boolean;
  readonly #name: string;
  readonly #adjuster: Adjuster | undefined;

  /**
   * @param noun the folder of the component, for example `network`
   * @param recorded inputs that the engine records for the component, for policies: small, plain, no secrets
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
              `${child.type} "${child.name}" is a child of ${kind} "${name}": name it "${name}" or "${name}-<key>"`,
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

  /**
   * Call it last, with `{}` when there are no outputs: all children must be registered. The SDK itself calls it without
   * outputs, also after a failure.
   */
  protected override registerOutputs(outputs?: pulumi.Inputs): void {
    if (outputs !== undefined) this.#adjuster?.finish();
    super.registerOutputs(outputs);
  }

  /** The name of the main child, or of the child with this key. */
  protected named(key?: string): string {
    return key === undefined ? this.#name : `${this.#name}-${key}`;
  }

  /** Options of a stateless child, which can be recreated. */
  protected child(opts: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions {
    return { ...opts, parent: this };
  }

  /** Options of a stateful child, which cannot be recreated: data, keys, clusters, networks. */
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
