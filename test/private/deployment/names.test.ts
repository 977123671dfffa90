import { Aws } from 'aws-cdk-lib';
import { isName, toPattern } from '../../../src/private/deployment/names';
import { Part, UNKNOWN } from '../../../src/private/deployment/values';
import { messageOf, newStack } from '../../harness';
import { deploymentGrant, documentOf, newDeployment, newUser } from '../../support/deployments';

test.each<[string, Part[], boolean]>([
  ['letters, digits and some characters', ['Az09._-'], true],
  ['nothing', [''], true],
  ['a token of a Region between texts', [`a-${Aws.REGION}-b`], true],
  ['what is not known', ['a', UNKNOWN], true],
  ['a space after a token', [`a-${Aws.REGION}- b`], false],
  ['a wildcard at the end', ['a*'], false],
  ['a slash in the second text', ['a', UNKNOWN, '/b'], false],
])('a name may have %s: %#', (_, parts, may) => {
  expect(isName(parts)).toBe(may);
});

test('a pattern has one wildcard for what is not known, however many parts that has', () => {
  expect(toPattern(['a-', UNKNOWN, UNKNOWN, '-b-', UNKNOWN])).toBe('a-*-b-*');
});

test('a name may have the Region in its middle, where only the deployment knows it', () => {
  const deployment = newDeployment({});
  newUser(deployment.service, { 'Fn::Sub': 'App-${AWS::Region}-B' });
  const { Resource } = documentOf(deploymentGrant(deployment)).Statement[0];
  expect(newStack().resolve(Resource)['Fn::Join'][1].slice(-3)).toEqual([
    ':user:app-', { Ref: 'AWS::Region' }, '-b',
  ]);
});

test('an error shows a name of several parts as it was written', () => {
  const deployment = newDeployment();
  newUser(deployment.service, { 'Fn::Join': ['', ['a ', { Ref: 'AWS::Region' }, ' b']] });
  expect(messageOf(() => deploymentGrant(deployment))).toBe(
    'Platform/Deploy: Service/User: UserId "a ${AWS::Region} b" is no name of a user: expected letters, digits, ".", '
    + '"_" and "-"');
});
