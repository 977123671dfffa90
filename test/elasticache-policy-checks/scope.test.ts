import { Annotations, App, Aspects, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ElastiCachePolicyChecks } from '../../src';
import { newApp, newRole, UNCHECKED } from '../harness';
import { check, foundIn } from '../support/checked-policies';

const ID = 'cdk-elasticache-grants:policy.unknownAction';
const TEXT = 'statement 1: "elasticache:View*" matches no action of ElastiCache';

function stackWithMistake(app: App, id = 'Stack'): Stack {
  const stack = new Stack(app, id);
  newRole(stack).addToPolicy(new iam.PolicyStatement({ actions: ['elasticache:View*'], resources: ['*'] }));
  return stack;
}
const policyOf = (stack: Stack) =>
  stack.node.findChild('Role').node.findChild('DefaultPolicy').node.findChild('Resource');
const texts = (stack: Stack) => foundIn(stack).map(({ text }) => text);

test('on an app, every stack is checked', () => {
  const app = check(newApp(UNCHECKED));
  const stacks = [stackWithMistake(app, 'One'), stackWithMistake(app, 'Other')];
  expect(stacks.map(texts)).toEqual([[TEXT], [TEXT]]);
});

test('on a stack, only what is below is reported', () => {
  const app = newApp(UNCHECKED);
  const stacks = [check(stackWithMistake(app, 'One')), stackWithMistake(app, 'Other')];
  expect(stacks.map(texts)).toEqual([[TEXT], []]);
});

test('on a stack, the other half in another stack counts', () => {
  const app = newApp(UNCHECKED);
  const [one, other] = ['One', 'Other'].map((id) => new Stack(app, id));
  const role = newRole(one);
  const arn = (rest: string) => `arn:aws:elasticache:eu-west-1:111122223333:${rest}`;
  role.addToPolicy(
    new iam.PolicyStatement({ actions: ['elasticache:Connect'], resources: [arn('serverlesscache:a')] }),
  );
  const imported = iam.Role.fromRoleArn(other, 'Imported', role.roleArn);
  imported.addToPrincipalPolicy(
    new iam.PolicyStatement({ actions: ['elasticache:Connect'], resources: [arn('user:a')] }),
  );
  expect(texts(check(other))).toEqual([]);
});

test.each([
  [
    'twice on an app',
    (app: App) => {
      check(app);
      check(app);
    },
  ],
  [
    'by one object on an app and its stacks',
    (app: App) => {
      const checks = new ElastiCachePolicyChecks();
      [app, ...app.node.children].forEach((scope) => Aspects.of(scope).add(checks));
    },
  ],
  ['on an app and a stack', (app: App) => [app, ...app.node.children].forEach((scope) => check(scope))],
])('a mistake is reported once, when checks are added %s', (_, add) => {
  const app = newApp(UNCHECKED);
  const stack = stackWithMistake(app);
  add(app);
  expect(texts(stack)).toEqual([TEXT]);
});

test('what is below a scope that is checked is not checked again', () => {
  const app = newApp(UNCHECKED);
  const stack = stackWithMistake(app);
  const checks = new ElastiCachePolicyChecks();
  const validated: string[] = [];
  [app, stack, policyOf(stack)].forEach(({ node }) => {
    jest.spyOn(node, 'addValidation').mockImplementation(() => validated.push(node.path));
  });
  [stack, policyOf(stack), stack, app].forEach((scope) => checks.visit(scope));
  expect(validated).toEqual(['Stack', '']);
});

test('a second synthesis reports the same', () => {
  const app = check(newApp(UNCHECKED));
  const stack = stackWithMistake(app);
  app.synth();
  const again = app.synth({ force: true }).getStackArtifact(stack.artifactId).messages;
  expect(again.filter(({ entry }) => String(entry.data).includes('policy.'))).toHaveLength(1);
});

test.each<[string, (stack: Stack) => void]>([
  ['of the L1', (stack) => Annotations.of(policyOf(stack)).acknowledgeWarning(ID)],
  ['of the policy', (stack) => Annotations.of(policyOf(stack).node.scope!).acknowledgeWarning(ID)],
  ['of the role', (stack) => Annotations.of(stack.node.findChild('Role')).acknowledgeWarning(ID)],
  ['of the stack', (stack) => Annotations.of(stack).acknowledgeWarning(ID)],
])('a warning that is acknowledged before synthesis, at the scope %s, is not shown', (_, acknowledge) => {
  const stack = stackWithMistake(check(newApp(UNCHECKED)));
  acknowledge(stack);
  expect(texts(stack)).toEqual([]);
});

test('another warning than the acknowledged one is shown', () => {
  const stack = stackWithMistake(check(newApp(UNCHECKED)));
  Annotations.of(stack).acknowledgeWarning('cdk-elasticache-grants:policy.invalidArn');
  expect(texts(stack)).toEqual([TEXT]);
});

test('nothing is added to the template', () => {
  const templates = [newApp(UNCHECKED), check(newApp(UNCHECKED))].map((app) => {
    const stack = stackWithMistake(app);
    return app.synth().getStackArtifact(stack.artifactId).template;
  });
  expect(templates[1]).toEqual(templates[0]);
});
