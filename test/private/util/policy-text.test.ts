import { Aws } from 'aws-cdk-lib';
import { policyTextProblem } from '../../../src/private/util/policy-text';

const HOLDS = "which a policy can't hold: expected U+0020 to U+00FF, tab, line feed or carriage return";
const UNCLOSED = 'has a policy variable that is not closed: add "}", or write "${$}" for a literal "$"';
const EMPTY = 'has an empty policy variable: expected a key, as in "${aws:PrincipalTag/team}", '
  + 'or write "${$}" for a literal "$"';

// Red if a bound of the characters moves, or the text of a reason changes.
test.each<[string, string]>([
  ['a\u0000', `has the character U+0000, ${HOLDS}`],
  ['\u001f', `has the character U+001F, ${HOLDS}`],
  ['a\u0100', `has the character U+0100, ${HOLDS}`],
  ['\ud800', `has the character U+D800, ${HOLDS}`],
  ['\udc00a', `has the character U+DC00, ${HOLDS}`],
  ['😀', `has the character U+1F600, ${HOLDS}`],
  ['${', UNCLOSED],
  ['a${aws:username', UNCLOSED],
  ['${aws:username ${aws:userid}', UNCLOSED],
  [`\${aws:PrincipalTag/${Aws.REGION}`, UNCLOSED],
  ['${}', EMPTY],
  ['${ }', EMPTY],
  ['${aws:username}${}', EMPTY],
])('IAM refuses text %#', (text, problem) => {
  expect(policyTextProblem(text)).toBe(problem);
});

// Red if text that a policy may hold is refused, or if CDK's placeholders are taken for policy variables.
test.each([
  '', ' ', '\t\n\r', 'ÿ', '~\u007f\u0080', '$', '$a', 'a$', '{}', '$$', '${*}', '${?}', '${$}', '${$}{',
  '${aws:username}', "${aws:PrincipalTag/team, 'none'}", Aws.REGION, `a-${Aws.REGION}-b`,
  `\${aws:PrincipalTag/${Aws.REGION}}`,
])('IAM accepts text %#', (text) => {
  expect(policyTextProblem(text)).toBeUndefined();
});
