/**
 * Text as people read and write it: names in CONSTANT_CASE, patterns with wildcards, and CDK's tokens as
 * `${AWS::Region}`.
 *
 * Errors and the generator of the catalog share these, so that a name looks the same everywhere.
 */

/** `CreateCacheCluster` as `CREATE_CACHE_CLUSTER`, the name of its member on `ElastiCacheOperation`. */
export function constantCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}

/** The texts as a sentence lists them: `a, b and c`. */
export function listedInWords(texts: readonly string[]): string {
  return [...texts.slice(0, -2), texts.slice(-2).join(' and ')].join(', ');
}

/**
 * Whether the text matches a pattern of IAM: `*` stands for any characters, `?` for any one, and case is disregarded.
 *
 * It takes at most as many steps as the text and the pattern have characters, multiplied: where the pattern doesn't
 * match, only the last `*` is tried again, with one more character. A regular expression would try them all.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function matchesPattern(text: string, pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let [at, star, retry] = [0, -1, 0];
  for (let index = 0; index < given.length;) {
    if (wanted[at] === '*') {
      star = at++;
      retry = index;
    } else if (wanted[at] === '?' || wanted[at] === given[index]) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++retry;
    } else {
      return false;
    }
  }
  return /^\**$/.test(wanted.slice(at));
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
