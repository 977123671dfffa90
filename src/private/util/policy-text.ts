/**
 * Text that IAM accepts in a policy: its characters, and the policy variables in it.
 *
 * Text in, the reason why IAM refuses it out. IAM reports these problems at deployment, without naming the place. Names
 * of resources and conditions share the check, so that both are refused at synthesis with the value that is wrong.
 */
import { textParts } from './tokens';

/** Stands for a token: what it resolves to is checked where it is resolved. */
const ANY_TEXT = 'x';

/**
 * Why IAM refuses the text, to follow the value in an error; undefined where it doesn't.
 *
 * Tokens in the text are taken as text that IAM accepts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html for the characters
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function policyTextProblem(text: string): string | undefined {
  const known = textParts(text).map((part) => (typeof part === 'string' ? part : ANY_TEXT)).join('');
  return characterProblem(known) ?? variableProblem(known);
}

function characterProblem(text: string): string | undefined {
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const allowed = code === 0x09 || code === 0x0a || code === 0x0d || (code >= 0x20 && code <= 0xff);
    if (!allowed) {
      return `has the character ${codePoint(code)}, which a policy can't hold: `
        + 'expected U+0020 to U+00FF, tab, line feed or carriage return';
    }
  }
  return undefined;
}

/** A character as Unicode names it: `U+00FF`. */
export function codePoint(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function variableProblem(text: string): string | undefined {
  for (const [, name, end] of text.matchAll(/\$\{((?:(?!\$\{)[^}])*)(\}?)/g)) {
    if (end === '') {
      return 'has a policy variable that is not closed: add "}", or write "${$}" for a literal "$"';
    }
    if (name.trim() === '') {
      return 'has an empty policy variable: expected a key, as in "${aws:PrincipalTag/team}", '
        + 'or write "${$}" for a literal "$"';
    }
  }
  return undefined;
}
