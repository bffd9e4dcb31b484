import { expect, test } from "bun:test";
import { z } from "zod";
import { secret } from "./shapes.ts";
import { forLog } from "./verb.ts";

const key = Buffer.alloc(32, 7);
const person = z.strictObject({ name: secret(z.string()), city: z.string() });
const shapes: [name: string, schema: z.ZodType, value: unknown][] = [
  [
    "one shape or another",
    z.union([z.strictObject({ id: z.string() }), z.strictObject({ code: z.string(), person })]),
    { code: "x", person: { name: "Anna", city: "Kazan" } },
  ],
  ["a list", z.strictObject({ people: z.array(person) }), { people: [{ name: "Anna", city: "Kazan" }] }],
  ["one that fits none of the shapes", z.union([person, z.string()]), { name: "Anna", other: 1 }],
];
for (const [name, schema, value] of shapes)
  test(`a secret does not reach the log from ${name}`, () => {
    expect(JSON.stringify(forLog(schema, value, key))).toContain("hmac");
    expect(JSON.stringify(forLog(schema, value, key))).not.toContain("Anna");
  });
test("what is no secret is kept as it came", () => {
  const [[, schema, value] = []] = shapes;
  expect(forLog(schema as z.ZodType, value, key)).toMatchObject({ code: "x", person: { city: "Kazan" } });
});
