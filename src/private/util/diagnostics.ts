/**
 * Errors and warnings of all stages.
 *
 * A stage adds what it finds to `Diagnostics`; the construct then gets one error with everything that is wrong, or its
 * warnings. The form of an error is decided here alone: the construct's path, the problems, the values as JSON.
 */
import { IConstruct } from 'constructs';
import { listedInWords, readableTokens } from './text';
import { addWarning } from './warnings';

const PACKAGE = 'cdk-elasticache-grants';
const LONGEST_VALUE = 120;

/** How many subjects an error lists; of more, it lists two and the number of the others. */
const MOST_SUBJECTS = 3;

/** Collects all errors and warnings of one call, so that they are reported at once. */
export class Diagnostics {
  private readonly errors: (string | GroupedText)[] = [];
  private readonly warnings: { readonly id: string; readonly text: string | GroupedText }[] = [];

  public error(text: string): void {
    this.errors.push(text);
  }

  /**
   * Adds an error about one of several subjects. Those that differ in their subject alone become one line.
   *
   * @param text the error, for subjects as they are listed, and for whether there are several.
   */
  public errorAbout(subject: string, text: GroupedText['text']): void {
    if (!joined(this.errors, subject, text)) {
      this.errors.push({ subjects: [subject], text });
    }
  }

  /** @param id the kind of warning, for `Annotations.of(scope).acknowledgeWarning()`. */
  public warning(id: string, text: string): void {
    this.warnings.push({ id: `${PACKAGE}:${id}`, text });
  }

  /** Adds a warning about one of several subjects, as `errorAbout` does. */
  public warningAbout(id: string, subject: string, text: GroupedText['text']): void {
    if (!joined(this.warnings.map((warning) => warning.text), subject, text)) {
      this.warnings.push({ id: `${PACKAGE}:${id}`, text: { subjects: [subject], text } });
    }
  }

  /** The texts of the errors, for a caller that reports them in its own words. */
  public get errorTexts(): string[] {
    return [...new Set(this.errors.map(lineOf))];
  }

  /** Throws where there is an error; with the construct's path, where there is a construct. */
  public throwIfAny(scope?: IConstruct): void {
    if (this.errors.length > 0) {
      throwErrors(this.errorTexts, scope);
    }
  }

  /** Throws where there is an error. Otherwise adds the warnings to the construct. */
  public report(scope: IConstruct): void {
    this.throwIfAny(scope);
    this.warnings.forEach(({ id, text }) => addWarning(scope, id, lineOf(text)));
  }
}

/** One error or warning about several subjects. */
interface GroupedText {
  readonly subjects: string[];
  readonly text: (subjects: string, several: boolean) => string;
}

/** Adds the subject to the text that differs in its subject alone, if there is one. */
function joined(texts: readonly (string | GroupedText)[], subject: string, text: GroupedText['text']): boolean {
  const key = text('', false);
  const same = texts.find((one): one is GroupedText => typeof one !== 'string' && one.text('', false) === key);
  same?.subjects.push(subject);
  return same !== undefined;
}

function lineOf(given: string | GroupedText): string {
  if (typeof given === 'string') { return given; }
  const { subjects, text } = given;
  const distinct = [...new Set(subjects)];
  const listed = distinct.length <= MOST_SUBJECTS
    ? listedInWords(distinct)
    : `${distinct.slice(0, 2).join(', ')} and ${distinct.length - 2} more`;
  return text(listed, distinct.length > 1);
}

/** Throws one error for everything that is wrong with one call. */
export function throwErrors(errors: string[], scope?: IConstruct): never {
  const path = scope?.node.path ? `${scope.node.path}: ` : '';
  const distinct = [...new Set(errors)];
  throw new Error(distinct.length === 1
    ? `${path}${distinct[0]}`
    : `${path}${distinct.length} problems:\n${distinct.map((error) => `- ${error}`).join('\n')}`);
}

/**
 * A value as an error shows it: as JSON, shortened where it is long, with readable names in place of tokens. An object
 * of a class is shown by the name of its class, since constructs have no JSON.
 */
export function formatValue(value: unknown): string {
  if (typeof value === 'string') {
    const json = readableTokens(JSON.stringify(value));
    return json.length > LONGEST_VALUE ? `${json.slice(0, 100)}…" (${json.length - 2} characters)` : json;
  }
  if (typeof value === 'function') { return 'a function'; }
  if (typeof value !== 'object' || value === null) { return String(value); }
  const json = toJson(value);
  if (json === undefined) { return describeObject(value); }
  return json.length > LONGEST_VALUE ? `${json.slice(0, 100)}… (${json.length} characters)` : json;
}

/** A list or a plain object as JSON; undefined for objects of classes, and for what has no JSON. */
function toJson(value: object): string | undefined {
  if (!isPlain(value)) { return undefined; }
  try {
    return readableTokens(JSON.stringify(value, (_, part) => (isPlain(part) ? part : describeObject(part))));
  } catch {
    // It has a cycle, a bigint, or a toJSON() that throws.
    return undefined;
  }
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) { return true; }
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function describeObject(value: object): string {
  if (Array.isArray(value)) { return 'a list'; }
  const name = classNameOf(value);
  return name === undefined || name === '' || name === 'Object' ? 'an object' : `an object of class ${name}`;
}

/** The name of an object's class. The AWS CDK changes names as it is built, so that of jsii is preferred. */
export function classNameOf(value: object): string | undefined {
  const { constructor } = value as { readonly constructor?: unknown };
  if (typeof constructor !== 'function') { return undefined; }
  const fqn: unknown = Reflect.get(constructor, Symbol.for('jsii.rtti'))?.fqn;
  return typeof fqn === 'string' ? fqn.replace(/^.*\./, '') : constructor.name;
}

/** A number as an error shows it. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en');
}
