import { describe, expect, test } from "vitest";

import { findSvgProblem } from "#lib/legrand/logos/find-svg-problem.ts";
import { makeSvg } from "#tests/factories/pictures.ts";

describe("text in a drawing does not count as a reference (issue 11, 18)", () => {
  test.each([
    ["a title", "<title>What url(http://example.com) means</title>"],
    ["a description", "<desc lang='en'>@import and url(x)</desc>"],
    ["a text", "<text>url(http:</text><rect/>"],
    ["a part of a text", '<text x="1"><tspan>a</tspan> url(https://example.com/a.png)</text>'],
  ])("%s", (_what, content) => {
    expect(findSvgProblem(makeSvg(content))).toBeNull();
  });
});

describe("finds a reference", () => {
  test.each([
    ["a style sheet", "<style>rect { fill: url(http://example.com/a.svg#b) }</style>"],
    ["a style sheet in CDATA", "<style><![CDATA[ @import 'https://example.com' ]]></style>"],
    [
      "a style sheet with a prefix",
      "<svg:style xmlns:svg='http://www.w3.org/2000/svg'>@import url(//x)</svg:style>",
    ],
    ["a style sheet without an end", "<style>a{b:url(x)}"],
    ["a style sheet that pretends to have a title", "<style><title>@import url(http://x)</title></style>"],
    ["an attribute", "<rect fill='url(http://example.com/a)'/>"],
    ["a style attribute", '<rect style="fill:url(https://x)"/>'],
    ["an attribute behind a >", "<rect data-a='>' fill='url(http://x)'/>"],
    ["an attribute behind a title", "<title>it's</title><rect fill='url(http://x)'/>"],
    ["an instruction", "<?xml-stylesheet href='a.css'?>"],
    ["an attribute of a title", "<title style='fill:url(x)'>a</title>"],
  ])("in %s", (_what, content) => {
    expect(findSvgProblem(makeSvg(content))).toBe("refers");
  });
});
