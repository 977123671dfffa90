import { Annotations, Aspects, Fn, Lazy, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import { ReplicationGroupGrants } from '../../src';
import { newApp, newRole, newStack, warningsOf, UNCHECKED } from '../harness';
import { Around, ENV, iamUser, importedUser, replicationGroup } from '../support/caches';

type UserProps = Partial<elasticache.CfnUserProps>;
type CacheProps = Partial<elasticache.CfnReplicationGroupProps>;
const ACK = (id: string) => `[ack: cdk-elasticache-grants:${id}]`;

const group = (stack: Stack, userIds: string[], id = 'Team', userGroupId = 'team') => (
  new elasticache.CfnUserGroup(stack, id, { engine: 'valkey', userGroupId, userIds }));

/** A user, its group and a cache with these properties: right, but for what is changed. */
function connected(
  { user = {}, cache = {}, change = () => {} }: {
    user?: UserProps;
    cache?: CacheProps;
    change?: (parts: { user: elasticache.CfnUser; cache: elasticache.CfnReplicationGroup; stack: Stack }) => void;
  }, stack = newStack({ env: ENV, context: UNCHECKED }),
): string[] {
  const theUser = iamUser(stack, 'User', user);
  const team = group(stack, [theUser.ref]);
  const theCache = replicationGroup(stack, { engineVersion: '8.0', userGroupIds: [team.ref], ...cache });
  ReplicationGroupGrants.fromReplicationGroup(theCache).connect(newRole(stack), theUser);
  change({ user: theUser, cache: theCache, stack });
  return warningsOf(stack);
}

test('a cache and a user that fit have no warning', () => {
  expect(connected({})).toEqual([]);
});

describe('how the user authenticates', () => {
  const warning = (found: string) => [
    `the user Stack/User has ${found}, so it can't authenticate with IAM: set its AuthenticationMode to `
    + `{ Type: 'iam' }, or acknowledge this warning ${ACK('connect.authenticationMode')}`,
  ];

  test.each<[string, UserProps, string]>([
    ['a password', { authenticationMode: { Type: 'password', Passwords: ['x'] } }, 'AuthenticationMode "password"'],
    [
      'no password, as newer versions of CDK write it', { authenticationMode: { type: 'no-password-required' } },
      'AuthenticationMode "no-password-required"',
    ],
    ['Passwords', { authenticationMode: undefined, passwords: ['x'] }, 'Passwords'],
    ['NoPasswordRequired', { authenticationMode: undefined, noPasswordRequired: true }, 'NoPasswordRequired'],
  ])('by %s has a warning', (_, user, found) => {
    expect(connected({ user })).toEqual(warning(found));
  });

  test.each<[string, UserProps]>([
    ['IAM, in capitals', { authenticationMode: { Type: 'IAM' } }],
    ['what only the deployment knows', { authenticationMode: { Type: Fn.importValue('Mode') } }],
    ['a token', { authenticationMode: Fn.conditionIf('A', 'x', 'y') }],
    ['nothing that the template says', { authenticationMode: undefined, noPasswordRequired: false }],
  ])('by %s has none', (_, user) => {
    expect(connected({ user })).toEqual([]);
  });
});

describe('the name of the user', () => {
  test('that is not its ID has a warning', () => {
    expect(connected({ user: { userName: 'other' } })).toEqual([
      'the user Stack/User has the ID "app" and the name "other", and IAM authentication needs both to be the same: '
      + `name it "app", or acknowledge this warning ${ACK('connect.userName')}`,
    ]);
  });

  test('that is only known at deployment has none', () => {
    expect(connected({ user: { userName: Fn.importValue('Name') } })).toEqual([]);
  });
});

describe('capitals', () => {
  test('in the ID of the user have a warning', () => {
    expect(connected({ user: { userId: 'App' } })).toEqual([
      'ReplicationGroupGrants.connect: the resource is named "App", but ElastiCache keeps names in lower case, and IAM '
      + `regards case: name it "app", or acknowledge this warning if its Ref gives that ${ACK('capitalsInName')}`,
    ]);
  });

  test('in the name of the user are of another name', () => {
    expect(connected({ user: { userName: 'App' } })).toEqual([
      expect.stringContaining('has the ID "app" and the name "App"'),
    ]);
  });

  test('in the name of the cache have one warning', () => {
    expect(connected({ cache: { replicationGroupId: 'Orders' } })).toEqual([
      'ReplicationGroupGrants: the resource is named "Orders", but ElastiCache keeps names in lower case, and IAM '
      + `regards case: name it "orders", or acknowledge this warning if its Ref gives that ${ACK('capitalsInName')}`,
    ]);
  });
});

describe('TLS', () => {
  test.each([
    [false, 'false'], [undefined, 'not set, and false by default'],
  ])('%p has a warning', (transitEncryptionEnabled, found) => {
    expect(connected({ cache: { transitEncryptionEnabled } })).toEqual([
      `TransitEncryptionEnabled is ${found}, and IAM authentication needs TLS: set TransitEncryptionEnabled to true, `
      + `or acknowledge this warning ${ACK('connect.tls')}`,
    ]);
  });

  test('that is only known at deployment has none', () => {
    expect(connected({ cache: { transitEncryptionEnabled: Fn.conditionIf('A', true, false) as any } })).toEqual([]);
  });
});

describe('the engine version', () => {
  const warning = (version: string, since: string) => [
    `EngineVersion is "${version}", which has no IAM authentication: use ${since}, or a later version, or acknowledge `
    + `this warning ${ACK('connect.engineVersion')}`,
  ];

  test.each<[string | undefined, string, string]>([
    ['redis', '6.2', 'redis 7.0'], ['Redis', '6.x', 'redis 7.0'], ['redis', '5.0.6', 'redis 7.0'],
    ['valkey', '7.1', 'valkey 7.2'], [undefined, '6.2', 'redis 7.0 or valkey 7.2'],
  ])('%s %s has a warning', (engine, engineVersion, since) => {
    expect(connected({ cache: { engine, engineVersion } })).toEqual(warning(engineVersion, since));
  });

  test.each<[string | undefined, string | undefined]>([
    ['redis', '7.0'], ['redis', '7.x'], ['redis', '7'], ['valkey', '7.2'], ['valkey', '7'], ['valkey', '10.0'],
    [undefined, '7.0'], ['valkey', undefined], ['valkey', Fn.importValue('Version')], ['valkey', 'newest'],
  ])('%s %s has none', (engine, engineVersion) => {
    expect(connected({ cache: { engine, engineVersion } })).toEqual([]);
  });
});

describe('the user groups of the cache', () => {
  const none = (user = 'Stack/User') => [
    'UserGroupIds is not set, and without a user group nobody authenticates with IAM: set it to a user group that has '
    + `the user ${user}, or acknowledge this warning ${ACK('connect.userGroup')}`,
  ];
  const without = (groups: string, user = 'Stack/User') => [
    `no user group of the cache has the user ${user}: add it to the UserIds of ${groups}, or acknowledge this warning `
    + ACK('connect.userGroup'),
  ];

  /** A cache with these user groups, which a user connects to, in a stack that has a user with the ID "app". */
  function grouped(
    userGroupIds: (stack: Stack, user: elasticache.CfnUser) => any,
    connect: (grants: ReplicationGroupGrants, stack: Stack, user: elasticache.CfnUser) => void = (
      (grants, stack, user) => grants.connect(newRole(stack), user)),
  ) {
    const stack = newStack({ env: ENV, context: UNCHECKED });
    const user = iamUser(stack);
    const cache = replicationGroup(stack, { userGroupIds: userGroupIds(stack, user) });
    connect(ReplicationGroupGrants.fromReplicationGroup(cache), stack, user);
    return warningsOf(stack);
  }

  test.each<[string, Parameters<typeof grouped>[0], string[]]>([
    ['are none', () => undefined, none()],
    ['are an empty list', () => [], none()],
    ['don\'t have the user', (stack) => [group(stack, ['other']).ref], without('Stack/Team')],
    ['have another user of the app', (stack) => [
      group(stack, [iamUser(stack, 'Other', { userId: 'other' }).ref]).ref,
    ], without('Stack/Team')],
    ['are named, and don\'t have it', (stack) => {
      group(stack, ['other']);
      return ['Team'];
    }, without('Stack/Team')],
    ['are several, and none has it', (stack) => [
      group(stack, ['a']).ref, group(stack, ['b'], 'More', 'more').ref,
    ], without('Stack/Team or Stack/More')],
    ['have a list that CDK resolves late', (stack) => [
      group(stack, Lazy.list({ produce: () => ['other'] })).ref,
    ], without('Stack/Team')],
  ])('that %s have a warning', (_, userGroupIds, expected) => {
    expect(grouped(userGroupIds)).toEqual(expected);
  });

  test.each<[string, Parameters<typeof grouped>[0]]>([
    ['have the user by reference', (stack, user) => [group(stack, ['default', user.ref]).ref]],
    ['have the user by its ID', (stack) => [group(stack, ['App']).ref]],
    ['are named, and have it', (stack, user) => {
      group(stack, [user.ref]);
      return ['team'];
    }],
    ['are several, and one has it', (stack, user) => [
      group(stack, ['a']).ref, group(stack, [user.ref], 'More', 'more').ref,
    ]],
    ['have a list that CDK resolves late', (stack, user) => [
      group(stack, Lazy.list({ produce: () => [user.ref] })).ref,
    ]],
    ['have a list that only the deployment knows', (stack) => [
      group(stack, Fn.split(',', Fn.importValue('Users'))).ref,
    ]],
    ['have a member that only the deployment knows', (stack) => [group(stack, ['other', Fn.importValue('User')]).ref]],
    ['are not in the app', () => ['team']],
    ['are only known at deployment', () => Fn.split(',', Fn.importValue('Groups'))],
    ['are known in part', (stack) => [group(stack, ['other']).ref, Fn.importValue('Group')]],
  ])('that %s have none', (_, userGroupIds) => {
    expect(grouped(userGroupIds)).toEqual([]);
  });

  test('may be in another stack, and so may the user', () => {
    const warningsWith = (members: (user: elasticache.CfnUser) => string[]) => {
      const app = newApp(UNCHECKED);
      const users = new Stack(app, 'Users', { env: ENV });
      const stack = new Stack(app, 'Stack', { env: ENV });
      const user = iamUser(users);
      // The same logical ID in both stacks: only the reference tells them apart.
      const other = iamUser(stack, 'User', { userId: Fn.importValue('Id') });
      void other;
      const cache = replicationGroup(stack, { userGroupIds: [group(stack, members(user)).ref] });
      ReplicationGroupGrants.fromReplicationGroup(cache).connect(newRole(stack), user);
      return warningsOf(stack);
    };
    expect(warningsWith((user) => [user.ref])).toEqual([]);
    expect(warningsWith(() => ['other'])).toEqual(without('Stack/Team', 'Users/User'));
  });

  test('of another stage or environment with the same ID are not those of the cache', () => {
    const app = newApp(UNCHECKED);
    const inStage = (name: string, userId: string) => {
      const stack = new Stack(new Stage(app, name), 'Stack', { env: ENV });
      const user = iamUser(stack, 'User', { userId, userName: userId });
      group(stack, [user.ref]);
      const cache = replicationGroup(stack, { userGroupIds: ['team'] });
      ReplicationGroupGrants.fromReplicationGroup(cache).connect(newRole(stack), user);
      return stack;
    };
    const stacks = [inStage('Dev', 'app-dev'), inStage('Prod', 'app-prod')];
    app.synth();
    expect(stacks.flatMap((stack) => stack.node.findAll()).flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === 'aws:cdk:warning')).toEqual([]);
  });

  test('that several stacks have are not known', () => {
    const app = newApp(UNCHECKED);
    const stack = new Stack(app, 'Stack', { env: ENV });
    for (const [id, region] of [['A', 'eu-west-1'], ['B', 'eu-west-1'], ['C', 'eu-west-2']]) {
      group(new Stack(app, id, { env: { ...ENV, region } }), ['other']);
    }
    const cache = replicationGroup(stack, { userGroupIds: ['team'] });
    ReplicationGroupGrants.fromReplicationGroup(cache).connect(newRole(stack), iamUser(stack));
    expect(warningsOf(stack)).toEqual([]);
  });

  describe('of a user that is no L1', () => {
    const others = (stack: Stack) => [group(stack, ['other']).ref];

    test.each<[string, Parameters<typeof grouped>[1], string[], Parameters<typeof grouped>[0]]>([
      ['an ID', (grants, stack) => grants.connectAs(newRole(stack), 'web'), without('Stack/Team', '"web"'), others],
      ['the ID of one in the app', (grants, stack) => grants.connectAs(newRole(stack), 'app'), none(), () => []],
      ['the Ref of one in the app', (grants, stack, user) => (
        grants.connectAs(newRole(stack), user.ref)), without('Stack/Team'), others],
      ['an imported one', (grants, stack) => (
        grants.connect(newRole(stack), importedUser(stack, 'web'))
      ), without('Stack/Team', '"web"'), others],
      ['a pattern without a group', (grants, stack) => grants.connectAs(newRole(stack), 'w*'), none('"w*"'), () => []],
      ['an L2 around an L1', (grants, stack) => {
        const l2: any = new Around(stack, 'L2', (self) => (
          { userRef: iamUser(self as any, 'Resource', { userId: 'web', userName: 'web' }).userRef }));
        grants.connect(newRole(stack), l2);
      }, without('Stack/Team', 'Stack/L2/Resource'), others],
    ])('%s have a warning', (_, connect, expected, userGroupIds) => {
      expect(grouped(userGroupIds, connect)).toEqual(expected);
    });

    test.each<[string, Parameters<typeof grouped>[1]]>([
      ['a pattern', (grants, stack) => grants.connectAs(newRole(stack), 'w*')],
      ['an ID that only the deployment knows', (grants, stack) => (
        grants.connectAs(newRole(stack), Fn.importValue('User')))],
      ['a member', (grants, stack) => grants.connectAs(newRole(stack), 'other')],
    ])('%s have none', (_, connect) => {
      expect(grouped(others, connect)).toEqual([]);
    });
  });
});

describe('a member of a global datastore', () => {
  test('has what its primary has, so that nothing is said', () => {
    expect(connected({
      cache: {
        globalReplicationGroupId: 'ldgnf-orders',
        transitEncryptionEnabled: undefined,
        userGroupIds: undefined,
        engineVersion: '6.2',
      },
    })).toEqual([]);
  });

  test('has warnings about its user', () => {
    expect(connected({ cache: { globalReplicationGroupId: 'ldgnf-orders' }, user: { userName: 'x' } })).toHaveLength(1);
  });
});

test('an imported cache has warnings about the user alone', () => {
  const stack = newStack({ env: ENV, context: UNCHECKED });
  const cache = elasticache.CfnReplicationGroup.fromReplicationGroupId(stack, 'Imported', 'orders');
  const grants = ReplicationGroupGrants.fromReplicationGroup(cache);
  grants.connect(newRole(stack), iamUser(stack));
  expect(warningsOf(stack)).toEqual([]);
});

describe('what is set after the call', () => {
  const wrong = { user: { userName: 'x' }, cache: { transitEncryptionEnabled: false } };

  test('counts', () => {
    expect(connected({
      ...wrong,
      change: ({ user, cache }) => {
        user.userName = 'app';
        cache.transitEncryptionEnabled = true;
      },
    })).toEqual([]);
    expect(connected({
      change: ({ user, cache }) => {
        user.userId = 'later';
        cache.userGroupIds = [];
      },
    })).toHaveLength(2);
  });

  test('counts as an override', () => {
    expect(connected({
      ...wrong,
      change: ({ user, cache }) => {
        user.addPropertyOverride('UserName', 'app');
        cache.addPropertyOverride('TransitEncryptionEnabled', true);
      },
    })).toEqual([]);
    expect(connected({
      change: ({ user, cache }) => {
        user.addPropertyOverride('AuthenticationMode.Type', 'password');
        cache.addPropertyDeletionOverride('UserGroupIds');
      },
    })).toHaveLength(2);
  });

  test('counts in an aspect of any priority', () => {
    expect(connected({
      ...wrong,
      change: ({ user, cache, stack }) => {
        Aspects.of(stack).add({
          visit: (node) => {
            if (node === user) { user.userName = 'app'; }
            if (node === cache) { cache.transitEncryptionEnabled = true; }
          },
        }, { priority: 900 });
      },
    })).toEqual([]);
  });
});

test('each warning can be acknowledged on the cache', () => {
  const wrong = {
    user: { userName: 'x', authenticationMode: { Type: 'password' }, userId: 'App' },
    cache: { transitEncryptionEnabled: false, engineVersion: '6.2', userGroupIds: [] },
  };
  const ids = [
    'connect.authenticationMode', 'connect.userName', 'capitalsInName', 'connect.tls', 'connect.engineVersion',
    'connect.userGroup',
  ];
  expect(connected(wrong).map((text) => /\[ack: cdk-elasticache-grants:(.*)\]/.exec(text)![1]).sort())
    .toEqual([...ids].sort());
  for (const id of ids) {
    expect(connected({
      ...wrong,
      change: ({ cache }) => {
        Annotations.of(cache).acknowledgeWarning(`cdk-elasticache-grants:${id}`);
      },
    }).map((text) => /\[ack: cdk-elasticache-grants:(.*)\]/.exec(text)![1]))
      .toEqual(ids.filter((one) => one !== id));
  }
});

test('warnings are on the cache, once for each user, and not repeated', () => {
  const stack = newStack({ env: ENV, context: UNCHECKED });
  const cache = replicationGroup(stack, { transitEncryptionEnabled: false });
  const role = newRole(stack);
  for (const name of ['a', 'b', 'a']) {
    ReplicationGroupGrants.fromReplicationGroup(cache).connectAs(role, name);
  }
  Template.fromStack(stack);
  expect(cache.node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => data)).toEqual([
    expect.stringContaining('TransitEncryptionEnabled is false'), expect.stringContaining('that has the user "a"'),
    expect.stringContaining('that has the user "b"'),
  ]);
});
