import { describe, expect, test } from "vitest";

import { exportedMethods, findRoute } from "#lib/server/front/routes.ts";

describe("reads the methods that a route exports, in each form in which it can export them", () => {
  test.each([
    ["export const POST = formPost(async () => {});", ["POST"]],
    ["export async function GET() {}\nexport function PUT() {}", ["GET", "PUT"]],
    ["export const { GET, POST } = handlers;", ["GET", "POST"]],
    ["export const {\n  GET,\n  POST,\n} = handlers;", ["GET", "POST"]],
    ["export const { get: GET, POST: POST } = handlers;", ["GET", "POST"]],
    ["export { handle as GET, DELETE };", ["GET", "DELETE"]],
    ['export const dynamic = "force-dynamic";\nconst PATCH = 1;\n// export const PUT', []],
    ["export const GETTER = 1;", []],
  ])("%s", (text, methods) => {
    expect(exportedMethods(text)).toEqual(methods);
  });
});

test("the API answers every method, and is for those with an operation", () => {
  expect(findRoute("/legrand/api/smarther/v2.0/plants")).toEqual({
    pattern: "/legrand/api/smarther/v2.0/plants",
    kind: "endpoint",
    methods: ["GET", "HEAD", "OPTIONS"],
    handled: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
  });
});

test("an address of the one party is not below the other, and no endpoint below an API", () => {
  expect(findRoute("/api/auth/token")?.methods).toEqual([]);
  expect(findRoute("/legrand/csrf")).toBeNull();
  expect(findRoute("/legrand/api/authorize/x")?.methods).toEqual([]);
});
