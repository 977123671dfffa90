/**
 * The traces of grants in templates: each policy carries the paths of the grants that wrote to it, as metadata.
 *
 * Somebody who finds a statement in a deployed policy should find the code that asked for it. CDK moves statements
 * between policies up to synthesis, so the policies are found when the app is validated, after all aspects.
 */
import { CfnResource } from 'aws-cdk-lib/core';
import { Dependable, IConstruct, IDependable } from 'constructs';
import { AtSynthesis } from './at-synthesis';
import { usedRole } from './lazy-roles';

/** The key of the metadata. */
export const TRACES = 'cdk-elasticache-grants:grants';

/** Context that is false turns traces off. The command line passes text. */
const CONTEXT = 'cdk-elasticache-grants:traces';

const POLICY_TYPES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::S3::BucketPolicy'];

interface Trace {
  readonly grant: IConstruct;
  readonly policy: IDependable;
}

const TRACES_TO_WRITE = new AtSynthesis<Trace>((traces) => traces.forEach(write));

/**
 * Has the policies that a grant wrote to carry its path.
 *
 * @param construct in the stage of the policies, so that their templates are written afterwards.
 */
export function traceAtSynthesis(construct: IConstruct, trace: Trace): void {
  TRACES_TO_WRITE.add(construct, trace);
}

function write({ grant, policy }: Trace): void {
  if (['false', 'FALSE', 'False'].includes(String(grant.node.tryGetContext(CONTEXT)))) { return; }
  const resources = Dependable.of(policy).dependencyRoots
    // A lazy role stands for the policy of the role that it has become, of which it knows nothing.
    .map((root) => usedRole(root)?.node.tryFindChild('DefaultPolicy') ?? root)
    .flatMap((root) => [root, root.node.defaultChild])
    .filter((one): one is CfnResource => CfnResource.isCfnResource(one) && POLICY_TYPES.includes(one.cfnResourceType));
  for (const resource of resources) {
    const paths = new Set<string>(resource.getMetadata(TRACES)).add(grant.node.path);
    resource.addMetadata(TRACES, [...paths].sort());
  }
}
