import { App, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';

/** An app with the feature flags of `cdk init` that affect policies, and without a limit of resources per stack. */
export function newApp(outdir?: string): App {
  return new App({
    outdir,
    context: { '@aws-cdk/aws-iam:minimizePolicies': true, '@aws-cdk/core:stackResourceLimit': 0 },
  });
}

export function newRole(stack: Stack, id: string): Role {
  return new Role(stack, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
}

export function keysOf(count: number, cluster = 0): string[] {
  return Array.from({ length: count }, (_, shard) => (
    `nightly/cluster-${cluster}/shard-${String(shard).padStart(4, '0')}.rdb`));
}
