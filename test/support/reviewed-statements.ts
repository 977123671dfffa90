import { readDocument, ReviewedStatement } from '../../src/private/review/statement';

/** An ARN of one account. */
export const arn = (rest: string) => `arn:aws:elasticache:eu-west-1:111122223333:${rest}`;

const statement = (Effect: string) => (actions: string, Resource: unknown, Condition?: object, Sid?: string) => ({
  Effect,
  Action: actions.split(' ').map((one) => (one.includes(':') ? one : `elasticache:${one}`)),
  Resource,
  Condition,
  Sid,
});

/** Statements as policies have them. Actions may be written without the service. */
export const allow = statement('Allow');
export const deny = statement('Deny');

/** Statements as the checks read them. All that they refer to is of one type in the template. */
export function reviewed(statements: object[], template?: string): ReviewedStatement[] {
  return readDocument({ Statement: statements }, () => template).statements;
}
