import { CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AccessLevel } from '../../src';
import { newRole, policyStatements } from '../harness';
import { deploymentGrant, documentOf, elastiCacheArn, newDeployment, newUser } from '../support/deployments';

function newGrant() {
  const deployment = newDeployment();
  newUser(deployment.service);
  return { ...deployment, grant: deploymentGrant(deployment) };
}

const USER = {
  Effect: 'Allow',
  Action: [
    'elasticache:AddTagsToResource', 'elasticache:CreateUser', 'elasticache:DeleteUser', 'elasticache:DescribeUsers',
    'elasticache:ListTagsForResource', 'elasticache:ModifyUser', 'elasticache:RemoveTagsFromResource',
  ],
  Resource: elastiCacheArn('user:app'),
};

test('a role, a user, a group and anything else with a principal get the whole policy', () => {
  const { platform, grant } = newGrant();
  const role = newRole(platform);
  const user = new iam.User(platform, 'Deployer');
  const group = new iam.Group(platform, 'Deployers');
  const other = newRole(platform, 'Other');
  grant.toRole(role);
  grant.toUser(user);
  grant.toGroup(group);
  grant.to(new iam.PrincipalWithConditions(other, { Bool: { 'aws:ViaAWSService': 'true' } }));

  expect(policyStatements(platform).slice(0, 3)).toEqual([USER, USER, USER]);
  expect(grant.grantees).toHaveLength(4);
  expect(grant.grantees.slice(0, 3)).toEqual([role, user, group]);
});

test('what returns from a grant stands for all that it added, and so does the construct', () => {
  const { platform, grant } = newGrant();
  const role = newRole(platform);
  const returned = grant.toRole(role);
  expect(grant.toRole(role)).toBe(returned);
  const [policy] = grant.toManagedPolicies();
  expect(grant.toManagedPolicies()).toEqual([policy]);
  const [one, all] = ['One', 'All'].map((id) => (
    new CfnResource(platform, id, { type: 'AWS::CloudFormation::WaitConditionHandle' })));
  returned.applyBefore(one);
  all.node.addDependency(grant);

  const { Resources } = Template.fromStack(platform).toJSON();
  expect(Resources.One.DependsOn).toEqual(['RoleDefaultPolicy5FFB7DAB']);
  expect(Resources.All.DependsOn).toEqual(['DeployManagedPolicy1D4A6C874', 'RoleDefaultPolicy5FFB7DAB']);
  expect(Resources.DeployManagedPolicy1D4A6C874.Properties.PolicyDocument).toEqual(
    { Statement: [USER], Version: '2012-10-17' });
});

test('statements and permissions are copies', () => {
  const { grant } = newGrant();
  grant.statements[0].addActions('iam:PassRole');
  (grant.permissions as any[]).length = 0;
  expect(documentOf(grant).Statement).toEqual([USER]);
  expect(grant.permissions[0]).toEqual({
    operation: 'AddTagsToResource',
    action: 'elasticache:AddTagsToResource',
    accessLevel: AccessLevel.TAGGING,
    resource: elastiCacheArn('user:app'),
    reason: 'Service/User, create, update: allows AddTagsToResource on this user',
    source: 'https://github.com/aws-cloudformation/cfn-lint/tree/v1.58.0/src/cfnlint/data/schemas',
  });
});

test('the policy doesn\'t depend on the order in which things are listed', () => {
  const { app, service, platform } = newDeployment();
  const other = new Stack(app, 'Other', { env: { account: '111122223333', region: 'us-east-1' } });
  [service, other].forEach((stack) => newUser(stack));
  const deployment = { app, service, platform };
  const there = deploymentGrant(deployment, [service, other], 'There');
  const back = deploymentGrant(deployment, [other, service, service], 'Back');
  expect(documentOf(back)).toEqual(documentOf(there));
  expect(back.permissions).toEqual(there.permissions);
});

test('a large policy goes to managed policies of the role', () => {
  const { service, platform, ...rest } = newDeployment();
  Array.from({ length: 150 }, (_, index) => (
    newUser(service, `application-with-a-long-name-${index}`, `User${index}`)));
  deploymentGrant({ service, platform, ...rest }).toRole(newRole(platform));
  expect(Object.keys(Template.fromStack(platform).findResources('AWS::IAM::ManagedPolicy')).length).toBeGreaterThan(0);
  expect(policyStatements(platform).flatMap(({ Resource }) => Resource)).toHaveLength(150);
});
