/**
 * The statements of a policy that somebody else wrote: read from the template, and understood as far as that is sure.
 *
 * A resolved document in, statements out, each with the ElastiCache operations that its actions are, the resource types
 * that its resources may be of, and its conditions. What only the deployment knows may be anything, so that no rule
 * takes it for a mistake.
 */
import { readArn, ReviewedResource, TypeOfReference } from './arns';
import { ReviewedConditions, reviewConditions } from './condition-block';
import { OPERATIONS } from '../catalog/catalog.generated';
import { keepEach } from '../util/remember';
import { matchesPattern } from '../util/text';

/** One action of a statement. */
export interface ReviewedAction {
  /** The action as the policy has it. */
  readonly text: string;

  /** The part after `elasticache:`; undefined where it is an action of another service. */
  readonly name?: string;

  /** The operations that it is, or that its pattern matches. */
  readonly operations: string[];

  /** Whether it is written out, not as a pattern. */
  readonly isExact: boolean;
}

/** One statement. */
export interface ReviewedStatement {
  readonly deny: boolean;
  readonly sid?: string;

  /** Where it is in its document, from 1. */
  readonly number: number;
  readonly actions: ReviewedAction[];

  /** Whether it lists what it is not about, with `NotAction`. */
  readonly notActions: boolean;

  /** The resources; undefined where it has `NotResource`, or none. */
  readonly resources?: ReviewedResource[];
  readonly conditions: ReviewedConditions;
}

/** The statements of a document. */
export interface ReviewedDocument {
  readonly statements: ReviewedStatement[];

  /** Whether these are all: a statement that only the deployment knows may allow anything. */
  readonly isComplete: boolean;
}

/** Reads a document that has been resolved. */
export function readDocument(document: unknown, typeOfReference: TypeOfReference): ReviewedDocument {
  const given = listOf((document as any)?.Statement);
  const statements = readStatements(given, typeOfReference);
  return {
    statements,
    isComplete: document === undefined || (given.length > 0 && statements.length === given.length),
  };
}

function readStatements(statements: unknown[], typeOfReference: TypeOfReference): ReviewedStatement[] {
  return statements.flatMap((statement: any, index) => {
    if (hasUnknownShape(statement ?? {})) { return []; }
    const notActions = statement.NotAction !== undefined;
    return [{
      deny: statement.Effect === 'Deny',
      sid: typeof statement.Sid === 'string' ? statement.Sid : undefined,
      number: index + 1,
      actions: (listOf(notActions ? statement.NotAction : statement.Action) as string[]).map(readAction),
      notActions,
      resources: statement.Resource === undefined
        ? undefined
        : listOf(statement.Resource).map((resource) => readArn(resource, typeOfReference)),
      conditions: reviewConditions(statement.Condition),
    }];
  });
}

/** Whether a part is only known at deployment as a whole. */
function hasUnknownShape({ Effect, Action, NotAction, Condition = {} }: any): boolean {
  return (Effect !== 'Allow' && Effect !== 'Deny')
    || [...listOf(Action), ...listOf(NotAction)].some((action) => typeof action !== 'string')
    || typeof Condition !== 'object' || Condition === null || Array.isArray(Condition)
    || Object.keys(Condition).some((operator) => /^Fn::|^Ref$/.test(operator));
}

/** Reads an action. An app writes the same ones again and again. */
const readAction = keepEach(compareWithCatalog);

function compareWithCatalog(text: string): ReviewedAction {
  const [, prefix, name] = /(?:([^:]*):)?(.*)/s.exec(text)!;
  const isOwn = prefix === undefined ? text === '*' : matchesPattern('elasticache', prefix);
  return {
    text,
    name: isOwn ? name : undefined,
    operations: isOwn ? Object.keys(OPERATIONS).filter((operation) => matchesPattern(operation, name)) : [],
    isExact: isOwn && !/[*?]/.test(name),
  };
}

/** Whether the statement names ElastiCache: a statement on `*` of all services isn't about it. */
export function isAboutElastiCache({ actions, notActions }: ReviewedStatement): boolean {
  return !notActions && actions.some(({ name, text }) => name !== undefined && /^[^*?]/.test(text));
}

/** Whether all actions that the statement lists are ElastiCache's. */
export function isOwnOnly({ actions }: ReviewedStatement): boolean {
  return actions.every(({ text }) => /^elasticache:/i.test(text));
}

/** The operations that are written out, in the order of the statement. */
export function exactOperations({ actions, notActions }: ReviewedStatement): string[] {
  return notActions ? [] : actions.filter(({ isExact }) => isExact).flatMap(({ operations }) => operations);
}

/** Every operation that the statement is about. */
export function allOperations({ actions, notActions }: ReviewedStatement): string[] {
  return notActions ? [] : [...new Set(actions.flatMap(({ operations }) => operations))];
}

/** The types that the resources may be of; undefined where they may be of any. */
export function typesCovered({ resources }: ReviewedStatement): string[] | undefined {
  if (!resources || resources.some(({ types }) => types === undefined)) { return undefined; }
  return [...new Set(resources.flatMap(({ types }) => types!))];
}

/** The same, with the types that wrong ARNs were meant to be of. */
export function typesMeant({ resources }: ReviewedStatement): string[] | undefined {
  const meant = resources?.map(({ types, problem, meant: intended }) => (problem === undefined ? types : intended));
  return meant?.every((types) => types !== undefined) ? [...new Set(meant.flat())] : undefined;
}

function listOf(value: unknown): unknown[] {
  return [value ?? []].flat();
}
