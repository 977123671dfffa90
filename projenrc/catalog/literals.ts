/** A value of the spec as source code. */
export function literal(value: unknown): string {
  if (typeof value === 'string') { return quote(value); }
  if (Array.isArray(value)) { return `[${value.map(literal).join(', ')}]`; }
  if (typeof value !== 'object' || value === null) { return String(value); }
  const fields = Object.entries(value).map(([name, inner]) => `${key(name)}: ${literal(inner)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** A name as it stands before a colon. */
export function key(name: string): string {
  return /^\w+$/.test(name) ? name : quote(name);
}

/** Text as source code. */
export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
