/** Loaded before every test file: defers packages of the SDK that tests do not use. */
import { deferPackages, unused } from "../../sdk/packages.mjs";

deferPackages(...unused);
