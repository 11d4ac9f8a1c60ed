import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";

import { describeNotification } from "#lib/legrand/webhooks/describe-notification.ts";
import { ANSWER_LIMIT_MS, FAILURES_FOR_A_BAN } from "#lib/legrand/webhooks/notification-constants.ts";
import { describeOperation } from "#lib/legrand/openapi/describe-operation.ts";
import { openApiDocument } from "#lib/legrand/openapi/document.ts";
import { listCatalogue } from "#lib/legrand/openapi/list-catalogue.ts";
import type { Content } from "#lib/legrand/openapi/openapi.ts";
import { OPERATIONS as LISTED, operationsOf } from "#lib/legrand/openapi/operations-constants.ts";
import { SANDBOX_ENDPOINTS } from "#lib/legrand/endpoints.ts";
import { findScope, SCOPES } from "#lib/legrand/scopes.ts";
import {
  answerValidator,
  findDeviations,
  notificationProblems,
  OPERATIONS,
  requestValidator,
} from "#tests/factories/openapi.ts";

const ISSUER = "https://sandbox.example/legrand";
const BASE = "/legrand/api";
/**
 * The base address of an API is not an operation, but points to the document. An unknown address is not one
 * either, and the echo belongs to neither API.
 */
const NO_OPERATION = /^\/(?:smarther\/v2\.0|hc\/api\/v1\.0|echo\/resource)$|\[\.\.\.unknown\]$/;

const examplesOf = (content: Content) => Object.entries(content["application/json"].examples);

/**
 * Returns the paths of the endpoints, such as `/smarther/v2.0/plants/[plantId]/topology`, in the document's
 * notation.
 */
function listEndpoints(): string[] {
  return Object.keys(SANDBOX_ENDPOINTS)
    .filter((pattern) => pattern.startsWith(`${BASE}/`))
    .map((pattern) => pattern.slice(BASE.length).replace(/\[(\w+)\]/g, "{$1}"))
    .filter((path) => !NO_OPERATION.test(path))
    .sort();
}

describe("the OpenAPI document of both APIs", () => {
  test("is a valid OpenAPI 3.1 document", async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(openApiDocument(ISSUER)));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  test("has an operation for every endpoint below the APIs' address, and none without an endpoint", () => {
    expect([...new Set(OPERATIONS.map(({ address }) => address))].sort()).toEqual(listEndpoints());
  });

  test("gives each operation a different id", () => {
    const ids = OPERATIONS.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("is identical for every issuer except for the addresses", () => {
    expect(openApiDocument(ISSUER).servers[0]!.url).toBe(`${ISSUER}/api/smarther/v2.0`);
    expect(JSON.stringify(openApiDocument(ISSUER)).replaceAll(ISSUER, "@")).toBe(
      JSON.stringify(openApiDocument("http://localhost:3000/legrand")).replaceAll(
        "http://localhost:3000/legrand",
        "@",
      ),
    );
  });

  test("has the product scopes with their labels, and no identity scope", () => {
    const { scopes } = openApiDocument(ISSUER).components.securitySchemes.legrand.flows.authorizationCode;
    expect(scopes).toEqual(
      Object.fromEntries(
        SCOPES.filter(({ family }) => family !== "identity").map(({ name, label }) => [name, label]),
      ),
    );
  });
});

describe.each(OPERATIONS.map((located) => [located.operation.operationId, located] as const))(
  "%s",
  (id, located) => {
    const { path, address, operation } = located;

    test("needs one scope of the catalogue, and a subscription key", () => {
      const [{ legrand, subscriptionKey }, ...others] = operation.security;
      expect(legrand.map((scope) => findScope(scope)?.name)).toEqual(legrand);
      expect([legrand.length, subscriptionKey, others]).toEqual([1, [], []]);
    });

    test("describes every parameter of its path, with an example", () => {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect((operation.parameters ?? []).map(({ name }) => name)).toEqual(named);
      for (const { example } of operation.parameters ?? []) expect(example).toMatch(/^[\da-f-]{36}$/);
    });

    test("its examples match its schemas", () => {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        for (const [name, { value }] of content ? examplesOf(content) : []) {
          const validate = answerValidator(located, status);
          expect(validate(value), `${status} ${name} ${JSON.stringify(validate.errors)}`).toBe(true);
        }
      }
      for (const [name, { value }] of operation.requestBody
        ? examplesOf(operation.requestBody.content)
        : []) {
        const validate = requestValidator(located);
        expect(validate(value), `${name} ${JSON.stringify(validate.errors)}`).toBe(true);
      }
    });

    test("its page shows every answer, parameter and example", () => {
      const described = describeOperation(id, ISSUER)!;
      expect(described.answers.map(({ status }) => String(status))).toEqual(Object.keys(operation.responses));
      expect(described.url).toBe(`${ISSUER}/api${address}`);
      for (const { body } of described.answers) if (body) expect(body.shape.length).toBeGreaterThan(0);
    });
  },
);

describe("finds an answer that", () => {
  const located = OPERATIONS.find(({ operation: { operationId } }) => operationId === "listPlants")!;
  const deviations = (response: Response) => findDeviations(located, response);
  const plant = { id: "45ce4c9d-7a1f-4d43-9be7-1f0a2a6a4a51", name: "Casa", type: "home" };

  test("has an undocumented member, lacks a member, or has one of another type", async () => {
    expect(await deviations(Response.json({ plants: [plant] }))).toEqual([]);
    for (const body of [
      { plants: [{ ...plant, owner: "x" }] },
      { plants: [{ id: plant.id, name: "Casa" }] },
      { plants: [{ ...plant, id: 7 }] },
      {},
      [],
    ]) {
      expect(await deviations(Response.json(body))).not.toEqual([]);
    }
  });

  test("has an undocumented status, header or body", async () => {
    for (const response of [
      new Response(null, { status: 202 }),
      Response.json({ plants: [plant] }, { headers: { "retry-after": "7" } }),
      new Response("x", { status: 200 }),
    ]) {
      expect(await deviations(response)).not.toEqual([]);
    }
  });
});

describe("notifications (Works with Legrand, C2C webhooks)", () => {
  const { operation } = OPERATIONS.find(
    ({ operation: { operationId } }) => operationId === "subscribeToPlant",
  )!;

  test("describes the ban rule with the numbers that the code applies", () => {
    expect(operation.description).toContain(`longer than ${ANSWER_LIMIT_MS} ms`);
    expect(operation.description).toContain(`${FAILURES_FOR_A_BAN} of them ban`);
  });

  test("posts what the document describes", () => {
    const at = new Date("2026-11-23T08:30:00Z");
    const thermostat = {
      function: "heating",
      mode: "manual",
      setPoint: 21,
      program: 1,
      activationEnd: null,
      temperature: 19.5,
      humidity: 51,
      measuredAt: at,
    } as const;
    const address = {
      plantId: "45ce4c9d-7a1f-4d43-9be7-1f0a2a6a4a51",
      moduleId: "b0f6c1de-2d1c-4f2c-8d3e-7c0f5b9e6d10",
    };
    const { post } = operation.callbacks!.notification!["{$request.body#/EndPointUrl}"]!;
    for (const [name, { value }] of examplesOf(post.requestBody.content))
      expect([name, notificationProblems(value)]).toEqual([name, []]);
    for (const activationTime of ["without_offset", "with_offset"] as const) {
      expect(
        notificationProblems(
          describeNotification(address, thermostat, { id: address.moduleId, activationTime }, at),
        ),
      ).toEqual([]);
    }
  });
});

describe("the catalogue", () => {
  test("lists every operation once, below the scope that it needs in the document", () => {
    const listed = listCatalogue().groups.flatMap(({ scope, operations }) =>
      operations.map(({ id }) => [id, scope.name]),
    );
    expect(listed.sort()).toEqual(
      OPERATIONS.map(({ operation }) => [operation.operationId, operation.security[0].legrand[0]]).sort(),
    );
    expect(LISTED).toHaveLength(OPERATIONS.length);
  });

  test("has no operation only for audiovideoterminal.* and lock.read, because Legrand documents none", () => {
    expect(listCatalogue().others.map(({ name }) => name)).toEqual([
      "audiovideoterminal.read",
      "audiovideoterminal.write",
      "lock.read",
    ]);
    expect(operationsOf("lock.read")).toEqual([]);
  });

  test.each(["nothing", "", "__proto__", "constructor"])("has no operation %j", (id) => {
    expect(describeOperation(id, ISSUER)).toBeNull();
  });
});
