// The specs of an environment's sections. Not proven here: that the clouds bill, archive and grant access accordingly.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { auditSettings } from "../../../components/audit/environment-schema.ts";
import type { Problem } from "../../../components/core/errors.ts";
import { environmentSections } from "../../../components/environment-sections.ts";
import { configDirectory } from "../../../footprint/files/config-files.ts";
import { loadFootprint } from "../../../footprint/load.ts";
import type { EnvironmentManifest, PlacedCell } from "../../../footprint/model.ts";
import { environmentSpecs } from "../../../footprint/specs/environment.ts";
import { targetsOf } from "../../../footprint/specs/targets.ts";
import { all, refusals, set } from "../../support/sample.ts";

const account = "111122223333";
const project = "atoll-local";

describe("the sample", () => {
  const { environment } = loadFootprint(configDirectory(), "local");

  test("has a trail for each account, project and the sites, where their cells are", () => {
    const { audit } = environment.specs;
    assert.deepEqual(
      Object.values(audit.accounts).map((spec) => [spec.account, spec.region, spec.frameworks]),
      [[account, "us-east-1", ["soc2", "pci-dss-4", "gdpr"]]],
    );
    assert.deepEqual(
      Object.values(audit.projects).map((spec) => [spec.project, spec.region, spec.lifetime]),
      [[project, "europe-west1", "ephemeral"]],
    );
    assert.equal(audit.onprem?.logPath, "/var/log/kubernetes/audit.log");
  });

  test("has budgets whose addresses and billing account are set once for all", () => {
    const { budget } = environment.specs;
    const { projects, cells } = budget;
    assert.deepEqual(Object.keys(cells), ["aws-use1", "gcp-euw1"]);
    assert.equal(projects[project]?.billingAccount, "012345-6789AB-CDEF01");
    for (const spec of [...Object.values(budget.accounts), ...Object.values(cells)]) {
      assert.deepEqual(spec.alerts.emails, ["platform@atoll.example"]);
    }
  });
});

describe("cells in several regions", () => {
  const { environment, cells } = loadFootprint(configDirectory(), "local");
  const elsewhere = cells.map((cell): PlacedCell => {
    if (cell.cloud === "aws") return { ...cell, name: "aws-euw1", region: "eu-west-1" };
    return cell.cloud === "gcp" ? { ...cell, name: "gcp-usc1", region: "us-central1" } : cell;
  });
  const read = (placed: readonly PlacedCell[], audit: EnvironmentManifest["audit"]) => {
    const problems: Problem[] = [];
    const names = placed.map(({ name }) => name);
    // Without connectivity: the hub would need a region too, which test/components/connectivity covers.
    const sections = { ...environment, audit, connectivity: undefined };
    const specs = environmentSpecs(sections, environmentSections, { names, placed }, "f", problems);
    return { specs, problems };
  };

  test("require the region of the archive", () => {
    const { problems } = read([...cells, ...elsewhere], environment.audit);
    assert.deepEqual(
      problems.map(({ path, message }) => `${path} ${message}`),
      [
        "f: audit.accounts.111122223333.region is required, because cells are in eu-west-1 and us-east-1: choose the region of the archive",
        "f: audit.projects.atoll-local.region is required, because cells are in europe-west1 and us-central1: choose the region of the archive",
      ],
    );
  });

  test("of one project have the same project number", () => {
    const other = elsewhere.map((cell) =>
      cell.cloud === "gcp" ? { ...cell, projectNumber: "210987654321" } : cell,
    );
    const { problems } = read(
      [...cells, ...other],
      auditSettings.parse({
        accounts: { [account]: { region: "eu-west-1" } },
        projects: { [project]: { region: "us-central1" } },
      }),
    );
    assert.deepEqual(
      problems.map(({ path, message, got }) => `${path} ${message} ${got}`),
      [
        'Pulumi.local.gcp-euw1.yaml: projectNumber must be "123456789012" as in cell "gcp-euw1", which is in the same project 210987654321',
      ],
    );
  });

  test("may have the archive in a third region", () => {
    const { specs, problems } = read([...cells, ...elsewhere], {
      ...environment.audit,
      accounts: auditSettings.parse({ accounts: { [account]: { region: "eu-central-1" } } })
        .accounts,
    });
    assert.equal(specs.audit.accounts[account]?.region, "eu-central-1");
    assert.equal(problems.length, 1);
  });

  test("give the same specs in any order of cells", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...cells, ...elsewhere], { minLength: 6, maxLength: 6 }),
        (shuffled) => assert.deepEqual(targetsOf(shuffled), targetsOf([...cells, ...elsewhere])),
      ),
    );
  });
});

describe("an environment without sections", () => {
  test("has audit trails, but no budgets or deployers", () => {
    assert.deepEqual(
      refusals({ local: all(set("budget", undefined), set("deployers", undefined)) }),
      [],
    );
  });
});
