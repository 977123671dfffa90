import { Aws, CfnParameter, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { templateResourceOf } from '../../../src/private/deployment/template';
import { knownText, Part, partsOf, soleTarget, UNKNOWN, within } from '../../../src/private/deployment/values';
import { newDeployment, newUser } from '../../support/deployments';

const { service } = newDeployment();
const topic = new CfnResource(service, 'Topic', { type: 'AWS::SNS::Topic' });

/** The parts of a text of a stack. References are shown by what they lead to. */
const partsIn = (stack: Stack, value: unknown): (string | symbol)[] => {
  const user = stack.node.tryFindChild('User') as CfnResource | undefined ?? newUser(stack);
  return partsOf(value, templateResourceOf(user)!).map((part) => (
    typeof part === 'object' ? `<${part.element.node.path} ${part.attribute}>` : part));
};

// Red if a text is taken for another one, or if what only the deployment knows is taken for known.
test.each<[unknown, (string | symbol)[]]>([
  ['a', ['a']],
  [7, ['7']],
  [false, ['false']],
  [null, [UNKNOWN]],
  [undefined, [UNKNOWN]],
  [{}, [UNKNOWN]],
  [{ Ref: 5 }, [UNKNOWN]],
  ['a-{{resolve:ssm:name}}', [UNKNOWN]],
  [{ 'Fn::ImportValue': 'Name' }, [UNKNOWN]],
  [{ Ref: 'Topic' }, ['<Service/Topic Ref>']],
  [{ Ref: 'Nowhere' }, [UNKNOWN]],
  [{ Ref: 'AWS::Region' }, ['eu-west-1']],
  [{ Ref: 'AWS::AccountId' }, ['111122223333']],
  [{ Ref: 'AWS::Partition' }, ['aws']],
  [{ Ref: 'AWS::StackName' }, ['Service']],
  [{ Ref: 'AWS::StackId' }, [UNKNOWN]],
  [{ Ref: 'toString' }, [UNKNOWN]],
  [{ 'Fn::GetAtt': ['Topic', 'TopicArn'] }, ['<Service/Topic TopicArn>']],
  [{ 'Fn::GetAtt': 'Topic.TopicArn' }, ['<Service/Topic TopicArn>']],
  [{ 'Fn::GetAtt': ['Topic', 'Outputs.Name'] }, ['<Service/Topic Outputs.Name>']],
  [{ 'Fn::GetAtt': 'Topic.Outputs.Name' }, ['<Service/Topic Outputs.Name>']],
  [{ 'Fn::GetAtt': [5, 'TopicArn'] }, [UNKNOWN]],
  [{ 'Fn::GetAtt': 5 }, [UNKNOWN]],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 7]] }, ['a-eu-west-1-7']],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'Topic' }, 'b', 'c']] }, ['a-', '<Service/Topic Ref>', '-b-c']],
  [{ 'Fn::Join': ['-', { 'Fn::Split': ['.', 'a.b'] }] }, [UNKNOWN]],
  [{ 'Fn::Join': [{ Ref: 'AWS::Region' }, ['a', 'b']] }, [UNKNOWN]],
  [{ 'Fn::Join': 'a' }, [UNKNOWN]],
  [{ 'Fn::Sub': 'a-${Topic}-b' }, ['a-', '<Service/Topic Ref>', '-b']],
  [{ 'Fn::Sub': 'a-${ Topic }' }, ['a-', '<Service/Topic Ref>']],
  [{ 'Fn::Sub': '${Topic.TopicArn}' }, ['', '<Service/Topic TopicArn>', '']],
  [{ 'Fn::Sub': '${Topic.Outputs.Name}' }, ['', '<Service/Topic Outputs.Name>', '']],
  [{ 'Fn::Sub': 'a-${!Topic}' }, ['a-${Topic}']],
  [{ 'Fn::Sub': 'a-${AWS::Region}' }, ['a-eu-west-1']],
  [{ 'Fn::Sub': ['${Name}-${Topic}', { Name: 'x' }] }, ['x-', '<Service/Topic Ref>', '']],
  [{ 'Fn::Sub': ['${Name}', { Name: { Ref: 'AWS::Region' } }] }, ['eu-west-1']],
  [{ 'Fn::Sub': ['${toString}', {}] }, ['', UNKNOWN, '']],
  [{ 'Fn::Sub': ['a-${Topic}'] }, ['a-', '<Service/Topic Ref>', '']],
  [{ 'Fn::Sub': '{{resolve:ssm:name}}' }, [UNKNOWN]],
  [{ 'Fn::Sub': 7 }, ['7']],
  [{ 'Fn::Sub': { Ref: 'Topic' } }, ['<Service/Topic Ref>']],
])('of %j, what is known is known', (value, parts) => {
  const withoutEmptyEnd = (all: unknown[]) => all.filter((part) => part !== '');
  expect(withoutEmptyEnd(partsIn(service, value))).toEqual(withoutEmptyEnd(parts));
});

test('a token in a text of Fn::Sub is no variable', () => {
  expect(partsIn(service, { 'Fn::Sub': `a-${Aws.URL_SUFFIX}-\${AWS::Region}` }))
    .toEqual([`a-${Aws.URL_SUFFIX}-eu-west-1`]);
});

test('the URL suffix is known as a stack knows it', () => {
  expect(partsIn(service, { Ref: 'AWS::URLSuffix' })).toEqual([service.urlSuffix]);
});

test('a nested stack has a name that only the deployment knows', () => {
  expect(partsIn(new NestedStack(newDeployment().service, 'Nested'), { Ref: 'AWS::StackName' })).toEqual([UNKNOWN]);
});

test('a logical ID is that of the stack itself, though a nested one has it, too', () => {
  const deployment = newDeployment();
  const nested = new NestedStack(deployment.service, 'Nested');
  new CfnParameter(nested, 'Name');
  new CfnParameter(deployment.service, 'Name');
  expect(partsIn(deployment.service, { Ref: 'Name' })).toEqual(['<Service/Name Ref>']);
  expect(partsIn(nested, { Ref: 'Name' })).toEqual(['<Service/Nested/Name Ref>']);
});

const IF = { 'Fn::If': ['Big', ['a', 'b'], { 'Fn::If': ['Small', 'c', { Ref: 'AWS::NoValue' }] }] };

// Red if a value that may be deployed is left out, or if one that can't be is there.
test.each<[unknown, string, unknown[]]>([
  [{ Name: 'a' }, 'Name', ['a']],
  [{ Name: 0 }, 'Name', [0]],
  [{ Name: null }, 'Name', []],
  [{}, 'Name', []],
  [undefined, 'Name', []],
  [{ Name: { Ref: 'AWS::NoValue' } }, 'Name', []],
  [{ Name: { Ref: 'Topic' } }, 'Name', [{ Ref: 'Topic' }]],
  [{ Name: IF }, 'Name', ['a', 'b', 'c']],
  [{ Name: { 'Fn::If': 'Big' } }, 'Name', [{ 'Fn::If': 'Big' }]],
  [{ List: [{ Name: 'a' }, null, ['b', [{ Name: IF }]]] }, 'List.Name', ['a', 'a', 'b', 'c']],
  [{ List: { 'Fn::If': ['Big', { Name: 'a' }, { Name: 'b' }] } }, 'List.Name', ['a', 'b']],
  [{ One: { Two: { Three: 'a' } } }, 'One.Two.Three', ['a']],
])('%j has at %s all values that it may have', (value, path, values) => {
  expect(within(value, path)).toEqual(values);
});

const TARGET = { element: topic, attribute: 'Ref' };

test.each<[string, Part[], unknown]>([
  ['a reference alone', [TARGET], TARGET],
  ['a reference and text', [TARGET, 'a'], undefined],
  ['text', ['a'], undefined],
  ['what is not known', [UNKNOWN], undefined],
  ['nothing', [], undefined],
])('the construct that a value refers to: %s', (_, parts, target) => {
  expect(soleTarget(parts)).toBe(target);
});

test.each<[string, Part[], unknown]>([
  ['text', ['a', 'b'], 'ab'],
  ['text whose end is not known', ['a', UNKNOWN], undefined],
  ['a reference', [TARGET], undefined],
])('the text that is known: %s', (_, parts, text) => {
  expect(knownText(parts)).toBe(text);
});
