/** What a value has that a JSON schema doesn't allow: the few keywords of the schemas in `docs/`. */
export function schemaProblems(schema: any, value: any, path = '', root: any = schema): string[] {
  if (schema.$ref) {
    return schemaProblems(root.$defs[schema.$ref.replace('#/$defs/', '')], value, path, root);
  }
  const type = Array.isArray(value) ? 'array' : typeof value;
  if (schema.type && schema.type !== (Number.isInteger(value) ? 'integer' : type)) {
    return [`${path}: ${type} in place of ${schema.type}`];
  }
  if (schema.enum && !schema.enum.includes(value)) {
    return [`${path}: ${JSON.stringify(value)} is none of its values`];
  }
  if (type === 'array') {
    return value.flatMap((item: any, index: number) => schemaProblems(schema.items, item, `${path}/${index}`, root));
  }
  if (type !== 'object') { return []; }
  const { properties = {}, required = [], additionalProperties } = schema;
  return [
    ...required.filter((name: string) => !(name in value)).map((name: string) => `${path}: ${name} is missing`),
    ...Object.entries(value).flatMap(([name, part]) => {
      const rule = properties[name] ?? additionalProperties;
      return rule === false
        ? [`${path}/${name}: not expected`]
        : schemaProblems(rule ?? {}, part, `${path}/${name}`, root);
    }),
  ];
}
