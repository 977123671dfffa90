import { App, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Implementation } from '../contestants';

/** What the CDK CLI gives to each app that it runs. */
const CLI = {
  'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:version-reporting': true,
};

/** An app with the feature flags of `cdk init` that affect policies, and without a limit of resources per stack. */
export function newApp(outdir?: string): App {
  return new App({
    outdir,
    context: { ...CLI, '@aws-cdk/aws-iam:minimizePolicies': true, '@aws-cdk/core:stackResourceLimit': 0 },
  });
}

export function newRole(stack: Stack, id: string): Role {
  return new Role(stack, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
}

export function keysOf(count: number, cluster = 0): string[] {
  return Array.from({ length: count }, (_, shard) => (
    `nightly/cluster-${cluster}/shard-${String(shard).padStart(4, '0')}.rdb`));
}

/** An app of 1,000 roles with one grant each, in stacks of 200 roles. */
export function appOfRoles(outdir: string, restore: Implementation['restore']): App {
  const app = newApp(outdir);
  for (let number = 0; number < 5; number++) {
    const stack = new Stack(app, `Stack${number}`);
    for (let index = 0; index < 200; index++) {
      restore(stack, `Access${index}`, newRole(stack, `Role${index}`), 'snapshots', keysOf(2, index));
    }
  }
  return app;
}
