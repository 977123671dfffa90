/**
 * Text as people read and write it: names in CONSTANT_CASE, the nearest known name, and CDK's tokens as
 * `${AWS::Region}`.
 *
 * Errors, suggestions and the generator of the catalog share these, so that a name looks the same everywhere.
 */

/** `CreateCacheCluster` as `CREATE_CACHE_CLUSTER`, the name of its member on `ElastiCacheOperation`. */
export function constantCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}

/** The candidate that is the fewest single-character edits away, regardless of case. */
export function nearest(name: string, candidates: string[]): string {
  const wanted = name.toLowerCase();
  const distances = candidates.map((candidate) => editDistance(wanted, candidate.toLowerCase()));
  return candidates[distances.indexOf(Math.min(...distances))];
}

/** The Levenshtein distance, computed row by row. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substituted = previous[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substituted, previous[column] + 1, current[column - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}

/**
 * A text with CDK's placeholders of tokens as somebody would write them: `${AWS::Region}`, `${Bucket.Arn}`, `${Token}`.
 *
 * CDK numbers its placeholders in the order in which they are made, so that the numbers change from run to run.
 */
export function readableTokens(text: string): string {
  return text.replace(/\$\{Token\[([^\]]*)\.\d+\]\}/g, (_, hint: string) => (
    `\${${hint === 'TOKEN' ? 'Token' : hint.replace(/^AWS\.+/, 'AWS::')}}`));
}

/** A resolved value as somebody would write it by hand: `${AWS::Region}` in place of `{"Ref": "AWS::Region"}`. */
export function toReadableJson(value: any): unknown {
  if (Array.isArray(value)) { return value.map(toReadableJson); }
  if (typeof value !== 'object' || value === null) { return value; }
  if (typeof value.Ref === 'string') { return `\${${value.Ref}}`; }
  if (Array.isArray(value['Fn::GetAtt'])) { return `\${${value['Fn::GetAtt'].join('.')}}`; }
  const readable = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toReadableJson(part)]));
  const [separator, parts] = (readable['Fn::Join'] ?? []) as [string?, unknown[]?];
  return parts?.every((part) => typeof part === 'string') ? parts.join(separator) : readable;
}
