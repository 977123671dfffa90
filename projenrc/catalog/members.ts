import { quote } from './literals';
import { link, permissionsOf, TASK } from './render';
import { CatalogModel, CatalogOperation } from './types';

const BEGIN = '  // <generated>';
const END = '  // </generated>';
const MAX_LENGTH = 120;

/** The source of `ElastiCacheOperation`, with new text between the two markers. */
export function renderMembers(model: CatalogModel, source: string): string {
  const begin = source.indexOf(BEGIN);
  const end = source.indexOf(END);
  if (begin < 0 || end < begin) {
    throw new Error(`src/elasticache-operation.ts lacks the markers "${BEGIN.trim()}" and "${END.trim()}"`);
  }
  const members = model.operations.map((operation) => [
    '  /**',
    ...memberSummary(operation),
    '   *',
    ...wrapped(limits(operation, model), '   * '),
    '   *',
    ...(operation.retired ? [...wrapped(`Retired: ${model.retiredReason}.`, '   * '), '   *'] : []),
    `   * @see ${link(operation)}`,
    '   */',
    ...memberStatement(operation),
    '',
  ].join('\n'));
  const text = `${BEGIN} by "${TASK}": do not edit up to the end marker\n${members.join('\n')}`;
  return `${source.slice(0, begin)}${text}${source.slice(end)}`;
}

function memberStatement({ constant, name }: CatalogOperation): string[] {
  const declared = `  public static readonly ${constant} =`;
  const value = `ElastiCacheOperation.define(${quote(name)});`;
  const line = `${declared} ${value}`;
  return line.length <= MAX_LENGTH ? [line] : [declared, `    ${value}`];
}

/** The text, in lines that begin with the prefix and have the length that the linter allows. */
function wrapped(text: string, prefix: string): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines[lines.length - 1];
    return last !== undefined && `${last} ${word}`.length <= MAX_LENGTH
      ? [...lines.slice(0, -1), `${last} ${word}`]
      : [...lines, `${prefix}${word}`];
  }, []);
}

function memberSummary(operation: CatalogOperation): string[] {
  const kind = operation.permissionOnly ? ' It is an IAM action without an API operation.' : '';
  const permissions = `Needs ${permissionsOf(operation).join(', ')}.`;
  const level = `Access level: ${operation.accessLevel}.${kind}`;
  const [line, ...more] = wrapped(`${permissions} ${level}`, '   * ');
  return more.length === 0 ? [line] : [permissions, level].flatMap((sentence) => wrapped(sentence, '   * '));
}

/** What the operation can be limited to: required types first, then those of which one is needed, then the others. */
function limits({ name: operation, resourceTypes, oneOf }: CatalogOperation, model: CatalogModel): string {
  if (resourceTypes.length === 0) {
    return "Can't be limited to resources: AWS authorizes it only on `*`.";
  }
  const named = (type: string) => `\`${model.resourceTypes.find((known) => known.type === type)!.name}\``;
  // AWS lists the type that a create operation creates as optional. It is the one that the call's tags are for.
  const created = model.parameters.filter(({ option }) => option === 'tagOnCreate')
    .flatMap(({ operations }) => operations[operation] ?? []);
  const required = resourceTypes.filter((type) => type.required);
  const optional = resourceTypes.filter((type) => !type.required && !oneOf?.types.includes(type.name));
  return `Can be limited to ${[
    ...required.map(({ name }) => `${named(name)} (required)`),
    ...optional.filter(({ name }) => created.includes(name)).map(({ name }) => `${named(name)} (created)`),
    ...oneOf ? [`${required.length > 0 ? 'and ' : ''}at least one of ${oneOf.types.map(named).join(' and ')}`] : [],
    ...optional.filter(({ name }) => !created.includes(name)).map(({ name }) => named(name)),
  ].join(', ')}.`;
}
