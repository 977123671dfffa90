import { Annotations, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { reportFindings } from '../../../src/private/review/check';
import { newApp } from '../../harness';
import { allow, arn, deny } from '../../support/reviewed-statements';

const SAR = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html';
const CONNECT = allow('Connect', arn('serverlesscache:app'));
const NO_USER = `no statement allows Connect on a user, so its calls are denied (${SAR})`;
const UNKNOWN = allow('Frob*', '*');
const NO_ACTION = `"elasticache:Frob*" matches no action of ElastiCache (${SAR})`;
const PLACE = "{ region: 'eu-west-1', account: '111122223333' }";
const OFFER = [
  '\nWhat was meant may be:',
  "new ElastiCacheAccessGrant(this, 'Access', {",
  '  operations: [',
  '    ElastiCacheOperation.CONNECT,',
  '  ],',
  '  resources: [',
  `    ElastiCacheResource.serverlessCache('app', ${PLACE}),`,
  `    ElastiCacheResource.user('my-user', ${PLACE}),`,
  '  ],',
  '}).to(grantee);',
].join('\n');

/** A managed policy of nobody, or what else has statements. */
const policy = (scope: Construct, id: string, statements: object[], properties: object = {}) => (
  new CfnResource(scope, id, {
    type: 'AWS::IAM::ManagedPolicy', properties: { PolicyDocument: { Statement: statements }, ...properties },
  }));

/** The warnings of a construct, without what acknowledges them. */
const warningsOf = ({ node }: Construct) => node.metadata.filter(({ type }) => type === 'aws:cdk:warning')
  .map(({ data }) => String(data).replace(/ \[ack: cdk-elasticache-grants:policy\.\w+\]$/, ''));

/** The warnings of all policies of a stack. */
function found(build: (stack: Stack) => void): Record<string, string[]> {
  const stack = new Stack(newApp(), 'Stack');
  build(stack);
  reportFindings(stack.node.root, () => true);
  return Object.fromEntries(stack.node.findAll().map((one) => [one.node.id, warningsOf(one)] as const)
    .filter(([, warnings]) => warnings.length > 0));
}

describe('a warning has', () => {
  test('the number of the statement, what is wrong, the page, and what was meant', () => {
    expect(found((stack) => policy(stack, 'Policy', [allow('ModifyUser', '*'), CONNECT])))
      .toEqual({ Policy: [`statement 2: ${NO_USER}${OFFER}`] });
  });

  test('the name of the statement', () => {
    expect(found((stack) => policy(stack, 'Policy', [{ ...CONNECT, Sid: 'Connect' }])))
      .toEqual({ Policy: [`statement Connect: ${NO_USER}${OFFER}`] });
  });

  test('the name of the policy, where a resource may have several', () => {
    expect(found((stack) => new CfnResource(stack, 'Role', {
      type: 'AWS::IAM::Role',
      properties: { Policies: [{ PolicyName: 'a', PolicyDocument: { Statement: [CONNECT] } }] },
    }))).toEqual({ Role: [`policy "a", statement 1: ${NO_USER}${OFFER}`] });
  });

  test('no code where nothing can be told', () => {
    expect(found((stack) => policy(stack, 'Policy', [UNKNOWN]))).toEqual({ Policy: [`statement 1: ${NO_ACTION}`] });
  });

  test('the guardrail that was meant by a Deny', () => {
    const denial = deny('RebootCacheCluster', '*', { StringNotEquals: { 'elasticache:EngineType': 'redis' } });
    const [warning] = found((stack) => policy(stack, 'Policy', [denial])).Policy;
    expect(warning).toMatch(/\nWhat was meant may be:\nnew ElastiCacheGuardrail\(this, 'Guardrail', \{\n/);
  });
});

describe('each finding is reported', () => {
  test('at its own policy, with what is wrong in a statement before what all of them lack', () => {
    expect(found((stack) => {
      policy(stack, 'One', [CONNECT, UNKNOWN]);
      policy(stack, 'Other', [UNKNOWN]);
    })).toEqual({
      One: [`statement 2: ${NO_ACTION}`, `statement 1: ${NO_USER}${OFFER}`], Other: [`statement 1: ${NO_ACTION}`],
    });
  });

  test('once, where several principals have the policy', () => {
    expect(found((stack) => {
      const roles = ['A', 'B'].map((id) => new CfnResource(stack, id, { type: 'AWS::IAM::Role' }).ref);
      policy(stack, 'Policy', [CONNECT, UNKNOWN], { Roles: roles });
    })).toEqual({ Policy: [`statement 2: ${NO_ACTION}`, `statement 1: ${NO_USER}${OFFER}`] });
  });

  test('with code that is not repeated in one statement', () => {
    const { Policy: [first, second, ...others] } = found((stack) => (
      policy(stack, 'Policy', [allow('Connect ConnectAs', arn('serverlesscache:app'))])));
    expect([first.includes('\n'), second, others]).toEqual([true, `statement 1: ${NO_USER}`, []]);
  });

  test('in the scope alone', () => {
    const stack = new Stack(newApp(), 'Stack');
    const [one, other] = ['One', 'Other'].map((id) => policy(stack, id, [UNKNOWN]));
    reportFindings(stack.node.root, (construct) => construct === one);
    expect([one, other].map((each) => warningsOf(each).length)).toEqual([1, 0]);
  });

  test('unless it was acknowledged at the policy, or above it', () => {
    const stack = new Stack(newApp(), 'Stack');
    const part = new Construct(stack, 'Part');
    const all = [policy(stack, 'One', [UNKNOWN]), policy(part, 'Two', [UNKNOWN]), policy(stack, 'Three', [UNKNOWN])];
    [all[0], part].forEach((one) => (
      Annotations.of(one).acknowledgeWarning('cdk-elasticache-grants:policy.unknownAction')));
    reportFindings(stack.node.root, () => true);
    expect(all.map((one) => warningsOf(one).length)).toEqual([0, 0, 1]);
    expect(all.map((one) => one.node.children.length)).toEqual([0, 0, 0]);
  });
});
