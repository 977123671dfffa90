// Prints the milliseconds that it takes to load the package after aws-cdk-lib/aws-iam. With "modules", prints instead
// which files of aws-cdk-lib are loaded after one grant is made.
import { createRequire } from 'module';
import { sep } from 'path';

const PACKAGES: Record<string, readonly [name: string, classes: string[]] | undefined> = {
  ours: ['cdk-elasticache-grants', ['ElastiCacheAccessGrant', 'ElastiCacheOperation', 'SnapshotSource']],
  floyd: ['cdk-iam-floyd', ['Elasticache', 'S3']],
};

function main(contestant: string, output?: string) {
  const load = createRequire(__filename);
  load('aws-cdk-lib/aws-iam');
  const [name, classes] = PACKAGES[contestant] ?? ['aws-cdk-lib/aws-iam', []];
  const start = performance.now();
  const exported = load(name);
  const required = performance.now();
  classes.forEach((each) => exported[each]);
  const ready = performance.now();
  if (output === undefined) {
    console.log(JSON.stringify({ require: required - start, ready: ready - start }));
    return;
  }

  const { Stack } = load('aws-cdk-lib/core');
  const { keysOf, newApp, newRole } = load('./app');
  const stack = new Stack(newApp(), 'Stack');
  load(`../contestants/${contestant}`).restore(stack, 'Access', newRole(stack, 'Role'), 'snapshots', keysOf(2));
  const files = Object.keys(load.cache).flatMap((file) => (
    file.split(`${sep}node_modules${sep}aws-cdk-lib${sep}`)[1] ?? []));
  console.log(JSON.stringify(files));
}

main(process.argv[2], process.argv[3]);
