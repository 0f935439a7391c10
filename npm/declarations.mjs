// TypeScript from a JSON Schema, as far as the schemas of the reports go.

/** In JavaScript, offsets count otherwise than in the files of the command. */
const IN_JAVASCRIPT = { "In bytes.": "In UTF-16 code units.", "Byte offset.": "In UTF-16 code units." };

const NUMBERS = { integer: "number", number: "number", string: "string", boolean: "boolean", null: "null" };

const pascal = (name) => name.replace(/(^|_)(\w)/g, (_, __, letter) => letter.toUpperCase());

/** The declarations of a schema, with what it is as a whole under this name. */
export function declarations(schema, name) {
  const all = [[name, schema], ...Object.entries(schema.$defs ?? {}).map(([key, it]) => [pascal(key), it])];
  return all.map(([name, it]) => `${comment(it.title ?? it.description)}export type ${name} = ${type(it)};\n`).join("\n");
}

function type(schema, indent = "") {
  const { $ref, const: only, enum: choices, oneOf, anyOf, items } = schema;
  if ($ref) {
    return pascal($ref.split("/").at(-1));
  }
  if (only !== undefined || choices) {
    return [only ?? choices].flat().map((value) => JSON.stringify(value)).join(" | ");
  }
  if (oneOf ?? anyOf) {
    return (oneOf ?? anyOf).map((it) => type(it, indent)).join(" | ");
  }
  const types = [schema.type].flat();
  return types.map((name) => ofType(name, schema, items, indent)).join(" | ");
}

function ofType(name, schema, items, indent) {
  if (name === "array") {
    const inner = items ? type(items, indent) : "unknown";
    return /[|{]/.test(inner) ? `Array<${inner}>` : `${inner}[]`;
  }
  if (name === "object") {
    return schema.properties ? object(schema, `${indent}  `) : "Record<string, unknown>";
  }
  const known = NUMBERS[name];
  if (!known) {
    throw new Error(`the schema has something that has no type here: ${JSON.stringify(schema)}`);
  }
  return known;
}

function object({ properties, required = [] }, indent) {
  const lines = Object.entries(properties).map(([name, it]) => {
    const mark = required.includes(name) ? "" : "?";
    return `${comment(it.description, indent)}${indent}${name}${mark}: ${type(it, indent)};\n`;
  });
  return `{\n${lines.join("")}${indent.slice(2)}}`;
}

function comment(text, indent = "") {
  return text ? `${indent}/** ${IN_JAVASCRIPT[text] ?? text} */\n` : "";
}
