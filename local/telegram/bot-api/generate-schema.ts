/**
 * Writes `published-types.jsonl`: the parameters of every Bot API method, read out of the published types that grammY ships.
 * Run it after an upgrade of grammY: `bun local/telegram/bot-api/generate-schema.ts`. A test fails while it is stale.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";
import type { Schema, SchemaFile, SchemaProps } from "./schema.ts";

const ROOT = join(import.meta.dir, "../../..");
/** Types that are one file or one opaque thing to the wire format. */
const FILE_PARAMETER = "F";

/** Builds the schema from the installed types; throws when the layout of the types is not the expected one. */
export function generateSchema(): SchemaFile {
  const require = createRequire(join(ROOT, "node_modules/grammy/package.json"));
  const entry = join(dirname(require.resolve("@grammyjs/types/package.json")), "methods.d.ts");
  const program = ts.createProgram([entry], {
    strict: true,
    skipLibCheck: true,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.Preserve,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  if (!source) throw new Error(`not found: ${entry}`);
  const alias = source.statements.find(
    (node): node is ts.TypeAliasDeclaration =>
      ts.isTypeAliasDeclaration(node) && node.name.text === "ApiMethods",
  );
  if (!alias) throw new Error("ApiMethods is not where it was");
  const builder = new Builder(checker);
  const methods: Record<string, SchemaProps> = {};
  for (const method of checker.getPropertiesOfType(checker.getTypeAtLocation(alias.type))) {
    const signature = checker.getTypeOfSymbol(method).getCallSignatures()[0];
    const parameter = signature?.getParameters()[0];
    methods[method.name] = parameter
      ? builder.props(checker.getNonNullableType(checker.getTypeOfSymbol(parameter)))
      : {};
  }
  return { methods, types: builder.types };
}

class Builder {
  readonly types: Record<string, Schema> = {};
  private readonly open: ts.Type[] = [];
  private readonly checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.checker = checker;
  }

  props(type: ts.Type): SchemaProps {
    const props: Record<string, readonly [Schema, 0 | 1]> = {};
    for (const property of this.checker.getPropertiesOfType(type)) {
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      props[property.name] = [this.schema(this.checker.getTypeOfSymbol(property)), optional ? 0 : 1];
    }
    return props;
  }

  private schema(type: ts.Type): Schema {
    if (type.isUnion()) return this.namedUnion(type);
    if (type.flags & ts.TypeFlags.TypeParameter && type.symbol.name === FILE_PARAMETER) return "file";
    if (type.isStringLiteral() || type.isNumberLiteral()) return { enum: [type.value] };
    if (type.flags & ts.TypeFlags.BooleanLiteral) return "boolean";
    if (type.flags & ts.TypeFlags.String) return "string";
    if (type.flags & ts.TypeFlags.Number) return "number";
    if (type.flags & ts.TypeFlags.Boolean) return "boolean";
    if (this.checker.isArrayType(type) || this.checker.isTupleType(type)) {
      const element = this.checker.getTypeArguments(type as ts.TypeReference)[0];
      return { array: element ? this.schema(element) : "string" };
    }
    if (type.flags & ts.TypeFlags.Object) return this.object(type);
    if (type.flags & ts.TypeFlags.Undefined) return { enum: [] };
    return "string";
  }

  private object(type: ts.Type): Schema {
    const name = type.symbol.name;
    if (name === "__type") return { object: this.props(type) };
    const parent = this.checker.getFullyQualifiedName(type.symbol).replace(/^".*"\./, "");
    if (!(parent in this.types)) {
      this.types[parent] = { object: {} };
      this.types[parent] = { object: this.props(type) };
    }
    return { ref: parent };
  }

  /** A union under a name may contain itself (rich text in rich text), so it becomes a reference. */
  private namedUnion(type: ts.UnionType): Schema {
    const name = type.aliasSymbol?.name;
    if (!name) {
      if (this.open.includes(type))
        throw new Error(`a nameless union contains itself: ${this.checker.typeToString(type)}`);
      this.open.push(type);
      const schema = this.union(type);
      this.open.pop();
      return schema;
    }
    if (!(name in this.types)) {
      this.types[name] = { any: [] };
      this.types[name] = this.union(type);
    }
    return { ref: name };
  }

  private union(type: ts.UnionType): Schema {
    const parts = type.types.filter((part) => !(part.flags & ts.TypeFlags.Undefined));
    const literals = parts.filter((part) => part.isStringLiteral() || part.isNumberLiteral());
    const seen = new Map<string, Schema>();
    if (literals.length > 0) {
      const values = literals.map((part) => (part as ts.StringLiteralType | ts.NumberLiteralType).value);
      seen.set("enum", { enum: values });
    }
    for (const part of parts) {
      if (part.isStringLiteral() || part.isNumberLiteral()) continue;
      const schema = this.schema(part);
      seen.set(JSON.stringify(schema), schema);
    }
    const all = [...seen.values()];
    return all.length === 1 && all[0] !== undefined ? all[0] : { any: all };
  }
}

/** One method or type per line, so that an upgrade of the types reads well as a diff. */
export function schemaLines(schema: SchemaFile): string {
  const methods = Object.entries(schema.methods).map(([method, params]) =>
    JSON.stringify({ method, params }),
  );
  const types = Object.entries(schema.types).map(([type, is]) => JSON.stringify({ type, is }));
  return `${[...methods.sort(), ...types.sort()].join("\n")}\n`;
}

if (import.meta.main) {
  await Bun.write(join(import.meta.dir, "published-types.jsonl"), schemaLines(generateSchema()));
}
