import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CfnParameter, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sso from 'aws-cdk-lib/aws-sso';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { MINIMIZE, newRole } from '../harness';
import { documentOf, foundFor } from '../support/checked-policies';

const CACHE = 'arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:sessions';
const USER = 'arn:aws:elasticache:eu-west-1:111122223333:user:app';
const connect = (...resources: unknown[]) => ({
  Effect: 'Allow',
  Action: 'elasticache:Connect',
  Resource: resources,
});
const WRONG = documentOf(connect(CACHE));
const OTHER_HALF = documentOf(connect(USER));
const TEXT = 'statement 1: no statement allows Connect on a user, so its calls are denied';
const TRUST = documentOf();

/** Where the checks find the mistake, and what each says. */
const found = (build: (stack: Stack) => void, minimize = false) =>
  foundFor(build, { [MINIMIZE]: minimize }).map(({ at, text }) => `${at} ${text}`);

const KINDS: [string, (stack: Stack, document: any) => void, string][] = [
  [
    'a policy of a role',
    (stack, document) => {
      new iam.Policy(stack, 'Policy', { document: iam.PolicyDocument.fromJson(document), roles: [newRole(stack)] });
    },
    `Policy/Resource ${TEXT}`,
  ],
  [
    'what is added to a role',
    (stack, { Statement: [statement] }) => {
      newRole(stack).addToPrincipalPolicy(iam.PolicyStatement.fromJson(statement));
    },
    `Role/DefaultPolicy/Resource ${TEXT}`,
  ],
  [
    'a policy of a user',
    (stack, document) => {
      new iam.Policy(stack, 'Policy', {
        document: iam.PolicyDocument.fromJson(document),
        users: [new iam.User(stack, 'User')],
      });
    },
    `Policy/Resource ${TEXT}`,
  ],
  [
    'a managed policy of a group',
    (stack, document) => {
      new iam.ManagedPolicy(stack, 'Policy', {
        document: iam.PolicyDocument.fromJson(document),
        groups: [new iam.Group(stack, 'Group')],
      });
    },
    `Policy/Resource ${TEXT}`,
  ],
  [
    'a managed policy that a role names',
    (stack, document) => {
      const policy = new iam.ManagedPolicy(stack, 'Policy', { document: iam.PolicyDocument.fromJson(document) });
      newRole(stack).addManagedPolicy(policy);
    },
    `Policy/Resource ${TEXT}`,
  ],
  [
    'a managed policy of nobody',
    (stack, document) => {
      new iam.ManagedPolicy(stack, 'Policy', { document: iam.PolicyDocument.fromJson(document) });
    },
    `Policy/Resource ${TEXT}`,
  ],
  [
    'a boundary',
    (stack, document) => {
      const policy = new iam.ManagedPolicy(stack, 'Policy', { document: iam.PolicyDocument.fromJson(document) });
      iam.PermissionsBoundary.of(newRole(stack)).apply(policy);
    },
    `Policy/Resource ${TEXT}`,
  ],
  [
    'an inline policy of a role',
    (stack, document) => {
      new iam.Role(stack, 'Role', {
        assumedBy: new iam.AccountRootPrincipal(),
        inlinePolicies: { cache: iam.PolicyDocument.fromJson(document) },
      });
    },
    `Role/Resource policy "cache", ${TEXT}`,
  ],
  [
    'an inline policy of an L1 of a user',
    (stack, policyDocument) => {
      new iam.CfnUser(stack, 'User', { policies: [{ policyName: 'cache', policyDocument }] });
    },
    `User policy "cache", ${TEXT}`,
  ],
  [
    'an inline policy of an L1 of a group',
    (stack, policyDocument) => {
      new iam.CfnGroup(stack, 'Group', { policies: [{ policyName: 'cache', policyDocument }] });
    },
    `Group policy "cache", ${TEXT}`,
  ],
  [
    'a policy of its own for a role',
    (stack, policyDocument) => {
      const role = new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: TRUST });
      new iam.CfnRolePolicy(stack, 'Policy', { policyName: 'cache', policyDocument, roleName: role.ref });
    },
    `Policy ${TEXT}`,
  ],
  [
    'a policy of its own for a user by its name',
    (stack, policyDocument) => {
      new iam.CfnUser(stack, 'User', { userName: 'app' });
      new iam.CfnUserPolicy(stack, 'Policy', { policyName: 'cache', policyDocument, userName: 'app' });
    },
    `Policy ${TEXT}`,
  ],
  [
    'a policy of its own for a group',
    (stack, policyDocument) => {
      const group = new iam.CfnGroup(stack, 'Group');
      new iam.CfnGroupPolicy(stack, 'Policy', { policyName: 'cache', policyDocument, groupName: group.ref });
    },
    `Policy ${TEXT}`,
  ],
  [
    'a permission set',
    (stack, inlinePolicy) => {
      new sso.CfnPermissionSet(stack, 'Set', {
        name: 'a',
        instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
        inlinePolicy,
      });
    },
    `Set ${TEXT}`,
  ],
  [
    'a permission set, as text',
    (stack, document) => {
      new CfnResource(stack, 'Set', {
        type: 'AWS::SSO::PermissionSet',
        properties: {
          Name: 'a',
          InstanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
          InlinePolicy: JSON.stringify(document),
        },
      });
    },
    `Set ${TEXT}`,
  ],
  [
    'a plain resource',
    (stack, PolicyDocument) => {
      const role = new CfnResource(stack, 'Role', {
        type: 'AWS::IAM::Role',
        properties: { AssumeRolePolicyDocument: TRUST },
      });
      new CfnResource(stack, 'Policy', {
        type: 'AWS::IAM::Policy',
        properties: { PolicyName: 'a', PolicyDocument, Roles: [role.ref] },
      });
    },
    `Policy ${TEXT}`,
  ],
  [
    'an override of a property',
    (stack, document) => {
      const role = newRole(stack);
      const policy = new iam.CfnPolicy(stack, 'Policy', {
        policyName: 'a',
        policyDocument: TRUST,
        roles: [role.roleName],
      });
      policy.addPropertyOverride('PolicyDocument', document);
    },
    `Policy ${TEXT}`,
  ],
  [
    'an override of a role',
    (stack, PolicyDocument) => {
      const role = newRole(stack).node.defaultChild as iam.CfnRole;
      role.addPropertyOverride('Policies', [{ PolicyName: 'cache', PolicyDocument }]);
    },
    `Role/Resource policy "cache", ${TEXT}`,
  ],
  [
    'an included template',
    (stack, PolicyDocument) => {
      included(stack, {
        Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST } },
        Policy: {
          Type: 'AWS::IAM::Policy',
          Properties: { PolicyName: 'a', PolicyDocument, Roles: [{ Ref: 'Role' }] },
        },
      });
    },
    `Included/Policy ${TEXT}`,
  ],
];

function included(stack: Stack, Resources: object): void {
  const templateFile = join(mkdtempSync(join(tmpdir(), 'template-')), 'template.json');
  writeFileSync(templateFile, JSON.stringify({ Resources }));
  new CfnInclude(stack, 'Included', { templateFile });
}

describe.each(KINDS)('%s', (_, build, expected) => {
  test.each([[false], [true]])('is checked, with minimizePolicies %s', (minimize) => {
    expect(found((stack) => build(stack, WRONG), minimize)).toEqual([expected]);
  });

  test('is right with both halves in one document', () => {
    expect(found((stack) => build(stack, documentOf(connect(CACHE, USER))))).toEqual([]);
  });
});

describe('the policies of a principal are judged together', () => {
  const fromJson = (document: any) => iam.PolicyDocument.fromJson(document);
  const set = { name: 'a', instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef' };
  const roleWithHalf = (stack: Stack, id = 'Role', props: Partial<iam.RoleProps> = {}) =>
    new iam.Role(stack, id, {
      assumedBy: new iam.AccountRootPrincipal(),
      inlinePolicies: { cache: fromJson(WRONG) },
      ...props,
    });
  const right: [string, (stack: Stack) => void][] = [
    [
      'an inline policy and an attached one',
      (stack) => {
        roleWithHalf(stack).attachInlinePolicy(new iam.Policy(stack, 'Policy', { document: fromJson(OTHER_HALF) }));
      },
    ],
    [
      'an inline policy and a managed one',
      (stack) => {
        new iam.ManagedPolicy(stack, 'Policy', { document: fromJson(OTHER_HALF), roles: [roleWithHalf(stack)] });
      },
    ],
    [
      'a managed policy that names the role, and one that the role names',
      (stack) => {
        const role = newRole(stack);
        role.addManagedPolicy(new iam.ManagedPolicy(stack, 'One', { document: fromJson(WRONG) }));
        new iam.ManagedPolicy(stack, 'Other', { document: fromJson(OTHER_HALF), roles: [role] });
      },
    ],
    [
      'two managed policies of nobody',
      (stack) => {
        new iam.ManagedPolicy(stack, 'One', { document: fromJson(WRONG) });
        new iam.ManagedPolicy(stack, 'Other', { document: fromJson(OTHER_HALF) });
      },
    ],
    [
      'a pattern beside one half',
      (stack) => {
        roleWithHalf(stack).addToPolicy(new iam.PolicyStatement({ actions: ['elasticache:*'], resources: [USER] }));
      },
    ],
    [
      'everything beside one half',
      (stack) => {
        roleWithHalf(stack).addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }));
      },
    ],
    [
      'all but something beside one half',
      (stack) => {
        roleWithHalf(stack).addToPolicy(new iam.PolicyStatement({ notActions: ['iam:*'], resources: ['*'] }));
      },
    ],
    [
      'all but some resources beside one half',
      (stack) => {
        roleWithHalf(stack).addToPolicy(
          new iam.PolicyStatement({ actions: ['elasticache:Connect'], notResources: [CACHE] }),
        );
      },
    ],
    [
      'a managed policy of AWS that may have the rest',
      (stack) => {
        roleWithHalf(stack).addManagedPolicy(
          iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonElastiCacheFullAccess'),
        );
      },
    ],
    [
      'a managed policy of the account',
      (stack) => {
        roleWithHalf(stack).addManagedPolicy(iam.ManagedPolicy.fromManagedPolicyName(stack, 'Policy', 'connect'));
      },
    ],
    [
      'an imported role',
      (stack) => {
        new iam.Policy(stack, 'Policy', {
          document: fromJson(WRONG),
          roles: [iam.Role.fromRoleName(stack, 'Role', 'app')],
        });
      },
    ],
    [
      'a user in a group',
      (stack) => {
        const user = new iam.User(stack, 'User', { groups: [new iam.Group(stack, 'Group')] });
        user.attachInlinePolicy(new iam.Policy(stack, 'Policy', { document: fromJson(WRONG) }));
      },
    ],
    [
      'a permission set with policies of the account',
      (stack) => {
        new sso.CfnPermissionSet(stack, 'Set', {
          ...set,
          inlinePolicy: WRONG,
          customerManagedPolicyReferences: [{ name: 'connect' }],
        });
      },
    ],
    [
      'a list of roles that only the deployment knows',
      (stack) => {
        const roles = new CfnParameter(stack, 'Roles', { type: 'CommaDelimitedList' }).valueAsList;
        new iam.CfnPolicy(stack, 'Policy', { policyName: 'a', policyDocument: WRONG, roles });
      },
    ],
    [
      'a statement that only the deployment knows',
      (stack) => {
        const [{ ...half }] = [connect(USER)];
        const role = new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: TRUST });
        new iam.CfnPolicy(stack, 'Policy', {
          policyName: 'a',
          roles: [role.ref],
          policyDocument: documentOf(connect(CACHE), { 'Fn::If': ['Some', half, { Ref: 'AWS::NoValue' }] }),
        });
      },
    ],
    [
      'an action that only the deployment knows',
      (stack) => {
        const role = new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: TRUST });
        new iam.CfnPolicy(stack, 'Policy', {
          policyName: 'a',
          roles: [role.ref],
          policyDocument: documentOf(connect(CACHE), { ...connect(USER), Action: [{ Ref: 'Action' }] }),
        });
      },
    ],
    [
      'a document that only the deployment knows',
      (stack) => {
        roleWithHalf(stack).attachInlinePolicy(new iam.Policy(stack, 'Policy', { document: fromJson(OTHER_HALF) }));
        new iam.CfnPolicy(stack, 'Open', {
          policyName: 'b',
          roles: ['app'],
          policyDocument: Fn.importValue('Document'),
        });
      },
    ],
    [
      'resources that only the deployment knows',
      (stack) => {
        const user = new CfnParameter(stack, 'User').valueAsString;
        const role = newRole(stack);
        for (const resource of [
          user,
          Fn.importValue('User'),
          Fn.select(0, Fn.split(',', user)),
          Fn.sub('arn:${AWS::Partition}:elasticache:${AWS::Region}:${AWS::AccountId}:${Kind}:a', { Kind: user }),
          Fn.conditionIf('Some', USER, CACHE).toString(),
        ]) {
          role.addToPolicy(
            new iam.PolicyStatement({ actions: ['elasticache:Connect'], resources: [CACHE, resource] }),
          );
        }
      },
    ],
  ];
  test.each(right)('%s are right', (_, build) => {
    expect(found(build)).toEqual([]);
    expect(found(build, true)).toEqual([]);
  });

  test('one half for two roles is wrong where one of them lacks the other', () => {
    expect(
      found((stack) => {
        const roles = [newRole(stack, 'One'), newRole(stack, 'Other')];
        new iam.Policy(stack, 'Shared', { document: fromJson(WRONG), roles });
        new iam.Policy(stack, 'Half', { document: fromJson(OTHER_HALF), roles: [roles[0]] });
      }),
    ).toEqual([`Shared/Resource ${TEXT}`]);
  });

  test('a managed policy of AWS without ElastiCache has no other half', () => {
    expect(
      found((stack) => {
        roleWithHalf(stack, 'Role', {
          managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole')],
        });
      }),
    ).toEqual([`Role/Resource policy "cache", ${TEXT}`]);
  });

  test('two documents of one resource have a finding each', () => {
    expect(
      found((stack) => {
        new iam.CfnRole(stack, 'Role', {
          assumeRolePolicyDocument: TRUST,
          policies: ['a', 'b'].map((policyName) => ({
            policyName,
            policyDocument: documentOf({ Effect: 'Allow', Action: 'elasticache:View*', Resource: '*' }),
          })),
        });
      }),
    ).toEqual(
      ['a', 'b'].map(
        (name) => `Role policy "${name}", statement 1: "elasticache:View*" matches no action of ElastiCache`,
      ),
    );
  });

  test('a name that is Ref where an ARN belongs is a mistake, and an ARN is none', () => {
    const build = (resource: (cache: elasticache.CfnServerlessCache) => unknown) => (stack: Stack) => {
      const cache = new elasticache.CfnServerlessCache(stack, 'Cache', {
        serverlessCacheName: 'a',
        engine: 'valkey',
      });
      newRole(stack).addToPolicy(
        new iam.PolicyStatement({
          actions: ['elasticache:DescribeServerlessCaches'],
          resources: [String(resource(cache))],
        }),
      );
    };
    expect(found(build((cache) => cache.attrArn))).toEqual([]);
    expect(found(build((cache) => cache.ref))).toEqual([
      'Role/DefaultPolicy/Resource statement 1: "${Cache}" matches nothing: the Ref of an '
        + 'AWS::ElastiCache::ServerlessCache ' +
        'is its name, and a policy needs its ARN',
    ]);
  });
});

test.each([
  ['an object', (content: object): unknown => content],
  ['text', (content: object) => JSON.stringify(content)],
])('a service control policy is checked statement by statement, as %s', (_, written) => {
  expect(
    found((stack) => {
      new CfnResource(stack, 'Policy', {
        type: 'AWS::Organizations::Policy',
        properties: {
          Name: 'a',
          Type: 'SERVICE_CONTROL_POLICY',
          Content: written(
            documentOf(
              {
                Effect: 'Deny',
                Action: 'elasticache:CreateCacheCluster',
                Resource: '*',
                Condition: { Bool: { 'elasticache:AtRestEncryptionEnabled': 'false' } },
              },
              connect(CACHE),
            ),
          ),
        },
      });
    }),
  ).toEqual([
    'Policy statement 1: AWS never supplies elasticache:AtRestEncryptionEnabled to CreateCacheCluster, so the ' +
      'statement denies no call of CreateCacheCluster',
  ]);
});
